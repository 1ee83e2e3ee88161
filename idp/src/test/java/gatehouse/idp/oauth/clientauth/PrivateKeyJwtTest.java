package gatehouse.idp.oauth.clientauth;

import static gatehouse.idp.oauth.testkit.OAuthHarness.MAIN;
import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.JWSSigner;
import com.nimbusds.jose.crypto.ECDSASigner;
import com.nimbusds.jose.crypto.MACSigner;
import com.nimbusds.jose.crypto.RSASSASigner;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jose.jwk.gen.ECKeyGenerator;
import com.nimbusds.jose.jwk.gen.RSAKeyGenerator;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.PlainJWT;
import com.nimbusds.jwt.SignedJWT;
import gatehouse.idp.oauth.testkit.Answer;
import gatehouse.idp.oauth.testkit.Call;
import gatehouse.idp.oauth.testkit.ClientDraft;
import gatehouse.idp.oauth.testkit.OAuthHarness;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PrivateKeyJwtTest {

    private static final ECKey EC = ec("one");
    private static final ECKey STRANGER = ec("one");
    private static final RSAKey RSA = rsa();

    private final OAuthHarness idp = new OAuthHarness();

    private static ECKey ec(String kid) {
        try {
            return new ECKeyGenerator(Curve.P_256).keyID(kid).generate();
        } catch (JOSEException impossible) {
            throw new AssertionError(impossible);
        }
    }

    private static RSAKey rsa() {
        try {
            return new RSAKeyGenerator(2048).keyID("rsa").generate();
        } catch (JOSEException impossible) {
            throw new AssertionError(impossible);
        }
    }

    private static ClientDraft signer() {
        return new ClientDraft("signer").method("private_key_jwt");
    }

    @BeforeEach
    void register() {
        idp.catalogs.put(signer().keys(new JWKSet(List.of(EC.toPublicJWK(), RSA.toPublicJWK()))).make());
    }

    private JWTClaimsSet.Builder claims() {
        var now = idp.time.instant();
        return new JWTClaimsSet.Builder().issuer("signer").subject("signer").audience(MAIN.url())
                .issueTime(Date.from(now)).expirationTime(Date.from(now.plusSeconds(60)))
                .jwtID(UUID.randomUUID().toString());
    }

    private static String sign(JWTClaimsSet.Builder claims) {
        return sign(claims, new JWSHeader.Builder(JWSAlgorithm.ES256).keyID("one").build(), signerOf(EC));
    }

    private static JWSSigner signerOf(ECKey key) {
        try {
            return new ECDSASigner(key);
        } catch (JOSEException impossible) {
            throw new AssertionError(impossible);
        }
    }

    private static String sign(JWTClaimsSet.Builder claims, JWSHeader header, JWSSigner signer) {
        try {
            var jwt = new SignedJWT(header, claims.build());
            jwt.sign(signer);
            return jwt.serialize();
        } catch (JOSEException impossible) {
            throw new AssertionError(impossible);
        }
    }

    private static Call call(String assertion) {
        return Call.post("/token").with("grant_type", "client_credentials")
                .with("client_assertion_type", "urn:ietf:params:oauth:client-assertion-type:jwt-bearer")
                .with("client_assertion", assertion);
    }

    private Answer send(String assertion) {
        return idp.send(call(assertion));
    }

    @Test
    void assertionOfTheRegisteredKeyIsAccepted() {
        assertThat(send(sign(claims())).status()).isEqualTo(200);
        assertThat(idp.send(call(sign(claims())).with("client_id", "signer")).status()).isEqualTo(200);
    }

    @ParameterizedTest
    @ValueSource(strings = {"RS256", "PS256", "RS512"})
    void rsaIsAccepted(String algorithm) throws JOSEException {
        var header = new JWSHeader.Builder(JWSAlgorithm.parse(algorithm)).build();
        assertThat(send(sign(claims(), header, new RSASSASigner(RSA))).status()).isEqualTo(200);
    }

    @ParameterizedTest
    @ValueSource(strings = {"https://id.example", "https://id.example/", "https://id.example/token"})
    void issuerOrTokenEndpointIsTheAudience(String audience) {
        assertThat(send(sign(claims().audience(audience))).status()).isEqualTo(200);
    }

    @Test
    void anyOtherAudienceIsRefused() {
        refused(sign(claims().audience("https://id.example.evil")));
        refused(sign(claims().audience(List.of())));
        refused(sign(claims().audience(List.of(MAIN.url(), "https://other.example"))));
        refused(sign(claims().audience(OAuthHarness.BRANCH.url())));
    }

    @ParameterizedTest
    @ValueSource(strings = {"JWT", "client-authentication+jwt", "application/client-authentication+jwt"})
    void usualTypesAreAccepted(String type) {
        assertThat(send(typed(type)).status()).isEqualTo(200);
    }

    @ParameterizedTest
    @ValueSource(strings = {"at+jwt", "logout+jwt", "dpop+jwt", "x"})
    void otherTypesAreRefused(String type) {
        refused(typed(type));
    }

    private String typed(String type) {
        return sign(claims(), new JWSHeader.Builder(JWSAlgorithm.ES256).type(new JOSEObjectType(type)).build(),
                signerOf(EC));
    }

    @Test
    @DisplayName("RFC 7523 §3: an assertion is used once")
    void replayedAssertionIsRefused() {
        var assertion = sign(claims());
        assertThat(send(assertion).status()).isEqualTo(200);
        refused(assertion);
        assertThat(idp.lastReason()).isEqualTo("client_assertion_replayed");
    }

    @Test
    void wrongIssuerOrSubjectIsRefused() {
        refused(sign(claims().issuer("other")));
        refused(sign(claims().subject("other")));
        refused(sign(claims().issuer("web").subject("web")));
        refused(sign(claims().subject(null)));
    }

    @Test
    void timesAreBounded() {
        var now = idp.time.instant();
        accepted(claims().expirationTime(date(now.plus(Duration.ofHours(1)))));
        refused(sign(claims().expirationTime(date(now.plus(Duration.ofHours(1)).plusSeconds(2)))));
        accepted(claims().expirationTime(date(now.minusSeconds(58))));
        refused(sign(claims().expirationTime(date(now.minusSeconds(61)))));
        refused(sign(claims().expirationTime(null)));
        accepted(claims().notBeforeTime(date(now.plusSeconds(59))));
        refused(sign(claims().notBeforeTime(date(now.plusSeconds(62)))));
        refused(sign(claims().issueTime(date(now.plusSeconds(62)))));
    }

    private static Date date(Instant at) {
        return Date.from(at);
    }

    private void accepted(JWTClaimsSet.Builder claims) {
        assertThat(send(sign(claims)).status()).isEqualTo(200);
    }

    @Test
    void idIsRequiredAndBounded() {
        refused(sign(claims().jwtID(null)));
        refused(sign(claims().jwtID("")));
        accepted(claims().jwtID("j".repeat(256)));
        refused(sign(claims().jwtID("j".repeat(257))));
    }

    @Test
    void strangersKeyIsRefused() {
        refused(sign(claims(), new JWSHeader.Builder(JWSAlgorithm.ES256).keyID("one").build(), signerOf(STRANGER)));
    }

    @Test
    @DisplayName("The key inside the message is not trusted")
    void embeddedKeyIsNotTrusted() {
        var header = new JWSHeader.Builder(JWSAlgorithm.ES256).keyID("one").jwk(STRANGER.toPublicJWK()).build();
        refused(sign(claims(), header, signerOf(STRANGER)));
    }

    @Test
    void noneAndSymmetricAlgorithmsAreRefused() throws JOSEException {
        refused(new PlainJWT(claims().build()).serialize());
        var secret = RSA.toRSAPublicKey().getEncoded();
        refused(sign(claims(), new JWSHeader(JWSAlgorithm.HS256), new MACSigner(secret)));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "x", "a.b.c", "eyJhbGciOiJFUzI1NiJ9.e30.AAAA", "...."})
    void garbageIsRefused(String assertion) {
        refused(assertion);
    }

    @Test
    void lengthIsBounded() {
        refused(sign(claims().claim("pad", "x".repeat(PrivateKeyJwt.LENGTH_MAX))));
    }

    @Test
    void assertionTypeIsRequired() {
        idp.send(call(sign(claims())).without("client_assertion_type")).isError(401, "invalid_client");
        idp.send(call(sign(claims())).without("client_assertion_type").with("client_assertion_type", "x"))
                .isError(401, "invalid_client");
    }

    @Test
    void clientIdParameterMustAgree() {
        idp.send(call(sign(claims())).with("client_id", "web")).isError(400, "invalid_request");
    }

    @Test
    void assertionDoesNotServeAClientOfAnotherMethod() {
        idp.catalogs.put(signer().method("client_secret_basic").keys(new JWKSet(EC.toPublicJWK())).make());
        refused(sign(claims()));
    }

    @Test
    void assertionForOneIssuerIsNoGoodAtAnother() {
        idp.catalogs.put(signer().at(OAuthHarness.BRANCH).keys(new JWKSet(EC.toPublicJWK())).make());
        idp.send(call(sign(claims())).at(OAuthHarness.BRANCH)).isError(401, "invalid_client");
        var meant = sign(claims().audience(OAuthHarness.BRANCH.url()));
        assertThat(idp.send(call(meant).at(OAuthHarness.BRANCH)).status()).isEqualTo(200);
    }

    private void refused(String assertion) {
        send(assertion).isError(401, "invalid_client");
    }

    private static final String URI = "https://app.example/jwks";

    private void publish(ECKey... keys) {
        idp.outside.put(URI, new JWKSet(List.<com.nimbusds.jose.jwk.JWK>of(keys)).toString());
    }

    @Test
    void keysByReferenceAreFetchedOnceWhileFresh() {
        idp.catalogs.put(signer().keysAt(URI).make());
        publish(EC);
        for (int i = 0; i < 5; i++) {
            assertThat(send(sign(claims())).status()).isEqualTo(200);
        }
        assertThat(idp.outside.calls()).isEqualTo(1);
        idp.time.advance(ClientKeys.FRESH_FOR);
        send(sign(claims()));
        assertThat(idp.outside.calls()).isEqualTo(2);
    }

    @Test
    void newKeyIsFoundByOneMoreLook() {
        idp.catalogs.put(signer().keysAt(URI).make());
        publish(EC);
        send(sign(claims()));
        var next = ec("two");
        publish(EC, next);
        idp.time.advance(ClientKeys.RETRY_AFTER);
        var header = new JWSHeader.Builder(JWSAlgorithm.ES256).keyID("two").build();
        assertThat(send(sign(claims(), header, signerOf(next))).status()).isEqualTo(200);
        assertThat(idp.outside.calls()).isEqualTo(2);
    }

    @Test
    void wrongAssertionsDoNotMakeUsFetchAgainAndAgain() {
        idp.catalogs.put(signer().keysAt(URI).make());
        publish(EC);
        var header = new JWSHeader.Builder(JWSAlgorithm.ES256).keyID("unknown").build();
        for (int i = 0; i < 20; i++) {
            refused(sign(claims(), header, signerOf(STRANGER)));
        }
        assertThat(idp.outside.calls()).isEqualTo(1);
    }

    @Test
    void keysSurviveAnOutageOfTheirAddress() {
        idp.catalogs.put(signer().keysAt(URI).make());
        publish(EC);
        send(sign(claims()));
        idp.outside.remove(URI);
        idp.time.advance(Duration.ofHours(1));
        assertThat(send(sign(claims())).status()).isEqualTo(200);
        idp.time.advance(ClientKeys.USED_AT_MOST);
        assertThat(send(sign(claims())).isError(503, "temporarily_unavailable").header("retry-after")).isPresent();
    }

    @Test
    void addressThatNeverAnsweredIsTemporarilyUnavailable() {
        idp.catalogs.put(signer().keysAt(URI).make());
        send(sign(claims())).isError(503, "temporarily_unavailable");
        idp.outside.put(URI, "not json");
        idp.time.advance(ClientKeys.RETRY_AFTER);
        send(sign(claims())).isError(503, "temporarily_unavailable");
    }
}
