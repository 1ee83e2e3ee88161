package gatehouse.idp.upstream.oidc;

import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.OctetSequenceKey;
import com.nimbusds.jose.jwk.gen.ECKeyGenerator;
import gatehouse.idp.upstream.DepartureCall;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Every way in which an ID token can be wrong, one at a time, beside the ways in which it may differ. */
class IdTokenValidatorTest {

    private final OidcJourney journey = new OidcJourney();
    private final FakeOpenIdProvider provider = journey.provider;

    private long now() {
        return journey.time.instant().getEpochSecond();
    }

    private void accepted() {
        assertThat(journey.signIn().session().subject()).isEqualTo("ada-7");
    }

    private String withClaim(String name, Object value) {
        provider.claims = claims -> claims.put(name, value);
        return journey.refusal();
    }

    private String withoutClaim(String name) {
        provider.claims = claims -> claims.remove(name);
        return journey.refusal();
    }

    @ParameterizedTest
    @ValueSource(strings = {"RS256", "RS384", "RS512", "PS256", "PS384", "PS512"})
    void rsaAlgorithmsAreAccepted(String algorithm) {
        provider.algorithm = JWSAlgorithm.parse(algorithm);
        accepted();
    }

    @ParameterizedTest
    @ValueSource(strings = {"ES256", "ES384", "ES512"})
    void ellipticAlgorithmsAreAccepted(String algorithm) throws Exception {
        provider.algorithm = JWSAlgorithm.parse(algorithm);
        var curve = Curve.forJWSAlgorithm(provider.algorithm).iterator().next();
        var key = new ECKeyGenerator(curve).keyID("curve").generate();
        provider.signingKey = key;
        provider.published.add(key);
        accepted();
    }

    @Test
    void noneIsRefused() {
        for (var alg : List.of("none", "None", "NONE")) {
            provider.tokenAnswer = answer -> {
                var parts = ((String) answer.get("id_token")).split("\\.");
                var header = Base64.getUrlEncoder().withoutPadding()
                        .encodeToString(("{\"alg\":\"" + alg + "\"}").getBytes(StandardCharsets.UTF_8));
                answer.put("id_token", header + "." + parts[1] + ".");
            };
            assertThat(journey.refusal()).isEqualTo("algorithm_not_allowed");
        }
    }

    @Test
    void clientSecretAsSigningKeyIsRefused() {
        var secret = Arrays.copyOf("s3:cret&%".getBytes(StandardCharsets.UTF_8), 32);
        provider.algorithm = JWSAlgorithm.HS256;
        provider.signingKey = new OctetSequenceKey.Builder(secret).keyID("rsa-1").build();
        assertThat(journey.refusal()).isEqualTo("algorithm_not_allowed");

        provider.published.add(provider.signingKey);
        assertThat(journey.refusal()).isEqualTo("algorithm_not_allowed");
    }

    @Test
    void publicKeyAsSharedSecretIsRefused() throws Exception {
        provider.algorithm = JWSAlgorithm.HS256;
        provider.signingKey = new OctetSequenceKey.Builder(FakeOpenIdProvider.RSA.toRSAPublicKey().getEncoded())
                .keyID("rsa-1")
                .build();
        assertThat(journey.refusal()).isEqualTo("algorithm_not_allowed");
    }

    @Test
    void anotherKeyUnderAKnownNameIsRefused() {
        provider.signingKey = FakeOpenIdProvider.rsa("rsa-1");
        assertThat(journey.refusal()).isEqualTo("signature_invalid");
    }

    @Test
    void keyInTheTokensOwnHeaderIsNotUsed() {
        var stranger = FakeOpenIdProvider.rsa("stranger");
        provider.signingKey = stranger;
        provider.header = header -> header.jwk(stranger.toPublicJWK());
        assertThat(journey.refusal()).isEqualTo("key_unknown");
    }

    @Test
    void algorithmOfAnotherKindOfKeyIsRefused() {
        provider.signingKey = FakeOpenIdProvider.EC;
        provider.algorithm = JWSAlgorithm.ES256;
        provider.header = header -> header.keyID("rsa-1");
        assertThat(journey.refusal()).isEqualTo("key_unknown");
    }

