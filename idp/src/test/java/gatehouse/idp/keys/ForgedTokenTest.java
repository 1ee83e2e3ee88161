package gatehouse.idp.keys;

import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.ECDSASigner;
import com.nimbusds.jose.crypto.MACSigner;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.gen.ECKeyGenerator;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import gatehouse.spi.Deadline;
import java.nio.charset.StandardCharsets;
import java.security.KeyFactory;
import java.security.Signature;
import java.security.interfaces.ECPrivateKey;
import java.security.spec.PKCS8EncodedKeySpec;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.Date;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Tokens that somebody else made and would like to be ours. */
class ForgedTokenTest {

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
        var header = new JWSHeader.Builder(JWSAlgorithm.HS256).type(new JOSEObjectType("at+jwt")).keyID(rsa.getKeyID())
                .build();
        for (var secret : List.of(rsa.toRSAPublicKey().getEncoded(), utf8(rsa.toPublicJWK().toJSONString()))) {
            var forged = new SignedJWT(header, claimsSet());
            forged.sign(new MACSigner(secret));
            refused(forged.serialize());
        }
    }

    private JWTClaimsSet claimsSet() {
        return new JWTClaimsSet.Builder()
                .issuer("https://main.example")
                .expirationTime(Date.from(now().plusSeconds(60)))
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
        var stranger = new ECKeyGenerator(Curve.P_256)
                .keyID(TestKeys.firstKey(keys, "main", SigningAlgorithm.ES256).getKeyID()).generate();
        var header = new JWSHeader.Builder(JWSAlgorithm.ES256).type(new JOSEObjectType("at+jwt"))
                .keyID(stranger.getKeyID());
        for (var built : List.of(header.build(), header.jwk(stranger.toPublicJWK()).build())) {
            var forged = new SignedJWT(built, claimsSet());
            forged.sign(new ECDSASigner(stranger));
            refused(forged.serialize());
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {
            ",\"crit\":[\"exp\"]", ",\"b64\":false", ",\"jku\":\"https://evil.example\"", ",\"alg\":\"ES256\"",
            ",\"x\":1"})
    void headerWithMoreThanWeWriteIsRefused(String extra) throws Exception {
        // Signed by the true key, through the package's own door, so that only the header is wrong.
        var key = openedKey();
        var header = base64url(
                "{\"alg\":\"ES256\",\"typ\":\"at+jwt\",\"kid\":\"" + key.getKeyID() + "\"" + extra + "}");
        var signed = header + "." + base64url(claims("main", 60));
        var signature = Signature.getInstance("SHA256withECDSAinP1363Format");
        signature.initSign(key.toECPrivateKey());
        signature.update(utf8(signed));
        refused(signed + "." + Base64.getUrlEncoder().withoutPadding().encodeToString(signature.sign()));
    }

    private ECKey openedKey() throws Exception {
        keys.ensure("main");
        var stored = STORE.keys("main", Deadline.after(Duration.ofSeconds(1))).stream()
                .filter(key -> key.purpose() == KeyPurpose.TOKEN_ES256)
                .findFirst()
                .orElseThrow();
        var pkcs8 = TestKeys.wrapper(7).unwrap("main/TOKEN_ES256/" + stored.kid(), stored.secret());
        var secret = KeyFactory.getInstance("EC")
                .generatePrivate(new PKCS8EncodedKeySpec(pkcs8));
        var point = JWK.parse(stored.publicJwk()).toECKey().toECPublicKey();
        return new ECKey.Builder(Curve.P_256, point)
                .privateKey((ECPrivateKey) secret)
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
