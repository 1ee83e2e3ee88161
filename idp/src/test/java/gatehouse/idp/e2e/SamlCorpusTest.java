package gatehouse.idp.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import gatehouse.idp.samlwire.Certificates;
import gatehouse.idp.samlwire.Dsig;
import gatehouse.idp.samlwire.FakeSamlIdp;
import gatehouse.idp.samlwire.SamlReason;
import gatehouse.idp.upstream.saml.SamlLogin;
import gatehouse.idp.upstream.saml.corpus.ConformingCorpus;
import gatehouse.idp.upstream.saml.corpus.Forgery;
import gatehouse.idp.upstream.saml.corpus.HostileCorpus;
import gatehouse.idp.upstream.saml.corpus.Scene;
import gatehouse.idp.upstream.saml.corpus.TrapServer;
import gatehouse.idp.upstream.saml.corpus.Variant;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.PublicKey;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import java.util.zip.Inflater;
import java.util.zip.InflaterInputStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The SAML corpus over HTTP: every message comes to the assertion consumer service of a running server. */
class SamlCorpusTest {

    private static final String SSO = "https://idp.example/sso";
    private static final String CONNECTION = "corpus";
    private static final String UNSOLICITED = "corpus-unsolicited";
    /** Every how manieth forgery comes over HTTP as well. */
    private static final int STRIDE = 11;
    private static final TrapServer TRAP = new TrapServer();

    private static RunningServer server;
    private static String acs;
    private static String entityId;
    private static PublicKey encryptionKey;

    @BeforeAll
    static void start() throws IOException {
        server = RunningServer.start();
        acs = server.url() + "/login/arrive/" + CONNECTION;
        entityId = server.url() + "/saml/sp/" + CONNECTION;
        var browser = new Browser(server.url());
        var admin = new String[] {"Authorization", "Bearer " + browser.adminToken()};
        var gone = browser.json("DELETE", server.url() + "/admin/v1/connections/acme-oidc", "", admin);
        assertThat(gone.status()).as("%s", gone).isEqualTo(204);
        for (var connection : List.of(connection(CONNECTION, "acme-ads", false),
                connection(UNSOLICITED, "globex-media", true))) {
            var made = browser.json("POST", server.url() + "/admin/v1/connections", connection, admin);
            assertThat(made.status()).as("%s", made).isEqualTo(201);
        }
        encryptionKey = publishedKey(browser.get(entityId).body());
    }

    private static String connection(String id, String organization, boolean unsolicited) throws IOException {
        var mapper = new ObjectMapper();
        var connection = mapper.createObjectNode().put("id", id).put("organization", organization)
                .put("type", "saml").put("display_name", id);
        var settings = connection.putObject("settings").put("idp_entity_id", FakeSamlIdp.ENTITY_ID)
                .put("sso_url", SSO).put("sso_binding", "redirect");
        var certificates = settings.putArray("idp_certificates");
        ConformingCorpus.signers().forEach(signer -> certificates.add(Certificates.pem(signer.certificate())));
        if (unsolicited) {
            settings.put("allows_idp_initiated", true).putArray("idp_initiated_targets").add(server.url() + "/demo");
        }
        return mapper.writeValueAsString(connection);
    }

    private static PublicKey publishedKey(String metadata) {
        var found = Pattern.compile("(?s)use=\"encryption\".*?X509Certificate>([^<]+)<").matcher(metadata);
        assertThat(found.find()).as(metadata).isTrue();
        return Certificates.ofText(found.group(1)).orElseThrow().getPublicKey();
    }

    @AfterAll
    static void stop() {
        if (server != null) {
            server.close();
        }
        TRAP.close();
        assertThat(TRAP.calls()).isZero();
    }

    /** A login that waits for its answer. */
    private record Waiting(Browser browser, Browser.Asked asked, String requestId, String relayState) {

        static Waiting begin() {
            var browser = new Browser(server.url());
            var asked = browser.ask(server.url(), "demo-app", server.url() + "/demo/callback",
                    Map.of("login_hint", FakeSamlIdp.NAME_ID));
            var departed = browser.open(asked.url(), SSO);
            var sent = departed.redirectParameters();
            var request = Pattern.compile(" ID=\"([^\"]+)\"").matcher(inflated(sent.get("SAMLRequest")));
            assertThat(request.find()).isTrue();
            return new Waiting(browser, asked, request.group(1), sent.get("RelayState"));
        }

        Scene scene() {
            return new Scene(new FakeSamlIdp(entityId, acs, requestId, Instant.now()), encryptionKey, TRAP.url());
        }

        Answer answered(byte[] message) {
            return browser.post(acs, Map.of("SAMLResponse", Base64.getEncoder().encodeToString(message),
                    "RelayState", relayState));
        }
    }

