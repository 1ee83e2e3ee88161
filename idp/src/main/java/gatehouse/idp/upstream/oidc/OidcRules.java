package gatehouse.idp.upstream.oidc;

import com.nimbusds.jose.JWSAlgorithm;
import gatehouse.idp.upstream.InvalidSettings;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/** What the settings of a connection have to keep to, one rule each; whoever breaks one reads which. */
final class OidcRules {

    /** What a directory's id looks like. */
    static final String TENANT = "^[A-Za-z0-9][A-Za-z0-9.-]*$";

    private static final Pattern TENANT_PATTERN = Pattern.compile(TENANT);
    private static final Pattern DOMAIN = Pattern.compile("[a-z0-9](?:[a-z0-9.-]*[a-z0-9])?");
    /** Of Google's, every account in the world has an ID token. */
    private static final Set<String> GOOGLE = Set.of("https://accounts.google.com", "https://accounts.google.com/");
    /** Parameters that are ours to decide. */
    private static final Set<String> RESERVED = Set.of("client_id", "redirect_uri", "response_type", "response_mode",
            "scope", "state", "nonce", "code_challenge", "code_challenge_method", "prompt", "max_age", "login_hint",
            "acr_values", "ui_locales", "request", "request_uri", "client_secret", "id_token_hint",
            "client_assertion", "client_assertion_type");

    private OidcRules() {}

    static void requireIssuer(String issuer, Optional<String> tenantId, List<String> hostedDomains) {
        require(issuer != null, "issuer", "is needed");
        require(tenantId.map(id -> id.length() <= 64 && TENANT_PATTERN.matcher(id).matches()).orElse(true),
                "tenant_id", "must be a directory's id: letters, digits, dots and dashes");
        require(tenantId.isPresent() || !IssuerIdentifier.standsForMany(issuer), "tenant_id",
                "is needed: this issuer stands for the directories of everybody");
        var told = IssuerIdentifier.of(issuer, tenantId).told();
        requireWebAddress(Optional.of(parse(told)), issuer, "issuer");
        require(issuer.indexOf('?') < 0, "issuer", "must have no query");
        require(hostedDomains.size() <= 64 && hostedDomains.stream().allMatch(domain ->
                domain.length() <= 253 && DOMAIN.matcher(domain).matches()),
                "hosted_domains", "must be at most 64 domain names in lower case");
        require(!hostedDomains.isEmpty() || !GOOGLE.contains(issuer), "hosted_domains",
                "is needed: everybody can have an account at this issuer");
    }

    private static URI parse(String text) {
        try {
            return URI.create(text);
        } catch (IllegalArgumentException malformed) {
            throw new InvalidSettings("issuer", "must be an https or http address");
        }
    }

    static void requireNumber(Optional<Integer> number, int least, int most, String setting) {
        require(number.map(value -> value >= least && value <= most).orElse(true),
                setting, "must be " + least + " to " + most);
    }

    static void requireClientProof(Optional<String> method, Optional<String> secret) {
        requireOneOf(method, List.of("client_secret_basic", "client_secret_post", "client_secret_jwt",
                "private_key_jwt", "none"), "token_endpoint_auth_method");
        require(secret.map(text -> !text.isEmpty() && text.length() <= 2048).orElse(true),
                "client_secret", "must have 1 to 2048 characters");
        var used = method.orElse("client_secret_basic");
        require(secret.isPresent() || !used.startsWith("client_secret"), "client_secret", "is needed for " + used);
        // RFC 7518 §3.2: a key as long as the hash.
        require(!used.equals("client_secret_jwt") || secret.orElseThrow().getBytes(StandardCharsets.UTF_8).length >= 32,
                "client_secret", "must have at least 32 bytes for client_secret_jwt");
    }

    static void requireAlgorithms(List<String> names) {
        require(names.stream().map(JWSAlgorithm::parse).allMatch(SignedAnswer.ALGORITHMS::contains), "signing_algs",
                "must be algorithms with a public key: RS256, PS256, ES256 or their longer kin");
    }

    static void requireUnreserved(Map<String, String> parameters) {
        require(parameters.size() <= 16, "authorization_parameters", "must be at most 16");
        require(parameters.values().stream().allMatch(value -> value.length() <= 512),
                "authorization_parameters", "must have values of at most 512 characters");
        require(parameters.keySet().stream().noneMatch(RESERVED::contains), "authorization_parameters",
                "must not name a parameter that the protocol sets: "
                        + String.join(", ", RESERVED.stream().sorted().toList()));
    }

    /** Words that are sent joined by spaces (RFC 6749 §3.3). */
    static void requireWords(List<String> words, int max, String setting) {
        require(words.size() <= max && words.stream().allMatch(OidcRules::isWord),
                setting, "must be at most " + max + " words of at most 256 characters, without spaces and quotes");
    }

    private static boolean isWord(String word) {
        return !word.isEmpty() && word.length() <= 256
                && word.chars().allMatch(c -> c > ' ' && c < 0x7f && c != '"' && c != '\\');
    }

    /** A provider over TLS must not send the browser or the code over plain HTTP. */
    static void requireWebAddress(Optional<URI> uri, String issuer, String setting) {
        require(uri.map(u -> u.getHost() != null && u.getRawFragment() == null && u.getRawUserInfo() == null
                        && ("https".equals(u.getScheme()) || "http".equals(u.getScheme()) && issuer.startsWith("http:"))
                        && u.toString().length() <= 2048).orElse(true),
                setting, "must be an https address, or http if the issuer is");
    }

    static void requireOneOf(Optional<String> value, List<String> words, String setting) {
        require(value.map(words::contains).orElse(true), setting, "must be one of " + String.join(", ", words));
    }

    static void require(boolean holds, String setting, String problem) {
        if (!holds) {
            throw new InvalidSettings(setting, problem);
        }
    }
}
