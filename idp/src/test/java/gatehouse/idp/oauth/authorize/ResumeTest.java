package gatehouse.idp.oauth.authorize;

import static gatehouse.idp.oauth.testkit.OAuthHarness.MAIN;
import static gatehouse.idp.oauth.testkit.OAuthHarness.authorize;
import static gatehouse.idp.oauth.testkit.OAuthHarness.exchange;
import static org.assertj.core.api.Assertions.assertThat;

import gatehouse.idp.oauth.testkit.Answer;
import gatehouse.idp.oauth.testkit.Call;
import gatehouse.idp.oauth.testkit.OAuthHarness;
import gatehouse.idp.oauth.testkit.TestClients;
import gatehouse.idp.tenancy.Organization;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What was true when the login began is asked again when it is over. */
class ResumeTest {

    private final OAuthHarness idp = new OAuthHarness();

    @BeforeEach
    void leave() {
        idp.signIn();
        idp.login.interacts();
        idp.send(authorize()).isRedirectTo("https://id.example/login/flow-0");
    }

    private Answer resume() {
        return idp.send(Call.get("/authorize/resume").with("flow", "flow-0"));
    }

    @Test
    void finishedLoginGetsTheCodeOfItsRequest() {
        var answer = resume().isRedirectTo(TestClients.REDIRECT + "?");
        assertThat(answer.redirected().optional("state")).contains("s/t&ä");
        assertThat(answer.redirected().optional("iss")).contains(MAIN.url());
        var tokens = idp.send(exchange(answer.redirected().optional("code").orElseThrow()));
        assertThat(OAuthHarness.claims(tokens.json("id_token")).getClaims()).containsEntry("nonce", "n-1");
    }

    @Test
    void resultIsHandedOutOnce() {
        resume();
        assertThat(resume().text()).isEqualTo("restarted");
    }

    @Test
    void unknownFlowIsBegunAnew() {
        assertThat(idp.send(Call.get("/authorize/resume").with("flow", "nothing")).text()).isEqualTo("restarted");
        assertThat(idp.send(Call.get("/authorize/resume")).text()).isEqualTo("restarted");
    }

    @Test
    void refusedLoginIsAccessDenied() {
        idp.login.denies();
        resume().isRedirectedError("access_denied");
        assertThat(idp.lastReason()).isEqualTo("consent_denied");
    }

    @Test
    void clientDisabledMeanwhileIsAPage() {
        idp.catalogs.put(TestClients.web().disabled().make());
        resume().isErrorPage("OAUTH-CLIENT-02");
    }

    @Test
    void redirectUriRemovedMeanwhileIsAPage() {
        idp.catalogs.put(TestClients.web().redirectingTo("https://app.example/new").make());
        resume().isErrorPage("OAUTH-REDIRECT-01");
    }

    @Test
    void deniedLoginIsNotSentToARemovedRedirectUri() {
        idp.login.denies();
        idp.catalogs.put(TestClients.web().redirectingTo("https://app.example/new").make());
        resume().isErrorPage("OAUTH-REDIRECT-01");
    }

    @Test
    void userDisabledMeanwhileGetsNoCode() {
        idp.catalogs.put(OAuthHarness.ada(MAIN, false));
        resume().isRedirectedError("access_denied");
    }

    @Test
    void organizationDisabledMeanwhileGetsNoCode() {
        idp.catalogs.put(new Organization(OAuthHarness.ACME, MAIN.name(), "Acme", false, 2));
        resume().isRedirectedError("access_denied");
    }

    @Test
    void issuerDisabledMeanwhileAnswersNothing() {
        idp.catalogs.put(OAuthHarness.settings(MAIN, false));
        assertThat(resume().status()).isEqualTo(404);
    }
}
