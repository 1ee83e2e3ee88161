package gatehouse.idp.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import gatehouse.idp.samlwire.Certificates;
import gatehouse.idp.samlwire.Dsig;
import gatehouse.idp.samlwire.FakeSamlIdp;
import gatehouse.idp.samlwire.TestCredentials;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The settings of a SAML connection over HTTP, from the admin API to the sign-in they make possible. */
class SamlServiceProviderTest {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static RunningServer server;
    private static String[] admin;

    @BeforeAll
    static void start() {
        server = RunningServer.start();
        admin = new String[] {"Authorization", "Bearer " + new Browser(server.url()).adminToken()};
    }

    @AfterAll
    static void stop() {
        if (server != null) {
            server.close();
        }
    }

    private static ObjectNode connection(String id, Consumer<ObjectNode> change) {
        var connection = JSON.createObjectNode().put("id", id).put("organization", "acme-ads").put("type", "saml")
                .put("display_name", "Acme " + id);
        var settings = connection.putObject("settings").put("idp_entity_id", FakeSamlIdp.ENTITY_ID)
                .put("sso_url", "https://idp.example/sso");
        settings.putArray("idp_certificates").add(Certificates.pem(TestCredentials.IDP.certificate()));
        change.accept(settings);
        return connection;
    }

    private static Answer make(ObjectNode connection) {
        return new Browser(server.url()).json("POST", server.url() + "/admin/v1/connections", connection.toString(),
                admin);
    }

    private static Answer patch(String id, String body) {
        var url = server.url() + "/admin/v1/connections/" + id;
        var tag = new Browser(server.url()).get(url, admin).header("etag");
        return new Browser(server.url()).json("PATCH", url, body, admin[0], admin[1], "If-Match", tag);
    }

    private static String acs(String id) {
        return server.url() + "/login/arrive/" + id;
    }

    private static FakeSamlIdp unsolicited(String id) {
        return new FakeSamlIdp(server.url() + "/saml/sp/" + id, acs(id), null, Instant.now());
    }

    private static Answer arrive(Browser browser, String id, FakeSamlIdp idp, String relayState) {
        var form = new LinkedHashMap<String, String>();
        form.put("SAMLResponse", Base64.getEncoder().encodeToString(
                Dsig.text(idp.assertionSigned()).getBytes(StandardCharsets.UTF_8)));
        if (!relayState.isEmpty()) {
            form.put("RelayState", relayState);
        }
        return browser.post(acs(id), form);
    }

    private static boolean isSignedIn(Browser browser) {
        return browser.cookies().keySet().stream().anyMatch(name -> name.startsWith("gh-sid"));
    }

    @Test
    void signInBegunAtTheProviderLeadsThroughAQuestionToAnAllowedTarget() {
        var home = server.url() + "/demo";
        assertThat(make(connection("portal", settings -> {
            settings.put("allows_idp_initiated", true);
            settings.putArray("idp_initiated_targets").add(home).add("https://app.example/");
        })).status()).isEqualTo(201);
        var browser = new Browser(server.url());

        var idp = unsolicited("portal");
        var arrived = arrive(browser, "portal", idp, "");
        var question = browser.open(arrived.location().orElseThrow().toString(), home);

        assertThat(question.status()).as("%s", question).isEqualTo(200);
        assertThat(question.body()).contains(FakeSamlIdp.NAME_ID);
        assertThat(isSignedIn(browser)).isFalse();
        var form = question.form().orElseThrow();
        var fields = new LinkedHashMap<>(form.fields());
        fields.put("action", "continue");
        var done = browser.post(form.action().toString(), fields);
        var landed = browser.open(done.location().orElseThrow().toString(), home);
        assertThat(landed.location().orElseThrow()).hasToString(home);
        assertThat(isSignedIn(browser)).isTrue();

        var replayed = arrive(new Browser(server.url()), "portal", idp, "");
        assertThat(replayed.body()).contains("SAML-REPLAY-01");
        var elsewhere = arrive(new Browser(server.url()), "portal", unsolicited("portal"), "https://attacker.example/");
        assertThat(elsewhere.status()).isEqualTo(400);
        assertThat(elsewhere.body()).contains("SAML-TARGET-01").doesNotContain("attacker.example");
        var off = patch("portal", "{\"settings\":{\"allows_idp_initiated\":false}}");
        assertThat(off.status()).isEqualTo(200);
        assertThat(arrive(new Browser(server.url()), "portal", unsolicited("portal"), "").body())
                .contains("LOGIN-UNSOLICITED-01");
    }

