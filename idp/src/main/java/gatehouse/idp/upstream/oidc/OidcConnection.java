package gatehouse.idp.upstream.oidc;

import gatehouse.idp.keys.SigningAlgorithm;
import gatehouse.idp.schema.Described;
import gatehouse.idp.upstream.InvalidSettings;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * How an organization's OpenID Provider signs its people in. {@code issuer}, {@code client_id} and, unless the client
 * is public or proves itself with a key, {@code client_secret} are enough: the rest is found by discovery.
 */
public record OidcConnection(
        @Described(value = "Issuer identifier of the provider, exactly as it appears in its ID tokens.", min = 8,
                max = 1024, format = "uri")
        String issuer,
        @Described(value = "Our client identifier at the provider.", min = 1, max = 512) String clientId,
        @Described(value = "Our client secret at the provider.", min = 1, max = 2048) Optional<String> clientSecret,
        @Described(value = "How we prove who we are at the token endpoint. Default: client_secret_basic.",
                oneOf = {"client_secret_basic", "client_secret_post", "private_key_jwt", "none"})
        Optional<String> tokenEndpointAuthMethod,
        @Described(value = "Algorithm of the assertion of private_key_jwt; its key is in our JWK Set. Default: RS256.",
                oneOf = {"RS256", "ES256"})
        Optional<String> tokenEndpointAuthSigningAlg,
        @Described(value = "Audience of the assertion of private_key_jwt. Default: token_endpoint.",
                oneOf = {"token_endpoint", "issuer"})
        Optional<String> clientAssertionAudience,
        @Described(value = "Scopes to ask for; openid is among them. Default: openid profile email.", min = 1,
                max = 256, entriesMax = 32)
        List<String> scopes,
        @Described("Which claims fill a person's profile.") Optional<ClaimMapping> claimMapping,
        @Described(value = "Whether claims are also fetched from the userinfo endpoint: always, never, or auto, which"
                + " is when the ID token has no e-mail address. Default: auto.", oneOf = {"auto", "always", "never"})
        Optional<String> userinfo,
        @Described("Whether the address that was typed here is sent along (login_hint). Default: true.")
        Optional<Boolean> sendLoginHint,
        @Described(value = "prompt to send when the sign-in itself asks for none.",
                oneOf = {"login", "select_account", "consent"})
        Optional<String> prompt,
        @Described(value = "acr_values to send when the sign-in itself asks for none.", min = 1, max = 256,
                entriesMax = 16)
        List<String> acrValues,
        @Described("Whether the acr_values that an app asks us for are passed on. Default: true.")
        Optional<Boolean> passAcrValues,
        @Described(value = "Further parameters of the authorization request, such as domain_hint.", max = 512,
                entriesMax = 16)
        Map<String, String> authorizationParameters,
        @Described(value = "Seconds by which the provider's clock may differ. Default: 60.", max = 180)
        Optional<Integer> clockSkewSeconds,
        @Described(value = "Authorization endpoint, for providers without discovery.", max = 2048, format = "uri")
        Optional<URI> authorizationEndpoint,
        @Described(value = "Token endpoint, for providers without discovery.", max = 2048, format = "uri")
        Optional<URI> tokenEndpoint,
        @Described(value = "Address of the provider's JWK Set, for providers without discovery.", max = 2048,
                format = "uri")
        Optional<URI> jwksUri,
        @Described(value = "Userinfo endpoint, for providers without discovery.", max = 2048, format = "uri")
        Optional<URI> userinfoEndpoint) {

    /** How the client proves itself at the token endpoint. */
    enum TokenAuth { CLIENT_SECRET_BASIC, CLIENT_SECRET_POST, PRIVATE_KEY_JWT, NONE }

    /** When the userinfo endpoint is asked. */
    enum UserinfoUse { AUTO, ALWAYS, NEVER }

    /** Parameters that are ours to decide. */
    private static final Set<String> RESERVED = Set.of("client_id", "redirect_uri", "response_type", "response_mode",
            "scope", "state", "nonce", "code_challenge", "code_challenge_method", "prompt", "max_age", "login_hint",
            "acr_values", "ui_locales", "request", "request_uri", "client_secret", "id_token_hint");

    public OidcConnection {
        scopes = scopes == null || scopes.isEmpty() ? List.of("openid", "profile", "email") : List.copyOf(scopes);
        acrValues = acrValues == null ? List.of() : List.copyOf(acrValues);
        authorizationParameters = authorizationParameters == null ? Map.of() : Map.copyOf(authorizationParameters);
        require(issuer != null, "issuer", "is needed");
        requireWebAddress(Optional.of(parse(issuer)), issuer, "issuer");
        require(issuer.indexOf('?') < 0, "issuer", "must have no query");
        require(clientId != null && !clientId.isBlank() && clientId.length() <= 512,
                "client_id", "must have 1 to 512 characters");
        requireClientProof(tokenEndpointAuthMethod, clientSecret);
        requireOneOf(tokenEndpointAuthSigningAlg, List.of("RS256", "ES256"), "token_endpoint_auth_signing_alg");
        requireOneOf(clientAssertionAudience, List.of("token_endpoint", "issuer"), "client_assertion_audience");
        requireOneOf(userinfo, List.of("auto", "always", "never"), "userinfo");
        requireOneOf(prompt, List.of("login", "select_account", "consent"), "prompt");
        requireWords(scopes, 32, "scopes");
        require(scopes.contains("openid"), "scopes", "must contain openid");
        requireWords(acrValues, 16, "acr_values");
        requireUnreserved(authorizationParameters);
        require(clockSkewSeconds.map(seconds -> seconds >= 0 && seconds <= 180).orElse(true),
                "clock_skew_seconds", "must be 0 to 180");
        requireWebAddress(authorizationEndpoint, issuer, "authorization_endpoint");
        requireWebAddress(tokenEndpoint, issuer, "token_endpoint");
        requireWebAddress(jwksUri, issuer, "jwks_uri");
        requireWebAddress(userinfoEndpoint, issuer, "userinfo_endpoint");
    }

    private static URI parse(String text) {
        try {
            return URI.create(text);
        } catch (IllegalArgumentException malformed) {
            throw new InvalidSettings("issuer", "must be an https or http address");
        }
    }

    private static void requireClientProof(Optional<String> method, Optional<String> secret) {
        requireOneOf(method, List.of("client_secret_basic", "client_secret_post", "private_key_jwt", "none"),
                "token_endpoint_auth_method");
        require(secret.map(text -> !text.isEmpty() && text.length() <= 2048).orElse(true),
                "client_secret", "must have 1 to 2048 characters");
        var used = method.orElse("client_secret_basic");
        require(secret.isPresent() || !used.startsWith("client_secret"), "client_secret", "is needed for " + used);
    }

    private static void requireUnreserved(Map<String, String> parameters) {
        require(parameters.size() <= 16, "authorization_parameters", "must be at most 16");
        require(parameters.values().stream().allMatch(value -> value.length() <= 512),
                "authorization_parameters", "must have values of at most 512 characters");
        require(parameters.keySet().stream().noneMatch(RESERVED::contains), "authorization_parameters",
                "must not name a parameter that the protocol sets: "
                        + String.join(", ", RESERVED.stream().sorted().toList()));
    }

    /** Words that are sent joined by spaces (RFC 6749 §3.3). */
    private static void requireWords(List<String> words, int max, String setting) {
        require(words.size() <= max && words.stream().allMatch(OidcConnection::isWord),
                setting, "must be at most " + max + " words of at most 256 characters, without spaces and quotes");
    }

    private static boolean isWord(String word) {
        return !word.isEmpty() && word.length() <= 256
                && word.chars().allMatch(c -> c > ' ' && c < 0x7f && c != '"' && c != '\\');
    }

    /** A provider over TLS must not send the browser or the code over plain HTTP. */
    private static void requireWebAddress(Optional<URI> uri, String issuer, String setting) {
        require(uri.map(u -> u.getHost() != null && u.getRawFragment() == null && u.getRawUserInfo() == null
                        && ("https".equals(u.getScheme()) || "http".equals(u.getScheme()) && issuer.startsWith("http:"))
                        && u.toString().length() <= 2048).orElse(true),
                setting, "must be an https address, or http if the issuer is");
    }

    private static void requireOneOf(Optional<String> value, List<String> words, String setting) {
        require(value.map(words::contains).orElse(true), setting, "must be one of " + String.join(", ", words));
    }

    private static void require(boolean holds, String setting, String problem) {
        if (!holds) {
            throw new InvalidSettings(setting, problem);
        }
    }

    TokenAuth tokenAuth() {
        return tokenEndpointAuthMethod
                .map(name -> TokenAuth.valueOf(name.toUpperCase(Locale.ROOT)))
                .orElse(TokenAuth.CLIENT_SECRET_BASIC);
    }

    SigningAlgorithm assertionAlgorithm() {
        return tokenEndpointAuthSigningAlg.map(SigningAlgorithm::valueOf).orElse(SigningAlgorithm.RS256);
    }

    UserinfoUse userinfoUse() {
        return userinfo.map(name -> UserinfoUse.valueOf(name.toUpperCase(Locale.ROOT))).orElse(UserinfoUse.AUTO);
    }

    ClaimMapping mapping() {
        return claimMapping.orElse(ClaimMapping.USUAL);
    }

    Duration clockSkew() {
        return Duration.ofSeconds(clockSkewSeconds.orElse(60));
    }

    /** Whether these settings say where everything is, so that nothing has to be discovered. */
    boolean isSelfContained() {
        return authorizationEndpoint.isPresent() && tokenEndpoint.isPresent() && jwksUri.isPresent();
    }

    @Override
    public String toString() {
        return "OidcConnection[" + issuer + ", " + clientId + "]";
    }
}
