package gatehouse.idp.upstream.oidc;

import gatehouse.idp.http.Compared;
import gatehouse.idp.upstream.UpstreamRefusal;
import java.net.URI;
import java.util.Map;
import java.util.Optional;

/**
 * What is known of a provider: its discovery document (OpenID Connect Discovery §4), and the settings where they say
 * more.
 *
 * @param issuer         its identifier
 * @param pushEndpoint   where requests are sent ahead (RFC 9126 §5)
 * @param requiresPush   whether it takes no others
 * @param sendsIssuer    whether its authorization responses carry {@code iss} (RFC 9207 §3)
 */
record ProviderMetadata(
        String issuer,
        URI authorizationEndpoint,
        URI tokenEndpoint,
        URI jwksUri,
        Optional<URI> userinfoEndpoint,
        Optional<URI> pushEndpoint,
        Optional<URI> endSessionEndpoint,
        boolean requiresPush,
        boolean sendsIssuer) {

    /** From settings that say everything. */
    static ProviderMetadata of(OidcConnection settings) {
        return new ProviderMetadata(
                settings.issuerIdentifier().signs(),
                settings.authorizationEndpoint().orElseThrow(),
                settings.tokenEndpoint().orElseThrow(),
                settings.jwksUri().orElseThrow(),
                settings.userinfoEndpoint(),
                settings.pushedAuthorizationRequestEndpoint(),
                settings.endSessionEndpoint(),
                false,
                false);
    }

    /** From the discovery document; a setting wins over it. */
    static ProviderMetadata of(OidcConnection settings, Map<String, Object> document) {
        if (!settings.issuerIdentifier().named().equals(document.get("issuer"))) {
            throw OidcReason.METADATA_OTHER_ISSUER.refusal(Compared.of(settings.issuerIdentifier().named(),
                    Optional.ofNullable(document.get("issuer")).map(String::valueOf)));
        }
        return new ProviderMetadata(
                settings.issuerIdentifier().signs(),
                endpoint(settings, settings.authorizationEndpoint(), document, "authorization_endpoint"),
                endpoint(settings, settings.tokenEndpoint(), document, "token_endpoint"),
                endpoint(settings, settings.jwksUri(), document, "jwks_uri"),
                optional(settings, settings.userinfoEndpoint(), document, "userinfo_endpoint"),
                optional(settings, settings.pushedAuthorizationRequestEndpoint(), document,
                        "pushed_authorization_request_endpoint"),
                optional(settings, settings.endSessionEndpoint(), document, "end_session_endpoint"),
                Boolean.TRUE.equals(document.get("require_pushed_authorization_requests")),
                Boolean.TRUE.equals(document.get("authorization_response_iss_parameter_supported")));
    }

    private static Optional<URI> optional(
            OidcConnection settings, Optional<URI> setting, Map<String, Object> document, String name) {
        return document.containsKey(name) || setting.isPresent()
                ? Optional.of(endpoint(settings, setting, document, name))
                : Optional.empty();
    }

    private static URI endpoint(
            OidcConnection settings, Optional<URI> setting, Map<String, Object> document, String name) {
        if (setting.isPresent()) {
            return setting.get();
        }
        try {
            boolean readable = document.get(name) instanceof String text && text.length() <= 2048;
            var uri = URI.create(readable ? (String) document.get(name) : "");
            // A provider over TLS must not send the browser or the code over plain HTTP.
            boolean secureEnough = "https".equals(uri.getScheme())
                    || "http".equals(uri.getScheme()) && settings.issuer().startsWith("http:");
            if (secureEnough && uri.getHost() != null && uri.getRawFragment() == null && uri.getRawUserInfo() == null) {
                return uri;
            }
        } catch (IllegalArgumentException malformed) {
            throw unusable(document, name);
        }
        throw unusable(document, name);
    }

    private static UpstreamRefusal unusable(Map<String, Object> document, String name) {
        return OidcReason.METADATA_INVALID.refusal(Compared.of(name,
                Optional.ofNullable(document.get(name)).map(String::valueOf)));
    }
}
