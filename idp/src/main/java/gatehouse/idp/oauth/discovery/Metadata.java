package gatehouse.idp.oauth.discovery;

import gatehouse.idp.keys.SigningAlgorithm;
import gatehouse.idp.oauth.authorize.Prompt;
import gatehouse.idp.oauth.authorize.ResponseMode;
import gatehouse.idp.oauth.authorize.rule.ResponseTypeRule;
import gatehouse.idp.oauth.claims.UserClaims;
import gatehouse.idp.oauth.token.Pkce;
import gatehouse.idp.oauth.wire.JsonBytes;
import gatehouse.idp.oauth.wire.Scopes;
import gatehouse.spi.Issuer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Writes an issuer's metadata: OpenID Provider (OpenID Connect Discovery §3) and authorization server (RFC 8414 §2)
 * in one.
 */
final class Metadata {

    private static final List<String> TOKEN_CLAIMS = List.of(
            "iss", "sub", "aud", "exp", "iat", "auth_time", "nonce", "acr", "amr", "azp", "at_hash", "sid", "org_id");

    private static final List<String> ALGORITHMS =
            Arrays.stream(SigningAlgorithm.values()).map(Enum::name).toList();

    private final Capabilities can;

    Metadata(Capabilities can) {
        this.can = can;
    }

    byte[] of(Issuer issuer) {
        var json = new JsonBytes().field("issuer", issuer.url());
        addEndpoints(json, issuer);
        addWords(json);
        addClientMethods(json);
        return json
                .field("claims_parameter_supported", false)
                .field("request_parameter_supported", false)
                .field("request_uri_parameter_supported", false)
                .field("require_request_uri_registration", false)
                .field("authorization_response_iss_parameter_supported", true)
                .toBytes();
    }

    private static void addEndpoints(JsonBytes json, Issuer issuer) {
        json.field("authorization_endpoint", issuer.at("/authorize"))
                .field("token_endpoint", issuer.at("/token"))
                .field("userinfo_endpoint", issuer.at("/userinfo"))
                .field("jwks_uri", issuer.at("/jwks"))
                .field("introspection_endpoint", issuer.at("/introspect"))
                .field("revocation_endpoint", issuer.at("/revoke"))
                .field("end_session_endpoint", issuer.at("/logout"));
    }

    private void addWords(JsonBytes json) {
        var claims = new ArrayList<>(TOKEN_CLAIMS);
        claims.addAll(UserClaims.NAMES);
        json.field("scopes_supported", Scopes.OF_PEOPLE)
                .field("response_types_supported", ResponseTypeRule.TYPES)
                .field("response_modes_supported", ResponseMode.names())
                .field("grant_types_supported", can.grantTypes())
                .field("subject_types_supported", List.of("public"))
                .field("id_token_signing_alg_values_supported", ALGORITHMS)
                .field("code_challenge_methods_supported", List.of(Pkce.METHOD))
                .field("prompt_values_supported", Prompt.ALL)
                .field("claim_types_supported", List.of("normal"))
                .field("claims_supported", claims);
        if (!can.acrValues().isEmpty()) {
            json.field("acr_values_supported", can.acrValues());
        }
        if (!can.uiLocales().isEmpty()) {
            json.field("ui_locales_supported", can.uiLocales());
        }
    }

    private void addClientMethods(JsonBytes json) {
        json.field("token_endpoint_auth_methods_supported", can.methods())
                .field("token_endpoint_auth_signing_alg_values_supported", can.assertionAlgorithms())
                .field("revocation_endpoint_auth_methods_supported", can.methods())
                .field("revocation_endpoint_auth_signing_alg_values_supported", can.assertionAlgorithms())
                .field("introspection_endpoint_auth_methods_supported", can.confidentialMethods())
                .field("introspection_endpoint_auth_signing_alg_values_supported", can.assertionAlgorithms());
    }
}
