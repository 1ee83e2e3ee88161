package gatehouse.loadtests.upstream;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.RSASSASigner;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Base64;
import java.util.Date;

/**
 * Makes the answers of an OpenID Provider. A code holds all that its exchange needs, so nothing is stored.
 */
final class OpenIdAnswers {

    private static final Duration VALID = Duration.ofMinutes(5);

    private final String issuer;
    private final UpstreamKeys keys;
    private final InstantSource clock;
    private final RSASSASigner signer;

    OpenIdAnswers(String issuer, UpstreamKeys keys, InstantSource clock) {
        this.issuer = issuer;
        this.keys = keys;
        this.clock = clock;
        this.signer = new RSASSASigner(keys.pair().getPrivate());
        keys.fast().ifPresent(provider -> signer.getJCAContext().setProvider(provider));
    }

    String metadata() {
        return new JsonObject()
            .put("issuer", issuer)
            .put("authorization_endpoint", issuer + "/authorize")
            .put("token_endpoint", issuer + "/token")
            .put("jwks_uri", issuer + "/jwks")
            .put("response_types_supported", new JsonArray().add("code"))
            .put("subject_types_supported", new JsonArray().add("public"))
            .put("id_token_signing_alg_values_supported", new JsonArray().add("RS256"))
            .put("token_endpoint_auth_methods_supported", new JsonArray().add("client_secret_basic"))
            .put("code_challenge_methods_supported", new JsonArray().add("S256"))
            .put("authorization_response_iss_parameter_supported", true)
            .encode();
    }

    String jwks() {
        return new JWKSet(keys.jwk().toPublicJWK()).toString();
    }

    String code(String clientId, String nonce, long number) {
        var held = new JsonObject().put("client", clientId).put("nonce", nonce).put("number", number).encode();
        return Base64.getUrlEncoder().withoutPadding().encodeToString(held.getBytes(StandardCharsets.UTF_8));
    }

    /** The token response for a code that {@link #code} made. */
    String tokens(String code, String domain) {
        var held = new JsonObject(new String(Base64.getUrlDecoder().decode(code), StandardCharsets.UTF_8));
        var person = Person.numbered(held.getLong("number"), domain);
        return new JsonObject().put("access_token", code).put("token_type", "Bearer")
            .put("expires_in", VALID.toSeconds()).put("id_token", idToken(held, person)).encode();
    }

    private String idToken(JsonObject held, Person person) {
        var now = clock.instant();
        var claims = new JWTClaimsSet.Builder().issuer(issuer).subject(person.subject())
            .audience(held.getString("client")).claim("nonce", held.getString("nonce"))
            .claim("email", person.email()).claim("email_verified", true)
            .claim("given_name", person.givenName()).claim("family_name", person.familyName())
            .claim("preferred_username", person.email())
            .issueTime(Date.from(now)).expirationTime(Date.from(now.plus(VALID)))
            .claim("auth_time", now.getEpochSecond()).build();
        var token = new SignedJWT(new JWSHeader.Builder(JWSAlgorithm.RS256).keyID("upstream").build(), claims);
        try {
            token.sign(signer);
        } catch (JOSEException failure) {
            throw new IllegalStateException(failure);
        }
        return token.serialize();
    }
}
