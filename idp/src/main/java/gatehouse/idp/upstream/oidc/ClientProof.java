package gatehouse.idp.upstream.oidc;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.JWSObject;
import com.nimbusds.jose.Payload;
import com.nimbusds.jose.crypto.MACSigner;
import gatehouse.idp.http.Compared;
import gatehouse.idp.http.HttpCaller;
import gatehouse.idp.schema.RecordJson;
import gatehouse.idp.upstream.UpstreamRefusal;
import gatehouse.spi.Deadline;
import gatehouse.spi.Issuer;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Collectors;

/** Posts forms to a provider with the proof of who we are (OpenID Connect Core §9, RFC 7523). */
final class ClientProof {

    private static final Duration ASSERTION_LIFE = Duration.ofMinutes(1);

    private final OidcConnection settings;
    private final Issuer issuer;
    private final OidcConnector.Tools tools;
    private final SecureRandom random = new SecureRandom();

    ClientProof(OidcConnection settings, Issuer issuer, OidcConnector.Tools tools) {
        this.settings = settings;
        this.issuer = issuer;
        this.tools = tools;
    }

    /** What {@code endpoint} of {@code provider} answers to {@code form}. */
    HttpCaller.Answer post(URI endpoint, Map<String, String> form, ProviderMetadata provider, Deadline deadline) {
        var proved = new LinkedHashMap<>(form);
        var headers = new LinkedHashMap<String, String>();
        headers.put("Content-Type", "application/x-www-form-urlencoded");
        headers.put("Accept", "application/json");
        prove(proved, headers, provider);
        var body = encoded(proved).getBytes(StandardCharsets.US_ASCII);
        return JsonFetch.calling(() -> tools.http().post(endpoint, headers, body, deadline));
    }

    /** Why {@code answer}, which is no success, is one (RFC 6749 §5.2, RFC 9126 §2.3). */
    UpstreamRefusal refusalOf(HttpCaller.Answer answer, OidcReason unlessSaid) {
        if (answer.status() / 100 == 5 || answer.status() == 429) {
            return OidcReason.PROVIDER_UNREACHABLE.refusal(Compared.received("HTTP " + answer.status()));
        }
        var error = ProviderError.of(JsonFetch.object(answer.body()).orElse(Map.of()));
        return (switch (error.code()) {
            case "invalid_grant" -> OidcReason.CODE_REFUSED;
            case "invalid_client", "unauthorized_client" -> OidcReason.CLIENT_REFUSED;
            case "invalid_request", "unsupported_grant_type", "invalid_scope" -> OidcReason.PROVIDER_REFUSED_REQUEST;
            default -> answer.status() == 401 ? OidcReason.CLIENT_REFUSED : unlessSaid;
        }).refusal(error.received("HTTP " + answer.status(), settings.clientSecret()));
    }

    private void prove(Map<String, String> form, Map<String, String> headers, ProviderMetadata provider) {
        switch (settings.tokenAuth()) {
            case CLIENT_SECRET_BASIC -> headers.put("Authorization", "Basic " + basic());
            case CLIENT_SECRET_POST -> {
                form.put("client_id", settings.clientId());
                form.put("client_secret", settings.clientSecret().orElseThrow());
            }
            case CLIENT_SECRET_JWT -> assertion(form, shared(claims(provider)));
            case PRIVATE_KEY_JWT -> assertion(form, tools.keys().signAssertion(
                    issuer.name(), settings.assertionAlgorithm(), claims(provider)));
            case NONE -> form.put("client_id", settings.clientId());
        }
    }

    private void assertion(Map<String, String> form, String assertion) {
        form.put("client_id", settings.clientId());
        form.put("client_assertion_type", "urn:ietf:params:oauth:client-assertion-type:jwt-bearer");
        form.put("client_assertion", assertion);
    }

    /** RFC 6749 §2.3.1: both parts are form-encoded before they are joined. */
    private String basic() {
        var joined = encoded(settings.clientId()) + ':' + encoded(settings.clientSecret().orElseThrow());
        return Base64.getEncoder().encodeToString(joined.getBytes(StandardCharsets.US_ASCII));
    }

    private byte[] claims(ProviderMetadata provider) {
        var now = tools.time().instant();
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
        return RecordJson.write(claims).toString().getBytes(StandardCharsets.UTF_8);
    }

    private String shared(byte[] claims) {
        try {
            var header = new JWSHeader.Builder(JWSAlgorithm.HS256).type(JOSEObjectType.JWT).build();
            var signed = new JWSObject(header, new Payload(claims));
            signed.sign(new MACSigner(settings.clientSecret().orElseThrow().getBytes(StandardCharsets.UTF_8)));
            return signed.serialize();
        } catch (JOSEException impossible) {
            throw new IllegalStateException(impossible); // the settings require a secret that is long enough
        }
    }

    static String encoded(Map<String, String> form) {
        return form.entrySet().stream()
                .map(entry -> encoded(entry.getKey()) + '=' + encoded(entry.getValue()))
                .collect(Collectors.joining("&"));
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }
}
