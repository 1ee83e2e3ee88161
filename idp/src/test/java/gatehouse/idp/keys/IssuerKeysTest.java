package gatehouse.idp.keys;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.nimbusds.jose.jwk.JWK;
import gatehouse.idp.keys.KeyRotator.KeyView;
import gatehouse.spi.Deadline;
import gatehouse.spi.Unavailable;
import java.nio.charset.StandardCharsets;
import java.security.Signature;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.Test;

class IssuerKeysTest {

    private final MemoryKeyStore store = new MemoryKeyStore();
    private final FakeTime time = new FakeTime(TestKeys.START);
    private final IssuerKeys keys = TestKeys.node(store, time);

    private static Deadline soon() {
        return Deadline.after(Duration.ofSeconds(20));
    }

    private String token(IssuerKeys signer, SigningAlgorithm algorithm) {
        var claims = "{\"iss\":\"https://main.example\",\"exp\":" + time.instant().plus(Duration.ofHours(24))
                .getEpochSecond() + "}";
        return signer.sign("main", algorithm, "at+jwt", claims.getBytes(StandardCharsets.UTF_8));
    }

    private static List<String> kids(List<KeyView> views, String algorithm, String state) {
        return views.stream()
                .filter(view -> view.use().equals("sig") && view.algorithm().equals(algorithm)
                        && view.state().equals(state))
                .map(KeyView::kid)
                .toList();
    }

    @Test
    void newIssuerPublishesCurrentAndNextOfEachAlgorithmAndNothingPrivate() {
        var json = new String(keys.of("main").json(), StandardCharsets.UTF_8);

        assertThat(TestKeys.published(keys, "main").getKeys()).hasSize(4).noneMatch(JWK::isPrivate);
        for (var member : List.of("d", "p", "q", "dp", "dq", "qi", "k", "oth")) {
            assertThat(json).doesNotContain("\"" + member + "\":");
        }
        assertThat(keys.of("main").etag()).matches("\"[A-Za-z0-9_-]{22}\"");
        assertThat(keys.of("main")).isSameAs(keys.of("main"));
    }

    @Test
    void nothingPrivateIsKeptInClear() throws Exception {
        keys.ensure("main");
        for (var stored : store.keys("main", soon())) {
            assertThat(JWK.parse(stored.publicJwk()).isPrivate()).isFalse();
            assertThat(stored.toString()).contains("•••");
        }
    }

    @Test
    void nodesThatStartTogetherShareOneSetOfKeys() throws Exception {
        var starts = new ArrayList<Callable<byte[]>>();
        for (int i = 0; i < 6; i++) {
            starts.add(() -> TestKeys.node(store, time).of("main").json());
        }
        try (var threads = Executors.newFixedThreadPool(starts.size())) {
            for (var document : threads.invokeAll(starts)) {
                assertThat(document.get()).isEqualTo(keys.of("main").json());
            }
        }
        assertThat(store.keys("main", soon())).hasSize(10);
    }

    @Test
    void anotherMasterKeyStartsNothing() {
        keys.ensure("main");
        var stranger = TestKeys.node(store, time, TestKeys.wrapper(8));

        assertThatThrownBy(() -> stranger.ensure("main")).isInstanceOf(IllegalStateException.class);
        assertThat(store.keys("main", soon())).hasSize(10);
    }

    @Test
    void aRowThatSomebodyWroteIsNoKey() {
        keys.ensure("main");
        keys.ensure("other");
        var foreign = store.keys("other", soon()).getFirst();
        store.update("main", stored -> {
            var more = new ArrayList<>(stored);
            more.add(new StoredKey("main", foreign.kid(), foreign.purpose(), foreign.createdAt(), foreign.signsFrom(),
                    foreign.publicJwk(), foreign.certificate(), foreign.secret()));
            return more;
        }, soon());

        assertThatThrownBy(() -> TestKeys.node(store, time).ensure("main")).isInstanceOf(IllegalStateException.class);
    }

    @Test
    void anExchangedPublicKeyIsNoticed() {
        keys.ensure("main");
        store.update("main", stored -> stored.stream()
                .map(key -> key.purpose() == KeyPurpose.TOKEN_ES256
                        ? new StoredKey(key.issuer(), key.kid(), key.purpose(), key.createdAt(), key.signsFrom(),
                                strangersKey(), key.certificate(), key.secret())
                        : key)
                .toList(), soon());

        assertThatThrownBy(() -> TestKeys.node(store, time).ensure("main"))
                .isInstanceOf(IllegalStateException.class)
                .hasRootCauseMessage("its kid is not the thumbprint of its public key");
    }