    @Test
    void everyPartOfTheTokenIsUnderTheSignature() {
        for (int part = 0; part < 3; part++) {
            int changed = part;
            provider.tokenAnswer = answer -> {
                var parts = ((String) answer.get("id_token")).split("\\.");
                int middle = parts[changed].length() / 2;
                char other = parts[changed].charAt(middle) == 'A' ? 'B' : 'A';
                parts[changed] = parts[changed].substring(0, middle) + other + parts[changed].substring(middle + 1);
                answer.put("id_token", String.join(".", parts));
            };
            assertThat(journey.refusal())
                    .isIn("signature_invalid", "id_token_malformed", "key_unknown", "algorithm_not_allowed");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {
            "", ".", "..", "a.b.c", "e30.e30.e30", "eyJhbGciOiJSUzI1NiJ9.e30", "eyJhbGciOiJSUzI1NiJ9.e30.AA.BB.CC"})
    void whatIsNoTokenIsRefused(String compact) {
        provider.tokenAnswer = answer -> answer.put("id_token", compact);
        assertThat(journey.refusal()).isEqualTo("id_token_malformed");
    }

    @Test
    void tokenHasALimit() {
        assertThat(withClaim("pad", "x".repeat(32 * 1024))).isEqualTo("id_token_malformed");
        provider.claims = claims -> claims.put("pad", "x".repeat(16 * 1024));
        accepted();
    }

    @Test
    void tokenOfAnotherTypeOrWithExtensionsIsRefused() {
        for (var type : List.of("at+jwt", "logout+jwt", "secevent+jwt")) {
            provider.header = header -> header.type(new JOSEObjectType(type));
            assertThat(journey.refusal()).isEqualTo("id_token_malformed");
        }
        provider.header = header -> header.criticalParams(Set.of("exp")).customParam("exp", 1);
        assertThat(journey.refusal()).isEqualTo("id_token_malformed");
        provider.header = header -> header.type(null);
        accepted();
    }

    @Test
    void issuerIsComparedExactly() {
        for (var issuer : List.of("https://evil.example", FakeOpenIdProvider.ISSUER + "/",
                "HTTPS://op.customer.example/tenant", List.of(FakeOpenIdProvider.ISSUER))) {
            assertThat(withClaim("iss", issuer)).isEqualTo("wrong_issuer");
        }
        assertThat(withoutClaim("iss")).isEqualTo("wrong_issuer");
    }

    @Test
    void audienceIsUs() {
        assertThat(withClaim("aud", "another-client")).isEqualTo("wrong_audience");
        assertThat(withClaim("aud", List.of())).isEqualTo("wrong_audience");
        assertThat(withClaim("aud", List.of("a", "b"))).isEqualTo("wrong_audience");
        assertThat(withClaim("aud", Map.of(FakeOpenIdProvider.CLIENT, true))).isEqualTo("wrong_audience");
        assertThat(withoutClaim("aud")).isEqualTo("wrong_audience");
        provider.claims = claims -> claims.put("aud", List.of(FakeOpenIdProvider.CLIENT));
        accepted();
    }

    @Test
    void authorizedPartyIsUsWhereItIsNamedAndNamedWhereThereAreSeveralAudiences() {
        assertThat(withClaim("azp", "another-client")).isEqualTo("wrong_authorized_party");
        assertThat(withClaim("azp", 7)).isEqualTo("wrong_authorized_party");
        assertThat(withClaim("aud", List.of(FakeOpenIdProvider.CLIENT, "other"))).isEqualTo("wrong_authorized_party");
        provider.claims = claims -> claims.putAll(
                Map.of("aud", List.of(FakeOpenIdProvider.CLIENT, "other"), "azp", FakeOpenIdProvider.CLIENT));
        accepted();
    }

    @Test
    void subjectIsSaid() {
        assertThat(withoutClaim("sub")).isEqualTo("subject_missing");
        assertThat(withClaim("sub", "")).isEqualTo("subject_missing");
        assertThat(withClaim("sub", 7)).isEqualTo("subject_missing");
        assertThat(withClaim("sub", "x".repeat(256))).isEqualTo("subject_missing");
        provider.claims = claims -> claims.put("sub", "x".repeat(255));
        assertThat(journey.signIn().session().subject()).hasSize(255);
    }

    @Test
    void timesAreKeptWithinTheSkew() {
        assertThat(withClaim("exp", now() - 60)).isEqualTo("expired");
        assertThat(withClaim("iat", now() + 61)).isEqualTo("not_yet_valid");
        assertThat(withClaim("nbf", now() + 61)).isEqualTo("not_yet_valid");
        assertThat(withClaim("iat", now() - 61)).isEqualTo("older_than_request");
        for (var claim : List.of("exp", "iat")) {
            assertThat(withoutClaim(claim)).isEqualTo("times_missing");
            assertThat(withClaim(claim, Long.toString(now()))).isEqualTo("times_missing");
        }
        assertThat(withClaim("nbf", "soon")).isEqualTo("times_missing");
        provider.claims = claims -> claims.putAll(Map.of("exp", now() - 59, "iat", now() - 60, "nbf", now() + 60));
        accepted();
    }

    @Test
    void configuredSkewIsUsed() {
        journey.settings.put("clock_skew_seconds", 0);
        assertThat(withClaim("exp", now())).isEqualTo("expired");
        assertThat(withClaim("iat", now() + 1)).isEqualTo("not_yet_valid");
    }

    @Test
    void nonceIsThatOfThisSignIn() {
        assertThat(withoutClaim("nonce")).isEqualTo("nonce_mismatch");
        assertThat(withClaim("nonce", "another")).isEqualTo("nonce_mismatch");
        assertThat(withClaim("nonce", List.of("x"))).isEqualTo("nonce_mismatch");
        var other = OidcJourney.query(journey.depart(OidcJourney.call())).optional("nonce").orElseThrow();
        assertThat(withClaim("nonce", other)).isEqualTo("nonce_mismatch");
    }

    @Test
    void accessTokenBelongsToTheIdToken() {
        assertThat(withClaim("at_hash", FakeOpenIdProvider.leftHalf("another token")))
                .isEqualTo("access_token_hash_mismatch");
        assertThat(withClaim("at_hash", 7)).isEqualTo("access_token_hash_mismatch");
        provider.claims = claims -> claims.put("at_hash", FakeOpenIdProvider.leftHalf("access/7.~+-_="));
        accepted();
        provider.tokenAnswer = answer -> answer.remove("access_token");
        assertThat(journey.refusal()).isEqualTo("access_token_hash_mismatch");
    }

    @Test
    void authenticationIsAsFreshAsWasAsked() {
        var aged = new DepartureCall(
                "h", Optional.empty(), false, false, Optional.of(Duration.ofSeconds(100)), List.of(), List.of());
        provider.claims = claims -> claims.put("auth_time", now() - 161);
        assertThat(OidcJourney.refusal(() -> journey.signIn(aged))).isEqualTo("authentication_too_old");
        provider.claims = claims -> claims.put("auth_time", now() - 160);
        assertThat(journey.signIn(aged)).isNotNull();
        provider.claims = claims -> claims.remove("auth_time");
        assertThat(OidcJourney.refusal(() -> journey.signIn(aged))).isEqualTo("authentication_time_missing");
        accepted();
        assertThat(withClaim("auth_time", "yesterday")).isEqualTo("authentication_time_missing");
    }

    @Test
    void forcedAuthenticationHappenedAfterTheDeparture() {
        var forced = new DepartureCall("h", Optional.empty(), true, false, Optional.empty(), List.of(), List.of());
        provider.claims = claims -> claims.put("auth_time", now() - 61);
        assertThat(OidcJourney.refusal(() -> journey.signIn(forced))).isEqualTo("authentication_too_old");
        accepted();
    }
}