    private static String inflated(String message) {
        try (var inflating = new InflaterInputStream(
                new ByteArrayInputStream(Base64.getDecoder().decode(message)), new Inflater(true))) {
            return new String(inflating.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
    }

    static List<Variant> variants() {
        return ConformingCorpus.all();
    }

    @ParameterizedTest
    @MethodSource("variants")
    void conformingMessageSignsIn(Variant variant) {
        var login = Waiting.begin();

        var arrived = login.answered(variant.message().apply(login.scene()));

        assertThat(arrived.location()).as("%s", arrived).isPresent();
        var back = login.browser().open(arrived.location().get().toString(), login.asked().redirectUri());
        var tokens = login.browser().redeem(server.url(), "demo-app", login.asked(), Browser.code(back));
        assertThat(tokens.status()).as("%s", tokens).isEqualTo(200);
        assertThat(login.browser().userInfo(tokens.text("access_token")).text("email")).isEqualTo(FakeSamlIdp.NAME_ID);
    }

    static List<Forgery> forgeries() {
        var chosen = new ArrayList<Forgery>();
        var all = HostileCorpus.all();
        for (int i = 0; i < all.size(); i += STRIDE) {
            chosen.add(all.get(i));
        }
        return chosen;
    }

    @ParameterizedTest
    @MethodSource("forgeries")
    void forgeryIsRefusedOverHttp(Forgery forgery) {
        var login = Waiting.begin();

        var refused = login.answered(forgery.message().apply(login.scene()));

        assertThat(refused.location()).as("%s", refused).isEmpty();
        assertThat(refused.status()).as("%s", refused).isIn(400, 403, 413, 502);
        assertThat(refused.took()).isLessThan(Duration.ofSeconds(10));
        assertThat(refused.body()).doesNotContain(Scene.EVIL).doesNotContain(TRAP.url());
        if (refused.status() != 413) {
            var shown = Pattern.compile("<code>([A-Z]+(?:-[A-Z]+)?-\\d+)</code>").matcher(refused.body());
            assertThat(shown.find()).as("%s", refused).isTrue();
            assertThat(forgery.reasons().stream().map(SamlLogin::codeOf)).contains(shown.group(1));
        }
        assertThat(login.browser().cookies().keySet()).noneMatch(name -> name.startsWith("gh-sid"));
    }

    @Test
    void decryptionFailuresAreOneAnswer() {
        var pages = HostileCorpus.all().stream()
                .filter(forgery -> forgery.reasons().equals(java.util.Set.of(SamlReason.DECRYPTION_FAILED)))
                .map(forgery -> {
                    var login = Waiting.begin();
                    var refused = login.answered(forgery.message().apply(login.scene()));
                    return refused.status() + refused.body().replaceAll("\\b[0-9a-f]{32}\\b", "").replaceAll(
                            "nonce-?=?\"?[^\"' ]+", "").replaceAll("/login/[A-Za-z0-9_-]{20,}", "");
                }).distinct().toList();

        assertThat(pages).hasSize(1);
    }

    private static Map<String, String> unsolicited() {
        var idp = new FakeSamlIdp(server.url() + "/saml/sp/" + UNSOLICITED, server.url() + "/login/arrive/"
                + UNSOLICITED,
                null, Instant.now());
        return Map.of("SAMLResponse", FakeSamlIdp.base64(idp.assertionSigned()));
    }

    private static Answer unsolicitedAt(int port, Map<String, String> form) {
        return new Browser(server.url()).post("http://localhost:" + port + "/login/arrive/" + UNSOLICITED, form);
    }

    @Test
    void responseIsGoodAtOneNodeOnly() throws Exception {
        try (var node = server.anotherNode(); var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            int here = server.server().port();
            var first = unsolicited();
            var second = unsolicited();
            assertThat(unsolicitedAt(here, first).status()).isEqualTo(303);
            assertThat(unsolicitedAt(node.port(), second).status()).isEqualTo(303);
            for (var replayed : List.of(unsolicitedAt(node.port(), first), unsolicitedAt(here, second))) {
                assertThat(replayed.status()).isEqualTo(400);
                assertThat(replayed.body()).contains(SamlLogin.codeOf(SamlReason.REPLAYED));
            }

            var contested = unsolicited();
            var racing = new ArrayList<Future<Integer>>();
            for (int i = 0; i < 16; i++) {
                int port = i % 2 == 0 ? here : node.port();
                racing.add(threads.submit(() -> unsolicitedAt(port, contested).status()));
            }
            var statuses = new ArrayList<Integer>();
            for (var one : racing) {
                statuses.add(one.get(60, TimeUnit.SECONDS));
            }
            assertThat(statuses).containsOnlyOnce(303).containsOnly(303, 400);
        }
    }

    @Test
    void answerIsGoodForItsOwnLoginOnce() {
        var mine = Waiting.begin();
        var yours = Waiting.begin();
        var message = Dsig.text(mine.scene().idp().bothSigned()).getBytes(StandardCharsets.UTF_8);

        var elsewhere = yours.answered(message);
        assertThat(elsewhere.status()).isEqualTo(400);
        assertThat(elsewhere.body()).contains(SamlLogin.codeOf(SamlReason.IN_RESPONSE_TO_MISMATCH));
        assertThat(mine.answered(message).location()).isPresent();
        assertThat(mine.answered(message).location()).isEmpty();
    }
}