    private static String strangersKey() {
        try {
            return new com.nimbusds.jose.jwk.gen.ECKeyGenerator(com.nimbusds.jose.jwk.Curve.P_256)
                    .generate().toPublicJWK().toJSONString();
        } catch (com.nimbusds.jose.JOSEException impossible) {
            throw new AssertionError(impossible);
        }
    }

    @Test
    void scheduleBringsTheAnnouncedKeyAndTheOldOneVerifiesUntilItsTokensEnd() {
        var before = keys.keys("main", soon());
        var announced = kids(before, "ES256", "next");
        time.advance(Duration.ofDays(90).minusMillis(1));
        keys.refresh();
        var lastOfTheOld = token(keys, SigningAlgorithm.ES256);

        time.advance(Duration.ofMillis(1));
        keys.refresh();
        var after = keys.keys("main", soon());

        assertThat(kids(after, "ES256", "current")).isEqualTo(announced);
        assertThat(kids(after, "ES256", "previous")).isEqualTo(kids(before, "ES256", "current"));
        assertThat(kids(after, "ES256", "next")).hasSize(1).doesNotContainAnyElementsOf(announced);
        assertThat(TestKeys.published(keys, "main").getKeys()).hasSize(6);

        time.advance(Duration.ofHours(24).minusSeconds(2));
        keys.refresh();
        assertThat(keys.verify("main", "at+jwt", lastOfTheOld)).isPresent();

        time.advance(Duration.ofHours(2));
        keys.refresh();
        assertThat(keys.verifyHint("main", "at+jwt", lastOfTheOld)).isEmpty();
        assertThat(kids(keys.keys("main", soon()), "ES256", "previous")).isEmpty();
        assertThat(TestKeys.published(keys, "main").getKeys()).hasSize(4);
        assertThat(store.keys("main", soon())).extracting(StoredKey::kid)
                .doesNotContainAnyElementsOf(kids(before, "ES256", "current"));
    }

    @Test
    void whatProvesUsToProvidersIsSignedWithKeysOfItsOwn() throws Exception {
        var signed = keys.signAssertion("main", SigningAlgorithm.RS256,
                "{\"iss\":\"https://main.example\",\"exp\":32503680000}".getBytes(StandardCharsets.UTF_8));
        var kid = com.nimbusds.jose.JWSObject.parse(signed).getHeader().getKeyID();
        var ours = TestKeys.published(keys::assertionKeys, "main");

        assertThat(ours.getKeys()).hasSize(4).noneMatch(JWK::isPrivate);
        assertThat(ours.getKeyByKeyId(kid)).isNotNull();
        assertThat(TestKeys.published(keys, "main").getKeyByKeyId(kid)).isNull();
        assertThat(keys.verify("main", "JWT", signed)).isEmpty();
        assertThat(keys.verifyHint("main", "JWT", signed)).isEmpty();
    }

    @Test
    void commandMakesTheNextTokenKeysCurrentAndLeavesSamlAlone() {
        var before = keys.keys("main", soon());
        var saml = keys.signing("main").certificate();
        var old = token(keys, SigningAlgorithm.RS256);
        time.advance(Duration.ofDays(3));

        var after = keys.rotateNow("main", soon());

        for (var algorithm : List.of("ES256", "RS256")) {
            assertThat(kids(after, algorithm, "current")).isEqualTo(kids(before, algorithm, "next"));
            assertThat(kids(after, algorithm, "previous")).isEqualTo(kids(before, algorithm, "current"));
            assertThat(kids(after, algorithm, "next")).hasSize(1);
        }
        assertThat(keys.signing("main").certificate()).isEqualTo(saml);
        assertThat(keys.verifyHint("main", "at+jwt", old)).isPresent();
        assertThat(after).isSortedAccordingTo((a, b) -> b.createdAt().compareTo(a.createdAt()));
    }

    @Test
    void anotherNodeVerifiesAKeyItHasNotReadYet() {
        var second = TestKeys.node(store, time);
        second.ensure("main");
        keys.rotateNow("main", soon());
        keys.rotateNow("main", soon());

        assertThat(second.verify("main", "at+jwt", token(keys, SigningAlgorithm.ES256))).isPresent();
    }

    @Test
    void aDroppedKeyTakesItsRememberedVerdictsWithIt() {
        var compact = token(keys, SigningAlgorithm.ES256);
        assertThat(keys.verify("main", "at+jwt", compact)).isPresent();
        store.update("main", stored -> stored.stream().filter(key -> key.purpose() != KeyPurpose.TOKEN_ES256)
                .toList(), soon());
        keys.refresh();

        assertThat(keys.verify("main", "at+jwt", compact)).isEmpty();
    }

