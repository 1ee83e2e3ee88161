package gatehouse.idp.login;

import static gatehouse.idp.login.TestIdp.asking;
import static org.assertj.core.api.Assertions.assertThat;

import gatehouse.idp.tenancy.ConnectionState;
import gatehouse.idp.upstream.UpstreamRefusal;
import gatehouse.idp.upstream.xray.Diagnosis;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Sign-ins that begin at an identity provider: with the person's word, to an allowed address, or not at all. */
final class UnsolicitedArrivalTest {

    private static final String TARGET = "https://app.example/start";
    private static final String ARRIVE = "/login/arrive/globex-saml";

    private final TestIdp idp = new TestIdp();
    private final TestBrowser browser = idp.browser();

    @BeforeEach
    void allow() {
        idp.upstream.unsolicitedTarget = Optional.of(TARGET);
        idp.upstream.email = Optional.of("grace@globex-media.example");
    }

    @AfterEach
    void stop() {
        idp.close();
    }

    private static boolean isSignedIn(TestBrowser browser) {
        return browser.cookies.containsKey("__Host-gh-sid-main");
    }

    @Test
    void thePersonIsAskedAndThenLedToTheTarget() {
        browser.postFromElsewhere(ARRIVE, Map.of("SAMLResponse", "x"));
        assertThat(browser.page()).contains("grace@globex-media.example", "app.example", "name=\"action\"");
        assertThat(isSignedIn(browser)).isFalse();
        assertThat(idp.users.links).as("nobody is made before the person has agreed").isEmpty();

        browser.submit("action", "continue");

        assertThat(browser.location()).isEqualTo(TARGET);
        assertThat(isSignedIn(browser)).isTrue();
    }

    @Test
    void aPersonWhoSaysNoIsNotSignedIn() {
        browser.postFromElsewhere(ARRIVE, Map.of("SAMLResponse", "x"));
        browser.submit("action", "cancel");

        assertThat(browser.page()).contains("LOGIN-LANDING-01");
        assertThat(isSignedIn(browser)).isFalse();
        assertThat(idp.users.links).isEmpty();
    }

    @Test
    void aFlowIsOfTheBrowserThatCameFirst() {
        browser.postFromElsewhere(ARRIVE, Map.of("SAMLResponse", "x"));
        var page = browser.at();
        var second = idp.browser();
        second.go(page);

        assertThat(second.page()).contains("LOGIN-BROWSER-01");
        assertThat(isSignedIn(second)).isFalse();
    }

    @Test
    void aFormFromElsewhereDoesNotAgreeInThePersonsName() {
        browser.postFromElsewhere(ARRIVE, Map.of("SAMLResponse", "x"));
        var page = browser.at();
        browser.post(page, browser.headers(), Map.of("action", "continue"));
        assertThat(browser.page()).contains("LOGIN-STEP-01");
        browser.post(page, browser.headers(), Map.of("action", "continue", "step", "landing.1.AAAAAAAAAAAAAAAAAAAAAA"));
        assertThat(browser.page()).contains("LOGIN-STEP-01");
        assertThat(isSignedIn(browser)).isFalse();
    }

    @Test
    void whoeverIsSignedInAsThatPersonIsNotAskedAndAnybodyElseIsToldWhoTheyAre() {
        browser.postFromElsewhere(ARRIVE, Map.of("SAMLResponse", "x"));
        browser.submit("action", "continue");
        browser.postFromElsewhere(ARRIVE, Map.of("SAMLResponse", "x"));
        assertThat(browser.location()).isEqualTo(TARGET);

        idp.upstream.subject = "sub-eve";
        idp.upstream.email = Optional.of("eve@globex-media.example");
        browser.postFromElsewhere(ARRIVE, Map.of("SAMLResponse", "x"));
        assertThat(browser.page()).contains("eve@globex-media.example", "grace@globex-media.example");
    }

    @Test
    void whatIsRefusedOnTheOrdinaryPathIsRefusedOnThisOne() {
        idp.upstream.email = Optional.of("ada@acme-ads.example");
        agree();
        assertThat(browser.page()).contains("LOGIN-EMAIL-02");
        idp.upstream.email = Optional.empty();
        agree();
        assertThat(browser.page()).contains("LOGIN-EMAIL-01");
        idp.upstream.email = Optional.of("grace@globex-media.example");
        idp.upstream.format = Optional.of("urn:oasis:names:tc:SAML:2.0:nameid-format:transient");
        agree();
        assertThat(browser.page()).contains("LOGIN-SUBJECT-01");
        idp.upstream.format = Optional.empty();
        idp.world.organization(TestWorld.GLOBEX, "globex-media.example", false);
        browser.postFromElsewhere(ARRIVE, Map.of("SAMLResponse", "x"));
        assertThat(browser.status()).isEqualTo(403);
        assertThat(isSignedIn(browser)).isFalse();
        assertThat(idp.users.links).isEmpty();
    }

    private void agree() {
        browser.postFromElsewhere(ARRIVE, Map.of("SAMLResponse", "x"));
        browser.submit("action", "continue");
    }

    @Test
    void aConnectionThatIsSuspendedBeforeOrAfterTheQuestionSignsNobodyIn() {
        browser.postFromElsewhere(ARRIVE, Map.of("SAMLResponse", "x"));
        idp.world.connection("globex-saml", TestWorld.GLOBEX, "saml", ConnectionState.SUSPENDED);
        browser.submit("action", "continue");
        assertThat(browser.page()).contains("LOGIN-CONNECTION-01");
        browser.postFromElsewhere(ARRIVE, Map.of("SAMLResponse", "x"));
        assertThat(browser.page()).contains("LOGIN-CONNECTION-01");
        assertThat(isSignedIn(browser)).isFalse();
    }

    @Test
    void aDisabledUserStaysOutsideThisWayToo() {
        agree();
        idp.users.disable(idp.users.links.values().iterator().next());
        var other = idp.browser();
        other.postFromElsewhere(ARRIVE, Map.of("SAMLResponse", "x"));
        other.submit("action", "continue");

        assertThat(other.page()).contains("LOGIN-ACCOUNT-01");
        assertThat(isSignedIn(other)).isFalse();
    }

    @Test
    void aRefusedAnswerLeavesNothingBehind() {
        idp.upstream.refusal = Optional.of(new UpstreamRefusal(TestUpstream.Reason.SIGNATURE_INVALID,
                Diagnosis.SAML_SIG_01, UpstreamRefusal.Fault.HOSTILE, "no"));
        browser.postFromElsewhere(ARRIVE, Map.of("SAMLResponse", "x", "RelayState", "https://app.example/start"));

        assertThat(browser.page()).contains("SAML-SIG-01");
        assertThat(idp.users.links).isEmpty();
    }

    @Test
    void aQuestionLeftOpenTooLongIsGone() {
        browser.postFromElsewhere(ARRIVE, Map.of("SAMLResponse", "x"));
        idp.wait(Duration.ofMinutes(11));
        browser.submit("action", "continue");

        assertThat(browser.page()).contains("LOGIN-EXPIRED-01");
        assertThat(isSignedIn(browser)).isFalse();
    }

    @Test
    void aFlowOfAnApplicationDoesNotEndAtTheLandingOfAnother() {
        browser.ask(asking().request());
        browser.go("/login/landed?flow=" + browser.flow());
        assertThat(browser.location()).doesNotStartWith("https://");
        browser.go("/login/landed?flow=unknown");
        assertThat(browser.page()).contains("LOGIN-EXPIRED-01");
    }
}
