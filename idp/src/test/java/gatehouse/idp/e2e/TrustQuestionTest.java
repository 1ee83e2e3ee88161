package gatehouse.idp.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import gatehouse.idp.samlwire.TestCredentials;
import gatehouse.idp.upstream.saml.SamlLogin;
import java.io.IOException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Base64;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** An organization's administrator is told, and asked, before settings lower what a connection trusts. */
class TrustQuestionTest {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String SOON = Instant.now().plus(30, ChronoUnit.DAYS).truncatedTo(ChronoUnit.SECONDS)
            .toString();

    private static RunningServer server;
    private static String[] operator;
    private static String[] own;

    @BeforeAll
    static void start() throws IOException {
        server = RunningServer.start();
        var browser = new Browser(server.url());
        operator = new String[] {"Authorization", "Bearer " + browser.adminToken(), "If-Match", "*"};
        call(operator, "POST", "/clients", """
                {"client_id":"own","client_name":"Own","grant_types":["client_credentials"],"organization":"acme-ads",
                 "scopes":["gatehouse:org-admin"],"client_secret":"own-secret-of-acme"}""", 201);
        own = new String[] {"Authorization", "Bearer " + browser.clientToken("own", "own-secret-of-acme"), "If-Match",
            "*"};
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    @BeforeEach
    void connect() {
        if (!read("/connections").path("items").findValuesAsText("id").contains("asked")) {
            call(operator, "POST", "/connections", "{\"id\":\"asked\",\"type\":\"saml\",\"display_name\":\"Asked\","
                    + "\"organization\":\"acme-ads\",\"settings\":" + settings() + "}", 201);
        }
        call(operator, "PUT", "/connections/asked", document(settings()).toString(), 200);
    }

    private static ObjectNode settings() {
        var settings = SamlLogin.settings().put("want_assertions_encrypted", true)
                .put("sso_url", "https://idp.example/sso");
        settings.putArray("requested_authn_context").add("urn:strong");
        return settings;
    }

    private static ObjectNode document(ObjectNode settings) {
        var document = JSON.createObjectNode().put("id", "asked").put("type", "saml").put("display_name", "Asked")
                .put("organization", "acme-ads");
        document.set("settings", settings);
        return document;
    }

    private static JsonNode call(String[] who, String method, String path, String body, int status) {
        var answer = new Browser(server.url()).json(method, server.url() + "/admin/v1" + path, body, who);
        assertThat(answer.status()).as("%s", answer).isEqualTo(status);
        return answer.json();
    }

    private static JsonNode read(String path) {
        return new Browser(server.url()).get(server.url() + "/admin/v1" + path, operator).json();
    }

    private static String settings(String patch) {
        return "{\"settings\":" + patch.replace('\'', '"').replace("SOON", SOON)
                .replace("STRANGER", pem(TestCredentials.STRANGER)) + "}";
    }

    private static String pem(TestCredentials who) {
        try {
            return "-----BEGIN CERTIFICATE-----\\n" + Base64.getEncoder().encodeToString(
                    who.certificate().getEncoded()) + "\\n-----END CERTIFICATE-----\\n";
        } catch (Exception impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    private static List<String> kinds(JsonNode refused) {
        return refused.path("errors").findValuesAsText("problem").stream()
                .map(problem -> problem.split(":")[0]).toList();
    }

    private static String accept(JsonNode refused) {
        return refused.path("detail").asText().replaceAll(".*accept=(\\S+)\\.$", "$1");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
        "{'sso_url':'https://evil.example/sso'}                        | endpoint_host_changed",
        "{'sso_url':'http://idp.example/sso'}                          | endpoint_without_tls",
        "{'idp_certificates':['STRANGER']}                             | certificates_replaced",
        "{'idp_entity_id':'https://evil.example'}                      | entity_id_changed",
        "{'idp_certificates':null,'sso_url':null,'metadata_url':'https://evil.example/m'} | metadata_address_changed",
        "{'sign_authn_requests':false}                                 | signed_requests_dropped",
        "{'want_assertions_encrypted':null}                            | encryption_not_required",
        "{'allows_cbc_encryption':true}                                | cbc_encryption_allowed",
        "{'legacy_algorithms_until':'SOON'}                            | legacy_algorithms_allowed",
        "{'allows_idp_initiated':true,'idp_initiated_targets':['https://app.example/']} | unrequested_sign_in_allowed",
        "{'rekey_by_email_until':'SOON'}                               | rekeying_allowed",
        "{'additional_audiences':['https://other.example']}            | audience_added",
        "{'requested_authn_context':['urn:strong','urn:weak']}         | authentication_context_dropped",
        "{'requested_authn_context':null}                              | authentication_context_dropped",
        "{'requested_authn_context_comparison':'maximum'}              | authentication_context_dropped",
    })
    void whatLowersTrustIsToldOfAndDoneOnlyWhenItWasAccepted(String patch, String kind) {
        var before = read("/connections/asked");
        var refused = call(own, "PATCH", "/connections/asked", settings(patch), 409);
        assertThat(kinds(refused)).contains(kind);
        assertThat(read("/connections/asked")).as("nothing was changed").isEqualTo(before);
        call(own, "PATCH", "/connections/asked?accept=wrong", settings(patch), 409);
        call(own, "PATCH", "/connections/asked?accept=", settings(patch), 409);
        assertThat(accept(call(own, "PATCH", "/connections/asked?dry_run=true", settings(patch), 409)))
                .as("a dry run names the same change").isEqualTo(accept(refused));
        call(own, "PATCH", "/connections/asked?accept=" + accept(refused), settings(patch), 200);
        assertThat(read("/connections/asked")).isNotEqualTo(before);
    }

    @ParameterizedTest
    @ValueSource(strings = {"{'sso_url':'https://idp.example/other'}", "{'force_authn':true}",
        "{'clock_skew_seconds':30}", "{'sign_authn_requests':true}", "{}"})
    void whatDoesNotIsNotAskedFor(String patch) {
        call(own, "PATCH", "/connections/asked", settings(patch), 200);
    }

    @Test
    void yesIsSaidToWhatWasShownAndToNothingElse() {
        var shown = accept(call(own, "PATCH", "/connections/asked",
                settings("{'sso_url':'https://new.example/sso'}"), 409));
        call(own, "PATCH", "/connections/asked?accept=" + shown,
                settings("{'sso_url':'https://evil.example/sso'}"), 409);
        call(own, "PATCH", "/connections/asked?accept=" + shown,
                settings("{'sso_url':'https://new.example/sso','idp_certificates':['STRANGER']}"), 409);
        call(own, "PATCH", "/connections/asked?accept=" + shown + "&accept=" + shown,
                settings("{'sso_url':'https://new.example/sso'}"), 400);
        call(own, "PATCH", "/connections/asked?accept=" + shown, settings("{'sso_url':'https://new.example/sso'}"), 200);
    }

    @Test
    void replacementThatLeavesADemandOutIsAskedForToo() {
        var weaker = settings();
        weaker.remove("want_assertions_encrypted");
        var refused = call(own, "PUT", "/connections/asked", document(weaker).toString(), 409);
        assertThat(kinds(refused)).containsExactly("encryption_not_required");
        call(own, "PUT", "/connections/asked", document(settings()).toString(), 200);
        call(own, "PUT", "/connections/asked?accept=" + accept(refused), document(weaker).toString(), 200);
    }

    @Test
    void addressAndSignersOfMetadataAreTrustToo() {
        var pinned = "{'idp_certificates':null,'sso_url':null,'metadata_url':'https://idp.example/m',"
                + "'metadata_signing_certificates':['STRANGER']}";
        call(operator, "PATCH", "/connections/asked", settings(pinned), 200);
        assertThat(kinds(call(own, "PATCH", "/connections/asked",
                settings("{'metadata_url':'https://idp.example/other-tenant'}"), 409)))
                .containsExactly("metadata_address_changed");
        assertThat(kinds(call(own, "PATCH", "/connections/asked",
                settings("{'metadata_signing_certificates':null}"), 409))).containsExactly("metadata_signer_changed");
        assertThat(kinds(call(own, "PATCH", "/connections/asked",
                settings("{'metadata_signing_fingerprints':['" + "ab".repeat(32) + "']}"), 409)))
                .containsExactly("metadata_signer_changed");
        assertThat(kinds(call(own, "PATCH", "/connections/asked",
                settings("{'idp_entity_id':'https://evil.example'}"), 409))).containsExactly("entity_id_changed");
    }

    @Test
    void operatorsAreNotAskedSoThatWhatTheyDeclareAppliesAgainAndAgain() {
        call(operator, "PATCH", "/connections/asked", settings("{'sso_url':'https://new.example/sso',"
                + "'sign_authn_requests':false}"), 200);
        call(operator, "PUT", "/connections/asked", document(settings()).toString(), 200);
    }
}
