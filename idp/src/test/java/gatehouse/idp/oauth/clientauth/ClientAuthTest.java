package gatehouse.idp.oauth.clientauth;

import static org.assertj.core.api.Assertions.assertThat;

import gatehouse.idp.audit.AuditAction;
import gatehouse.idp.client.ClientSecret;
import gatehouse.idp.oauth.testkit.Call;
import gatehouse.idp.oauth.testkit.OAuthHarness;
import gatehouse.idp.oauth.testkit.TestClients;
import gatehouse.idp.tenancy.Organization;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ClientAuthTest {

    private final OAuthHarness idp = new OAuthHarness();

    private static Call call() {
        return Call.post("/token").with("grant_type", "client_credentials");
    }

    private static Call post(String id, String secret) {
        return call().with("client_id", id).with("client_secret", secret);
    }

    @Test
    @DisplayName("RFC 6749 §2.3.1: both parts are form-urlencoded")
    void basicPartsAreFormUrlencoded() {
        assertThat(idp.send(call().basic("service", TestClients.SECRET)).status()).isEqualTo(200);
        idp.send(call().rawBasic("service:" + TestClients.SECRET)).isError(401, "invalid_client");
    }

    @Test
    void secretPostIsAccepted() {
        idp.catalogs.put(TestClients.service().method("client_secret_post").make());
        assertThat(idp.send(post("service", TestClients.SECRET)).status()).isEqualTo(200);
    }

    @Test
    void onlyTheRegisteredMethodIsAccepted() {
        idp.send(post("service", TestClients.SECRET)).isError(401, "invalid_client");
        assertThat(idp.lastReason()).isEqualTo("client_method_mismatch");
        idp.send(call().with("client_id", "service")).isError(401, "invalid_client");
        idp.catalogs.put(TestClients.service().method("client_secret_post").make());
        idp.send(call().basic("service", TestClients.SECRET)).isError(401, "invalid_client");
        idp.catalogs.put(TestClients.service().method("none").make());
        idp.send(call().basic("service", TestClients.SECRET)).isError(401, "invalid_client");
    }

    @Test
    @DisplayName("RFC 6749 §2.3: one method per request")
    void twoMethodsAreRefused() {
        idp.send(call().basic("service", TestClients.SECRET).with("client_secret", TestClients.SECRET))
                .isError(400, "invalid_request");
        idp.send(call().basic("service", TestClients.SECRET).with("client_assertion", "x"))
                .isError(400, "invalid_request");
        idp.send(post("service", TestClients.SECRET).with("client_assertion", "x")).isError(400, "invalid_request");
    }

    @Test
    void headerMayRepeatTheClientIdButNameNoOther() {
        assertThat(idp.send(call().basic("service", TestClients.SECRET).with("client_id", "service")).status())
                .isEqualTo(200);
        idp.send(call().basic("service", TestClients.SECRET).with("client_id", "other"))
                .isError(400, "invalid_request");
    }

    @Test
    void everyFailureSoundsTheSame() {
        var wrongSecret = idp.send(call().basic("service", "wrong"));
        var unknown = idp.send(call().basic("nobody", "wrong"));
        idp.catalogs.put(TestClients.other().disabled().make());
        var disabled = idp.send(call().basic("other", TestClients.SECRET));
        assertThat(List.of(wrongSecret.text(), unknown.text(), disabled.text())).containsOnly(unknown.text());
        assertThat(List.of(wrongSecret, unknown, disabled)).allSatisfy(answer -> {
            answer.isError(401, "invalid_client");
            assertThat(answer.header("www-authenticate").orElseThrow())
                    .startsWith("Basic realm=\"https://id.example\"");
        });
    }

    @Test
    void failureOfAKnownClientIsAudited() {
        idp.send(call().basic("service", "wrong"));
        assertThat(idp.actions()).containsExactly(AuditAction.CLIENT_REFUSED);
        assertThat(idp.trail.getLast().client().orElseThrow().value()).isEqualTo("service");
        idp.send(call().basic("nobody-at-all", "wrong"));
        assertThat(idp.trail).hasSize(1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"Basic", "Basic !!!", "Basic c2VydmljZQ==", "Basic OnNlY3JldA==", "Basic c2VydmljZTo=",
            "Basic c2VydmljZTolJQ==", "Bearer abc", "Digest x"})
    void unreadableHeaderIsInvalidClient(String header) {
        var answer = idp.send(call().header("authorization", header)).isError(401, "invalid_client");
        assertThat(answer.header("www-authenticate")).isPresent();
    }

    @Test
    void unreadableHeaderIsNoPublicClient() {
        idp.send(call().header("authorization", "Basic !!!").with("client_id", "web")).isError(401, "invalid_client");
        idp.send(call().header("authorization", "Bearer x").with("client_id", "web")).isError(401, "invalid_client");
    }

    @Test
    void nothingAtAllIsInvalidClient() {
        assertThat(idp.send(call()).isError(401, "invalid_client").header("www-authenticate")).isEmpty();
        idp.send(call().with("client_id", "")).isError(401, "invalid_client");
    }

    @Test
    void bothSecretsWorkDuringAChangeAndTheOldOneExpires() {
        var until = idp.time.instant().plus(Duration.ofHours(1));
        idp.catalogs.put(TestClients.service()
                .secrets(ClientSecret.of("old", Optional.of(until)), ClientSecret.of("new", Optional.empty())).make());
        assertThat(idp.send(call().basic("service", "old")).status()).isEqualTo(200);
        assertThat(idp.send(call().basic("service", "new")).status()).isEqualTo(200);
        idp.time.advance(Duration.ofHours(1));
        idp.send(call().basic("service", "old")).isError(401, "invalid_client");
        assertThat(idp.send(call().basic("service", "new")).status()).isEqualTo(200);
    }

    @Test
    void clientOfADisabledOrganizationIsRefused() {
        idp.catalogs.put(TestClients.service().of(OAuthHarness.ACME).make());
        assertThat(idp.send(call().basic("service", TestClients.SECRET)).status()).isEqualTo(200);
        idp.catalogs.put(new Organization(OAuthHarness.ACME, "main", "Acme", false, 2));
        idp.send(call().basic("service", TestClients.SECRET)).isError(401, "invalid_client");
        assertThat(idp.lastReason()).isEqualTo("client_disabled");
    }

    @Test
    void clientOfAnotherIssuerIsUnknown() {
        idp.send(call().basic("service", TestClients.SECRET).at(OAuthHarness.BRANCH)).isError(401, "invalid_client");
    }

    @Test
    void secretsAreNotTakenFromTheAddress() {
        idp.catalogs.put(TestClients.service().method("client_secret_post").make());
        var call = Call.get("/authorize").with("client_id", "service").with("client_secret", TestClients.SECRET);
        idp.send(call).isErrorPage("OAUTH-REDIRECT-02");
    }
}
