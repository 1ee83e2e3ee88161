package gatehouse.idp.keys;

import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.crypto.ECDSAVerifier;
import com.nimbusds.jose.crypto.RSASSAVerifier;
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
                + (now().getEpochSecond() + expiresInSeconds)
                        + ",\"aud\":[\"api\"],\"nested\":{\"a\":[1,null],\"n\":null}}";
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
        refused(keys.sign("main", SigningAlgorithm.ES256, "at+jwt",
                utf8("{\"iss\":[\"https://main.example\"],\"exp\":99999999999}")));
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
        assertThat(keys.verifyHint("main", "at+jwt", keys.sign("main", SigningAlgorithm.ES256, "at+jwt", utf8(json))))
                .isEmpty();
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
    @ValueSource(strings = {
            "", ".", "..", "...", "a.b", "a.b.c", "a.b.c.d", ".e30.", "e30.e30.", "bnVsbA.bnVsbA.bnVsbA", "W10.e30.AA"})
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
}
