package gatehouse.idp.upstream.oidc;

import gatehouse.idp.http.Compared;
import gatehouse.idp.http.HttpCaller;
import gatehouse.idp.keys.JwtSigner;
import gatehouse.idp.schema.RecordJson;
import gatehouse.spi.Deadline;
import gatehouse.spi.Issuer;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Exchanges a code for tokens (RFC 6749 §4.1.3), with the client's proof of who it is. */
final class TokenRequest {

    private static final Duration ASSERTION_LIFE = Duration.ofMinutes(1);
    /** A code of RFC 6749 §5.2 or an extension: what else stands there is nobody's to read. */
    private static final Pattern ERROR_CODE = Pattern.compile("[a-z_]{1,64}");
    private static final int TOKEN_LENGTH_MAX = 32 * 1024;

    private final OidcConnection settings;
    private final Issuer issuer;
    private final HttpCaller http;
    private final JwtSigner signer;
    private final InstantSource time;
    private final SecureRandom random = new SecureRandom();

    /** What the token endpoint sent. */
    record Tokens(String idToken, Optional<String> accessToken) {
        @Override
        public String toString() {
            return "Tokens[•••]";
        }
    }

    TokenRequest(OidcConnection settings, Issuer issuer, OidcConnector.Tools tools) {
        this.settings = settings;
        this.issuer = issuer;
        this.http = tools.http();
        this.signer = tools.signer();
        this.time = tools.time();
    }

    /** Redeems {@code code}. After a timeout it may have been spent. */
    Tokens exchange(
            String code, String codeVerifier, String redirectUri, ProviderMetadata provider, Deadline deadline) {
        var form = new LinkedHashMap<String, String>();
        form.put("grant_type", "authorization_code");
        form.put("code", code);
        form.put("redirect_uri", redirectUri);
        form.put("code_verifier", codeVerifier);
        var headers = new LinkedHashMap<String, String>();
        headers.put("Content-Type", "application/x-www-form-urlencoded");
        headers.put("Accept", "application/json");
        authenticate(form, headers, provider);
        var answer = JsonFetch.calling(() -> http.post(
                provider.tokenEndpoint(), headers, encoded(form).getBytes(StandardCharsets.US_ASCII), deadline));
        return answer.status() == 200 ? tokens(answer.body()) : refuse(answer);
    }

    private void authenticate(Map<String, String> form, Map<String, String> headers, ProviderMetadata provider) {
        switch (settings.tokenAuth()) {
            case CLIENT_SECRET_BASIC -> headers.put("Authorization", "Basic " + basic());
            case CLIENT_SECRET_POST -> {
                form.put("client_id", settings.clientId());
                form.put("client_secret", settings.clientSecret().orElseThrow());
            }
            case PRIVATE_KEY_JWT -> {
                form.put("client_id", settings.clientId());
                form.put("client_assertion_type", "urn:ietf:params:oauth:client-assertion-type:jwt-bearer");
                form.put("client_assertion", assertion(provider));
            }
            case NONE -> form.put("client_id", settings.clientId());
        }
    }

    /** RFC 6749 §2.3.1: both parts are form-encoded before they are joined. */
    private String basic() {
        var joined = encoded(settings.clientId()) + ':' + encoded(settings.clientSecret().orElseThrow());
        return Base64.getEncoder().encodeToString(joined.getBytes(StandardCharsets.US_ASCII));
    }

    /** RFC 7523 §3, signed with a key of our issuer: the provider finds it in our JWK Set. */
    private String assertion(ProviderMetadata provider) {
        var now = time.instant();
        var id = new byte[16];
        random.nextBytes(id);
        boolean toIssuer = settings.clientAssertionAudience().filter("issuer"::equals).isPresent();
        var claims = Map.of(
                "iss", settings.clientId(),
                "sub", settings.clientId(),
                "aud", toIssuer ? provider.issuer() : provider.tokenEndpoint().toString(),
                "jti", Base64.getUrlEncoder().withoutPadding().encodeToString(id),
                "iat", now.getEpochSecond(),
                "exp", now.plus(ASSERTION_LIFE).getEpochSecond());
        var json = RecordJson.write(claims).toString().getBytes(StandardCharsets.UTF_8);
        return signer.sign(issuer.name(), settings.assertionAlgorithm(), "JWT", json);
    }

    private static Tokens tokens(byte[] body) {
        var answer = JsonFetch.object(body).orElseThrow(OidcReason.TOKEN_RESPONSE_INVALID::refusal);
        if (!(answer.get("id_token") instanceof String idToken)) {
            throw OidcReason.TOKEN_RESPONSE_INVALID.refusal();
        }
        boolean bearer = answer.get("token_type") instanceof String type && type.equalsIgnoreCase("bearer");
        var accessToken = answer.get("access_token") instanceof String token && bearer && isHeaderSafe(token)
                ? Optional.of(token)
                : Optional.<String>empty();
        return new Tokens(idToken, accessToken);
    }

    /** RFC 6750 §2.1: what may stand behind {@code Bearer}. */
    private static boolean isHeaderSafe(String token) {
        return !token.isEmpty() && token.length() <= TOKEN_LENGTH_MAX
                && token.chars().allMatch(c -> c > ' ' && c < 0x7f);
    }

    private static Tokens refuse(HttpCaller.Answer answer) {
        if (answer.status() / 100 == 5 || answer.status() == 429) {
            throw OidcReason.PROVIDER_UNREACHABLE.refusal();
        }
        var error = JsonFetch.object(answer.body())
                .map(members -> String.valueOf(members.get("error")))
                .orElse("");
        throw (switch (error) {
            case "invalid_grant" -> OidcReason.CODE_REFUSED;
            case "invalid_client", "unauthorized_client" -> OidcReason.CLIENT_REFUSED;
            case "invalid_request", "unsupported_grant_type", "invalid_scope" -> OidcReason.PROVIDER_REFUSED_REQUEST;
            default -> answer.status() == 401 ? OidcReason.CLIENT_REFUSED : OidcReason.TOKEN_RESPONSE_INVALID;
        }).refusal(Compared.received(
                ERROR_CODE.matcher(error).matches() ? error : "HTTP " + answer.status()));
    }

    private static String encoded(Map<String, String> form) {
        return form.entrySet().stream()
                .map(entry -> encoded(entry.getKey()) + '=' + encoded(entry.getValue()))
                .collect(Collectors.joining("&"));
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }
}