    @Test
    void storeThatIsDownLeavesTheKeysInUseAndTheClockGoesOn() {
        var announced = kids(keys.keys("main", soon()), "ES256", "next");
        store.fail(true);
        time.advance(Duration.ofDays(90));
        keys.refresh();

        assertThat(token(keys, SigningAlgorithm.ES256)).startsWith(headerOf(announced.getFirst()));
        assertThatThrownBy(() -> keys.ensure("unheard-of")).isInstanceOf(Unavailable.class);
        store.fail(false);
        keys.ensure("unheard-of");
        assertThat(TestKeys.published(keys, "unheard-of").getKeys()).hasSize(4);
    }

    private static String headerOf(String kid) {
        var json = "{\"alg\":\"ES256\",\"typ\":\"at+jwt\",\"kid\":\"" + kid + "\"}";
        return java.util.Base64.getUrlEncoder().withoutPadding()
                .encodeToString(json.getBytes(StandardCharsets.UTF_8)) + ".";
    }

    @Test
    void samlCredentialSignsAndItsCertificateNamesTheIssuersHost() throws Exception {
        var credential = keys.signing("main");
        var signature = Signature.getInstance("SHA256withRSA");
        signature.initSign(credential.key());
        signature.update(new byte[100]);
        var signed = signature.sign();
        signature.initVerify(credential.certificate());
        signature.update(new byte[100]);

        assertThat(signature.verify(signed)).isTrue();
        assertThat(credential.certificate().getSubjectX500Principal().getName()).isEqualTo("CN=main.example");
        credential.certificate().verify(credential.certificate().getPublicKey());
        credential.certificate().checkValidity(java.util.Date.from(time.instant()));
        credential.certificate().checkValidity(java.util.Date.from(time.instant().plus(Duration.ofDays(1124))));
        assertThat(credential.toString()).doesNotContain("RSA");
        assertThat(keys.decryption("main")).hasSize(1).doesNotContain(credential);
        assertThat(keys.published("main")).containsExactly(credential.certificate());
    }

    @Test
    void nextSamlCertificateIsPublishedBeforeItSignsAndTheOldOneStillDecrypts() {
        var first = keys.signing("main");
        var firstDecryption = keys.decryption("main").getFirst();
        time.advance(Duration.ofDays(1005));
        keys.refresh();
        assertThat(keys.signing("main")).isEqualTo(first);
        assertThat(keys.published("main")).hasSize(2).first().isEqualTo(first.certificate());
        var second = keys.published("main").get(1);

        time.advance(Duration.ofDays(90));
        keys.refresh();
        assertThat(keys.signing("main").certificate()).isEqualTo(second);
        assertThat(keys.published("main")).containsExactly(second);
        assertThat(keys.decryption("main")).hasSize(2).last().isEqualTo(firstDecryption);

        time.advance(Duration.ofDays(31));
        keys.refresh();
        assertThat(keys.decryption("main")).hasSize(1).doesNotContain(firstDecryption);
    }

    @Test
    void manyThreadsSignAndVerifyAtOnce() throws Exception {
        keys.ensure("main");
        var work = new ArrayList<Callable<Boolean>>();
        for (int i = 0; i < 400; i++) {
            var claims = "{\"iss\":\"https://main.example\",\"exp\":99999999999,\"n\":" + i + "}";
            int n = i;
            work.add(() -> {
                var compact = keys.sign(
                        "main", SigningAlgorithm.ES256, "at+jwt", claims.getBytes(StandardCharsets.UTF_8));
                return keys.verify("main", "at+jwt", compact).orElseThrow().claims()
                        .equals(Map.of("iss", "https://main.example", "exp", 99999999999L, "n", n));
            });
        }
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (var outcome : threads.invokeAll(work)) {
                assertThat(outcome.get()).isTrue();
            }
        }
    }

    @Test
    void backgroundTaskFollowsAnotherNode() throws Exception {
        keys.ensure("main");
        var second = TestKeys.node(store, time);
        var etag = keys.of("main").etag();
        second.rotateNow("main", soon());
        keys.invalidate("main");

        var until = Deadline.after(Duration.ofSeconds(10));
        while (keys.of("main").etag().equals(etag) && !until.hasPassed()) {
            Thread.sleep(5);
        }
        assertThat(keys.of("main").json()).isEqualTo(second.of("main").json());
        keys.start();
        keys.close();
    }
}