    @Test
    void connectionShowsWhatItsSettingsWeaken() {
        var until = Instant.now().plus(30, ChronoUnit.DAYS).truncatedTo(ChronoUnit.SECONDS);
        var made = make(connection("legacy", settings -> settings.put("legacy_algorithms_until", until.toString())
                .put("allows_cbc_encryption", true)));

        assertThat(made.status()).as("%s", made).isEqualTo(201);
        assertThat(made.body()).contains("\"warnings\"", until.toString(), "allows_cbc_encryption:");
        var again = patch("legacy", made.body().replaceAll("\"version\":\\d+,?", "").replaceAll(",}", "}"));
        assertThat(again.status()).as("what was shown may be sent back: %s", again).isEqualTo(200);
        var ended = patch("legacy", "{\"settings\":{\"legacy_algorithms_until\":null,\"allows_cbc_encryption\":null}}");
        assertThat(ended.body()).doesNotContain("\"warnings\"");
        var tooLong = patch("legacy", "{\"settings\":{\"legacy_algorithms_until\":\"2099-01-01T00:00:00Z\"}}");
        assertThat(tooLong.status()).isEqualTo(400);
        assertThat(tooLong.body()).contains("/settings/legacy_algorithms_until");
    }

    @Test
    void metadataShowsEveryAddressWithItsIndexAndTheChosenName() {
        assertThat(make(connection("moved", settings -> {
            settings.put("sp_entity_id", "urn:former:sp").put("acs_index", 1).put("sign_authn_requests", false)
                    .put("name_id_format", "urn:oasis:names:tc:SAML:1.1:nameid-format:emailAddress");
            settings.putArray("additional_acs_urls").add("https://sso.former.example/acs");
        })).status()).isEqualTo(201);

        var xml = new Browser(server.url()).get(server.url() + "/saml/sp/moved").body();

        assertThat(xml).contains("entityID=\"urn:former:sp\"").containsPattern("Location=\"" + acs("moved")
                + "\"[^>]*index=\"0\"[^>]*isDefault=\"true\"|index=\"0\"[^>]*Location=\"" + acs("moved"))
                .contains("https://sso.former.example/acs").contains("index=\"1\"")
                .contains("AuthnRequestsSigned=\"false\"", "WantAssertionsSigned=\"true\"",
                        ">urn:oasis:names:tc:SAML:1.1:nameid-format:emailAddress<")
                .doesNotContain("nameid-format:persistent").doesNotContain("SimpleSign");
        assertThat(make(connection("simple", settings -> settings.put("sso_binding", "post_simple_sign"))).status())
                .isEqualTo(201);
        assertThat(new Browser(server.url()).get(server.url() + "/saml/sp/simple").body())
                .contains("bindings:HTTP-POST-SimpleSign", "nameid-format:persistent", "AuthnRequestsSigned=\"true\"");
    }

    @Test
    void changedUserKeyMakesNoSecondPerson() {
        assertThat(make(connection("keyed", settings -> {
            settings.put("allows_idp_initiated", true);
            settings.putArray("idp_initiated_targets").add("https://app.example/");
        })).status()).isEqualTo(201);
        var first = unsolicited("keyed");
        first.nameId = "persistent-1";
        assertThat(accepted("keyed", first)).isTrue();

        var second = unsolicited("keyed");
        second.nameId = "persistent-2";
        assertThat(answer("keyed", second)).contains("SAML-NAMEID-02");
        var until = Instant.now().plus(1, ChronoUnit.HOURS).truncatedTo(ChronoUnit.SECONDS);
        var rekeying = patch("keyed", "{\"settings\":{\"subject_attribute\":\"email\",\"rekey_by_email_until\":\""
                + until + "\"}}");
        assertThat(rekeying.status()).as("%s", rekeying).isEqualTo(200);
        assertThat(accepted("keyed", unsolicited("keyed"))).isTrue();
        assertThat(patch("keyed", "{\"settings\":{\"rekey_by_email_until\":null}}").status()).isEqualTo(200);
        assertThat(accepted("keyed", unsolicited("keyed"))).isTrue();
        assertThat(patch("keyed", "{\"settings\":{\"subject_attribute\":null}}").status()).isEqualTo(200);
        var back = unsolicited("keyed");
        back.nameId = "persistent-1";
        assertThat(answer("keyed", back)).contains("SAML-NAMEID-01");
    }

    /** The last page or answer of a sign-in by {@code idp} that the person agrees to. */
    private static String answer(String id, FakeSamlIdp idp) {
        var browser = new Browser(server.url());
        return outcome(browser, id, idp).body();
    }

    private static boolean accepted(String id, FakeSamlIdp idp) {
        var browser = new Browser(server.url());
        outcome(browser, id, idp);
        return isSignedIn(browser);
    }

    private static Answer outcome(Browser browser, String id, FakeSamlIdp idp) {
        var arrived = arrive(browser, id, idp, "");
        var question = browser.open(arrived.location().orElseThrow().toString(), "https://app.example/");
        var form = question.form().orElseThrow();
        var fields = new LinkedHashMap<String, String>(Map.copyOf(form.fields()));
        fields.put("action", "continue");
        return browser.post(form.action().toString(), fields);
    }
}
