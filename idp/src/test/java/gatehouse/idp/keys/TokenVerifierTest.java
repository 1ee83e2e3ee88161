package gatehouse.idp.keys;

import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.ECDSASigner;
import com.nimbusds.jose.crypto.ECDSAVerifier;
import com.nimbusds.jose.crypto.MACSigner;
import com.nimbusds.jose.crypto.RSASSAVerifier;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.gen.ECKeyGenerator;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import java.nio.charset.StandardCharsets;
import java.text.ParseException;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class TokenVerifierTest {

    private static final MemoryKeyStore STORE = new MemoryKeyStore();

    private final FakeTime time = new FakeTime(TestKeys.START);
    private final IssuerKeys keys = TestKeys.node(STORE, time);

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static String base64url(String text) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(utf8(text));
    }

    private Instant now() {
        return time.instant();
    }

    private String claims(String issuer, long expiresInSeconds) {
        return "{\"iss\":\"" + TestKeys.url(issuer) + "\",\"sub\":\"ada\",\"exp\":"
                + (now().getEpochSecond() + expiresInSeconds) + ",\"aud\":[\"api\"],\"nested\":{\"a\":[1,null],\"n\":null}}";
    }

    private String token(SigningAlgorithm algorithm) {
        return keys.sign("main", algorithm, "at+jwt", utf8(claims("main", 60)));
    }

    private void refused(String compact) {
        assertThat(keys.verify("main", "at+jwt", compact)).isEmpty();
        // Asked twice: a refusal must not become a cached yes.
        assertThat(keys.verify("main", "at+jwt", compact)).isEmpty();
    }

    @ParameterizedTest
    @EnumSource
    void whatIsSignedHereIsVerifiedByNimbusAndByUs(SigningAlgorithm algorithm) throws ParseException, JOSEException {
        var compact = token(algorithm);

        var parsed = SignedJWT.parse(compact);
        var key = TestKeys.published(keys, "main").getKeyByKeyId(parsed.getHeader().getKeyID());
        var verifier = switch (algorithm) {
            case ES256 -> new ECDSAVerifier(key.toECKey());
            case RS256 -> new RSASSAVerifier(key.toRSAKey());
        };
        assertThat(parsed.verify(verifier)).isTrue();
        assertThat(parsed.getHeader().getType()).isEqualTo(new JOSEObjectType("at+jwt"));
        assertThat(key.computeThumbprint().toString()).isEqualTo(key.getKeyID());
        for (int i = 0; i < 2; i++) {
            assertThat(keys.verify("main", "at+jwt", compact)).get().satisfies(jwt -> {
                assertThat(jwt.text("sub")).contains("ada");
                assertThat(jwt.audience()).containsExactly("api");
                assertThat(jwt.claims().get("nested")).isEqualTo(Map.of("a", List.of(1)));
            });
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"AT+JWT", "application/at+jwt", "Application/AT+jwt"})
    void typeHasNoCaseAndAnOptionalPrefix(String expected) {
        assertThat(keys.verify("main", expected, token(SigningAlgorithm.ES256))).isPresent();
    }

    @ParameterizedTest
    @ValueSource(strings = {"JWT", "logout+jwt", "at", "", "application/", "text/at+jwt"})
    void anotherTypeIsRefusedEvenWhenTheVerdictIsRemembered(String expected) {
        var compact = token(SigningAlgorithm.ES256);
        assertThat(keys.verify("main", "at+jwt", compact)).isPresent();

        assertThat(keys.verify("main", expected, compact)).isEmpty();
    }

    @Test
    void anotherIssuersTokenIsRefusedEvenWhenTheVerdictIsRemembered() {
        var compact = token(SigningAlgorithm.ES256);
        assertThat(keys.verify("main", "at+jwt", compact)).isPresent();

        assertThat(keys.verify("other", "at+jwt", compact)).isEmpty();
    }

    @Test
    void ourKeyOverAnotherIssuersNameIsRefused() {
        refused(keys.sign("main", SigningAlgorithm.ES256, "at+jwt", utf8(claims("other", 60))));
        refused(keys.sign("main", SigningAlgorithm.ES256, "at+jwt", utf8("{\"exp\":99999999999}")));
        refused(keys.sign("main", SigningAlgorithm.ES256, "at+jwt", utf8("{\"iss\":[\"https://main.example\"],\"exp\":99999999999}")));
    }

    @Test
    void anotherIssuersKeyOverOurNameIsRefused() {
        refused(keys.sign("other", SigningAlgorithm.ES256, "at+jwt", utf8(claims("main", 60))));
    }

    @Test
    void tokenEndsAtTheVerySecond() {
        var compact = token(SigningAlgorithm.ES256);
        time.advance(Duration.ofMillis(59_499));
        assertThat(keys.verify("main", "at+jwt", compact)).isPresent();

        time.advance(Duration.ofMillis(1));
        assertThat(keys.verify("main", "at+jwt", compact)).isEmpty();
        assertThat(keys.verifyHint("main", "at+jwt", compact)).isPresent();
        assertThat(keys.verifyHint("main", "JWT", compact)).isEmpty();
    }

    @Test
    void tokenBeginsAtTheVerySecond() {
        var notBefore = claims("main", 60).replace("\"sub\"", "\"nbf\":" + (now().getEpochSecond() + 10) + ",\"sub\"");
        var compact = keys.sign("main", SigningAlgorithm.ES256, "at+jwt", utf8(notBefore));
        time.advance(Duration.ofMillis(9_499));
        refused(compact);

        time.advance(Duration.ofMillis(1));
        assertThat(keys.verify("main", "at+jwt", compact)).isPresent();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", ",\"exp\":\"99999999999\"", ",\"exp\":null", ",\"exp\":99999999999,\"nbf\":\"0\"",
        ",\"exp\":99999999999,\"exp\":99999999999", ",\"exp\":99999999999}x"})
    void claimsThatSayNothingClearAboutTimeAreRefused(String members) {
        var json = "{\"iss\":\"https://main.example\"" + members + "}";

        refused(keys.sign("main", SigningAlgorithm.ES256, "at+jwt", utf8(json)));
        assertThat(keys.verifyHint("main", "at+jwt", keys.sign("main", SigningAlgorithm.ES256, "at+jwt", utf8(json)))).isEmpty();
    }

    @ParameterizedTest
    @EnumSource
    void everyChangedCharacterIsRefused(SigningAlgorithm algorithm) {
        var compact = token(algorithm);
        for (int i = 0; i < compact.length(); i++) {
            char other = compact.charAt(i) == 'A' ? 'B' : 'A';
            assertThat(keys.verify("main", "at+jwt", compact.substring(0, i) + other + compact.substring(i + 1)))
                    .as("character %d", i)
                    .isEmpty();
        }
        assertThat(keys.verify("main", "at+jwt", compact)).isPresent();
    }

    @Test
    void aSecondSpellingOfTheSameSignatureIsRefused() {
        var compact = token(SigningAlgorithm.ES256);
        var alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
        // The last character of 64 bytes carries four bits that mean nothing.
        int last = alphabet.indexOf(compact.charAt(compact.length() - 1));
        refused(compact.substring(0, compact.length() - 1) + alphabet.charAt(last + 1));
        refused(compact + "=");
        refused(compact + "==");
        refused(compact + " ");
        refused(" " + compact);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", ".", "..", "...", "a.b", "a.b.c", "a.b.c.d", ".e30.", "e30.e30.", "bnVsbA.bnVsbA.bnVsbA", "W10.e30.AA"})
    void whatIsNoJwsIsRefused(String compact) {
        refused(compact);
    }

    @Test
    void overlongTokenIsNotLookedAt() {
        int fixed = token(SigningAlgorithm.ES256).length();
        int room = (TokenVerifier.TOKEN_LENGTH_MAX - fixed) / 4 * 3 - 20;
        var fits = padded(room);
        var tooLong = padded(room + 40);

        assertThat(fits).hasSizeLessThanOrEqualTo(TokenVerifier.TOKEN_LENGTH_MAX);
        assertThat(tooLong).hasSizeGreaterThan(TokenVerifier.TOKEN_LENGTH_MAX);
        assertThat(keys.verify("main", "at+jwt", fits)).isPresent();
        refused(tooLong);
    }

    private String padded(int length) {
        var json = claims("main", 60).replace("\"sub\"", "\"pad\":\"" + "x".repeat(length) + "\",\"sub\"");
        return keys.sign("main", SigningAlgorithm.ES256, "at+jwt", utf8(json));
    }

    @Test
    void noneIsRefused() {
        var kid = TestKeys.firstKey(keys, "main", SigningAlgorithm.ES256).getKeyID();
        for (var alg : List.of("none", "None", "")) {
            var header = base64url("{\"alg\":\"" + alg + "\",\"typ\":\"at+jwt\",\"kid\":\"" + kid + "\"}");
            refused(header + "." + base64url(claims("main", 60)) + ".");
            refused(header + "." + base64url(claims("main", 60)) + ".AA");
        }
    }

    @Test
    void publicKeyAsSharedSecretIsRefused() throws JOSEException {
        var rsa = TestKeys.firstKey(keys, "main", SigningAlgorithm.RS256).toRSAKey();
        var header = new JWSHeader.Builder(JWSAlgorithm.HS256).type(new JOSEObjectType("at+jwt")).keyID(rsa.getKeyID()).build();
        for (var secret : List.of(rsa.toRSAPublicKey().getEncoded(), utf8(rsa.toPublicJWK().toJSONString()))) {
            var forged = new SignedJWT(header, claimsSet());
            forged.sign(new MACSigner(secret));
            refused(forged.serialize());
        }
    }

    private JWTClaimsSet claimsSet() {
        return new JWTClaimsSet.Builder()
                .issuer("https://main.example")
                .expirationTime(java.util.Date.from(now().plusSeconds(60)))
                .build();
    }

    @Test
    void algorithmOfAnotherKeyIsRefused() {
        for (var algorithm : SigningAlgorithm.values()) {
            var real = token(algorithm);
            var kid = TestKeys.firstKey(keys, "main", algorithm).getKeyID();
            var other = algorithm == SigningAlgorithm.ES256 ? "RS256" : "ES256";
            var header = base64url("{\"alg\":\"" + other + "\",\"typ\":\"at+jwt\",\"kid\":\"" + kid + "\"}");
            refused(header + real.substring(real.indexOf('.')));
        }
    }

    @Test
    void ownKeyInTheHeaderIsRefused() throws JOSEException {
        var stranger = new ECKeyGenerator(Curve.P_256).keyID(TestKeys.firstKey(keys, "main", SigningAlgorithm.ES256).getKeyID()).generate();
        var header = new JWSHeader.Builder(JWSAlgorithm.ES256).type(new JOSEObjectType("at+jwt")).keyID(stranger.getKeyID());
        for (var built : List.of(header.build(), header.jwk(stranger.toPublicJWK()).build())) {
            var forged = new SignedJWT(built, claimsSet());
            forged.sign(new ECDSASigner(stranger));
            refused(forged.serialize());
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {",\"crit\":[\"exp\"]", ",\"b64\":false", ",\"jku\":\"https://evil.example\"", ",\"alg\":\"ES256\"", ",\"x\":1"})
    void headerWithMoreThanWeWriteIsRefused(String extra) throws Exception {
        // Signed by the true key, through the package's own door, so that only the header is wrong.
        var key = openedKey();
        var header = base64url("{\"alg\":\"ES256\",\"typ\":\"at+jwt\",\"kid\":\"" + key.getKeyID() + "\"" + extra + "}");
        var signed = header + "." + base64url(claims("main", 60));
        var signature = java.security.Signature.getInstance("SHA256withECDSAinP1363Format");
        signature.initSign(key.toECPrivateKey());
        signature.update(utf8(signed));
        refused(signed + "." + Base64.getUrlEncoder().withoutPadding().encodeToString(signature.sign()));
    }

    private com.nimbusds.jose.jwk.ECKey openedKey() throws Exception {
        keys.ensure("main");
        var stored = STORE.keys("main", gatehouse.spi.Deadline.after(Duration.ofSeconds(1))).stream()
                .filter(key -> key.purpose() == KeyPurpose.TOKEN_ES256)
                .findFirst()
                .orElseThrow();
        var pkcs8 = TestKeys.wrapper(7).unwrap("main/TOKEN_ES256/" + stored.kid(), stored.secret());
        var secret = java.security.KeyFactory.getInstance("EC")
                .generatePrivate(new java.security.spec.PKCS8EncodedKeySpec(pkcs8));
        var point = com.nimbusds.jose.jwk.JWK.parse(stored.publicJwk()).toECKey().toECPublicKey();
        return new com.nimbusds.jose.jwk.ECKey.Builder(Curve.P_256, point)
                .privateKey((java.security.interfaces.ECPrivateKey) secret)
                .keyID(stored.kid())
                .build();
    }

    @Test
    void inventedKeyIdsReachTheStoreOnceInFiveSeconds() {
        keys.ensure("main");
        int before = STORE.reads();
        for (int i = 0; i < 50; i++) {
            var header = base64url("{\"alg\":\"ES256\",\"typ\":\"at+jwt\",\"kid\":\"invented" + i + "\"}");
            assertThat(keys.verify("main", "at+jwt", header + "." + base64url(claims("main", 60)) + ".AA")).isEmpty();
        }
        assertThat(STORE.reads()).isEqualTo(before + 1);

        time.advance(Duration.ofSeconds(5));
        refused(base64url("{\"alg\":\"ES256\",\"typ\":\"at+jwt\",\"kid\":\"one more\"}") + ".e30.AA");
        assertThat(STORE.reads()).isEqualTo(before + 2);
    }
}
