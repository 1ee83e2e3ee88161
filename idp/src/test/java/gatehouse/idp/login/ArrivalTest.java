package gatehouse.idp.login;

import static gatehouse.idp.login.TestIdp.asking;
import static org.assertj.core.api.Assertions.assertThat;

import gatehouse.idp.tenancy.ConnectionState;
import gatehouse.idp.audit.AuditAction;
import gatehouse.idp.login.LoginOutcome.Finished;
import gatehouse.idp.login.flow.LoginFlow;
import gatehouse.idp.upstream.UpstreamRefusal;
import gatehouse.idp.upstream.xray.Diagnosis;
import gatehouse.idp.upstream.UpstreamRefusal.Fault;
import gatehouse.spi.ConnectionId;
import gatehouse.spi.UserId;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What comes back from identity providers, honest and not. */
final class ArrivalTest {

    private final TestIdp idp = new TestIdp();
    private final TestBrowser browser = idp.browser();

    @AfterEach
    void stop() {
        idp.close();
    }

    /** Leaves for acme's provider; answers the handle. */
    private String depart() {
        browser.ask(asking().request());
        browser.submit("identifier", "ada@acme-ads.example");
        return idp.upstream.last().handle();
    }

    private String arriving(String handle) {
        return "/login/arrive/acme-oidc?state=" + handle;
    }

    @Test
    void anAnswerThatNobodyAskedForIsRefusedWithAReason() {
        browser.postFromElsewhere("/login/arrive/globex-saml", Map.of("SAMLResponse", "x"));
        assertThat(browser.status()).isEqualTo(400);
        assertThat(browser.page()).contains("LOGIN-UNSOLICITED-01", "IdP-initiated sign-in is off");
        assertThat(idp.world.audited.getLast().action()).isEqualTo(AuditAction.LOGIN_REFUSED);
        assertThat(idp.world.audited.getLast().reason()).contains("unsolicited");
    }

    @Test
    void anAnswerIsTakenOnce() {
        var handle = depart();
        browser.go(arriving(handle));
        assertThat(browser.location()).startsWith("/authorize/resume");
        browser.go(arriving(handle));
        assertThat(browser.page()).contains("LOGIN-ARRIVAL-01", "href=\"/login/again\"");
    }

    @Test
    void anAnswerThatIsTooLateIsNotTaken() {
        var handle = depart();
        idp.wait(Duration.ofMinutes(11));
        browser.go(arriving(handle));
        assertThat(browser.page()).contains("LOGIN-ARRIVAL-01");
    }

    @Test
    void anAnswerToOneConnectionIsWorthNothingAtAnother() {
        idp.world.connection("evil-oidc", TestWorld.GLOBEX, "oidc", ConnectionState.ACTIVE);
        var handle = depart();
        browser.go("/login/arrive/evil-oidc?state=" + handle);
        assertThat(browser.page()).contains("LOGIN-ARRIVAL-01");
        browser.go(arriving(handle));
        assertThat(browser.page()).contains("LOGIN-ARRIVAL-01");
        assertThat(idp.users.links).isEmpty();
    }

    @Test
    void anAnswerBroughtByAnotherBrowserSignsNobodyInAndMakesNoUser() {
        var handle = depart();
        var victim = idp.browser();
        victim.ask(asking().request());
        victim.go(arriving(handle));
        assertThat(victim.page()).contains("LOGIN-BROWSER-01");
        assertThat(victim.cookies).doesNotContainKey("__Host-gh-sid-main");
        assertThat(idp.users.links).isEmpty();
    }

    @Test
    void anUnknownDisabledOrMalformedConnectionIsRefused() {
        var handle = depart();
        for (var path : new String[] {"nowhere", "a%2fb", "x".repeat(65), ""}) {
            browser.go("/login/arrive/" + path + "?state=" + handle);
            assertThat(browser.status()).isEqualTo(404);
        }
        idp.world.connection("acme-oidc", TestWorld.ACME, "oidc", ConnectionState.SUSPENDED);
        browser.go(arriving(handle));
        assertThat(browser.page()).contains("LOGIN-CONNECTION-01");
    }

    @Test
    void aConnectionSwitchedOffBetweenArrivalAndUseSignsNobodyIn() {
        var handle = depart();
        var elsewhere = idp.browser();
        elsewhere.go(arriving(handle));
        idp.world.connection("acme-oidc", TestWorld.ACME, "oidc", ConnectionState.SUSPENDED);
        browser.go("/login/" + browser.flow());
        assertThat(browser.page()).contains("LOGIN-CONNECTION-01");
        assertThat(idp.users.links).isEmpty();
    }

    @Test
    void aDisabledConnectionIsNotLeftForAndOpensNoOtherDoor() {
        idp.world.connection("acme-oidc", TestWorld.ACME, "oidc", ConnectionState.SUSPENDED);
        browser.ask(asking().request());
        browser.submit("identifier", "ada@acme-ads.example");
        assertThat(browser.page()).contains("LOGIN-CONNECTION-02", "change=identifier")
                .doesNotContain("name=\"password\"");
        assertThat(idp.upstream.departures).isEmpty();
    }

    @Test
    void aDraftIsLeftForByNobodyAndATestedConnectionByItsTestersOnly() {
        idp.world.connection("acme-oidc", TestWorld.ACME, "oidc", ConnectionState.DRAFT);
        browser.ask(asking().request());
        browser.submit("identifier", "ada@acme-ads.example");
        assertThat(browser.page()).contains("name=\"password\"");
        idp.world.tested("acme-oidc", TestWorld.ACME, "ada@acme-ads.example");
        browser.ask(asking().request());
        browser.submit("identifier", "bob@acme-ads.example");
        assertThat(browser.page()).contains("name=\"password\"");
        assertThat(idp.upstream.departures).isEmpty();
        browser.ask(asking().request());
        browser.submit("identifier", "Ada@acme-ads.example");
        browser.go(arriving(idp.upstream.last().handle()));
        assertThat(browser.resume()).isInstanceOf(Finished.class);
    }

    @Test
    void whoDepartedAsATesterAndCameBackAsAnotherIsNotSignedIn() {
        idp.world.tested("acme-oidc", TestWorld.ACME, "bob@acme-ads.example");
        browser.ask(asking().request());
        browser.submit("identifier", "bob@acme-ads.example");
        browser.go(arriving(idp.upstream.last().handle()));
        assertThat(browser.page()).contains("LOGIN-CONNECTION-01");
        assertThat(idp.users.links).isEmpty();
    }

    @Test
    void aDisabledOrganizationApplicationOrUserEndsTheLoginAndTheSilentOne() {
        var handle = depart();
        browser.go(arriving(handle));
        assertThat(browser.resume()).isInstanceOf(Finished.class);
        var user = idp.users.links.values().iterator().next();
        idp.users.disable(user);
        assertThat(browser.ask(asking().request())).isInstanceOf(LoginAnswer.Interact.class);
        browser.submit("identifier", "ada@acme-ads.example");
        browser.go(arriving(idp.upstream.last().handle()));
        assertThat(browser.page()).contains("LOGIN-ACCOUNT-01");
        idp.world.organization(TestWorld.ACME, "acme-ads.example", false);
        browser.ask(asking().request());
        browser.submit("identifier", "ada@acme-ads.example");
        assertThat(browser.page()).contains("LOGIN-ORG-03");
        idp.world.client("demo-app", Optional.empty(), false);
        browser.ask(asking().request());
        assertThat(browser.page()).contains("LOGIN-CLIENT-01");
    }

    @Test
    void anApplicationOfOneOrganizationIsNotForAnother() {
        idp.world.client("demo-app", Optional.of(TestWorld.GLOBEX), true);
        browser.go(arriving(depart()));
        assertThat(browser.page()).contains("LOGIN-CLIENT-01");
    }

    @Test
    void theAddressMustBeThereAndOfTheOrganizationsDomains() {
        idp.upstream.email = Optional.empty();
        browser.go(arriving(depart()));
        assertThat(browser.page()).contains("LOGIN-EMAIL-01", "Administrators:");
        for (var outside : new String[] {"ada@globex-media.example", "root@gatehouse.example",
                "ada@sub.acme-ads.example"}) {
            idp.upstream.email = Optional.of(outside);
            browser.go(arriving(depart()));
            assertThat(browser.page()).contains("LOGIN-EMAIL-02");
        }
        idp.upstream.email = Optional.of("no address");
        browser.go(arriving(depart()));
        assertThat(browser.page()).contains("LOGIN-EMAIL-01");
        assertThat(idp.users.links).isEmpty();
    }

    @Test
    void aUserIsKnownByConnectionAndSubjectNeverByAddress() {
        var local = idp.users.add("local-ada", "ada@acme-ads.example", Optional.empty());
        browser.go(arriving(depart()));
        var first = ((Finished) browser.resume()).result().session().authentication().user();
        assertThat(first).isNotEqualTo(local.id());

        idp.upstream.email = Optional.of("ada.new@acme-ads.example");
        var again = idp.browser();
        again.ask(asking().request());
        again.submit("identifier", "ada@acme-ads.example");
        again.go(arriving(idp.upstream.last().handle()));
        assertThat(((Finished) again.resume()).result().session().authentication().user()).isEqualTo(first);
        assertThat(idp.users.users.get(first).email()).isEqualTo("ada.new@acme-ads.example");

        idp.upstream.subject = "sub-other";
        var other = idp.browser();
        other.ask(asking().request());
        other.submit("identifier", "ada@acme-ads.example");
        other.go(arriving(idp.upstream.last().handle()));
        assertThat(((Finished) other.resume()).result().session().authentication().user()).isNotIn(first, local.id());
    }

    @Test
    void oneSubjectAtTwoConnectionsIsTwoUsers() {
        browser.go(arriving(depart()));
        var first = ((Finished) browser.resume()).result().session().authentication().user();
        idp.world.connection("acme-oidc", TestWorld.ACME, "oidc", ConnectionState.SUSPENDED);
        idp.world.connection("acme-second", TestWorld.ACME, "oidc", ConnectionState.ACTIVE);
        var other = idp.browser();
        other.ask(asking().request());
        other.submit("identifier", "ada@acme-ads.example");
        other.go("/login/arrive/acme-second?state=" + idp.upstream.last().handle());
        UserId second = ((Finished) other.resume()).result().session().authentication().user();
        assertThat(second).isNotEqualTo(first);
    }

    @Test
    void aSubjectThatChangesOrCannotBeKeptIsRefused() {
        idp.upstream.format = Optional.of("urn:oasis:names:tc:SAML:2.0:nameid-format:transient");
        browser.go(arriving(depart()));
        assertThat(browser.page()).contains("LOGIN-SUBJECT-01");
        idp.upstream.format = Optional.empty();
        idp.upstream.subject = "s".repeat(257);
        browser.go(arriving(depart()));
        assertThat(browser.page()).contains("LOGIN-SUBJECT-01");
        idp.upstream.subject = "s".repeat(256);
        browser.go(arriving(depart()));
        assertThat(browser.resume()).isInstanceOf(Finished.class);
    }

    @Test
    void attributesAreKeptUpToABoundAndWholeBeyondItLeftOut() {
        var most = LoginFlow.ATTRIBUTE_CHARACTERS_MAX - 1;
        idp.upstream.attributes = Map.of("a", List.of("x".repeat(most)));
        browser.go(arriving(depart()));
        assertThat(idp.users.users.get(browser.session().authentication().user()).attributes()).containsKey("a");

        idp.upstream.attributes = Map.of("a", List.of("x".repeat(most)), "b", List.of("y".repeat(100_000)));
        var other = idp.browser();
        other.ask(asking().request());
        other.submit("identifier", "ada@acme-ads.example");
        other.go(arriving(idp.upstream.last().handle()));
        assertThat(idp.users.users.get(other.session().authentication().user()).attributes()).containsOnlyKeys("a");
    }

    @Test
    void aRefusalOfTheProtocolIsWordedByItsSubjectWithAWayOn() {
        idp.upstream.refusal = Optional.of(new UpstreamRefusal(TestUpstream.Reason.SIGNATURE_INVALID,
                Diagnosis.SAML_SIG_01, Fault.HOSTILE, "Not valid."));
        var handle = depart();
        browser.go(arriving(handle));
        assertThat(browser.page()).contains("SAML-SIG-01", "not on file.", "change=identifier")
                .doesNotContain("Not valid.");
        assertThat(idp.world.audited.getLast().reason()).contains("signature_invalid");
        idp.upstream.refusal = Optional.of(new UpstreamRefusal(TestUpstream.Reason.ACCESS_DENIED,
                Diagnosis.OIDC_DENIED_01, Fault.USER, "You said no."));
        browser.go(arriving(depart()));
        assertThat(browser.status()).isEqualTo(403);
        assertThat(browser.page()).contains("OIDC-DENIED-01");
    }

    @Test
    void aProviderThatCannotBeAskedIsAPageAtOnce() {
        idp.upstream.refusalToDepart =
                Optional.of(new UpstreamRefusal(TestUpstream.Reason.ACCESS_DENIED,
                        Diagnosis.OIDC_UPSTREAM_01, Fault.UPSTREAM, "It does not answer."));
        var asked = asking();
        asked.organization = Optional.of(TestWorld.ACME);
        browser.ask(asked.request());
        assertThat(browser.status()).isEqualTo(502);
        assertThat(browser.page()).contains("OIDC-UPSTREAM-01", "cannot be reached");
        assertThat(browser.cookies).containsKey("__Host-gh-restart-main");
    }

    @Test
    void anAnswerForAWayThatWasLeftMeanwhileIsNotTaken() {
        var handle = depart();
        browser.go("/login/" + browser.flow());
        browser.submit("identifier", "root@gatehouse.example");
        browser.go(arriving(handle));
        assertThat(browser.page()).contains("LOGIN-ARRIVAL-01");
    }

    @Test
    void aPasswordDoesNotLeadAroundTheOrganizationsProvider() {
        var member = idp.users.add("member", "member@elsewhere.example", Optional.of(TestWorld.ACME));
        idp.users.passwords.put(member.id(), idp.users.passwords.get(new UserId("root")));
        idp.world.connection("acme-oidc", TestWorld.ACME, "oidc", ConnectionState.ENFORCED);
        browser.ask(asking().request());
        browser.submit("identifier", "member@elsewhere.example").submit("password", "demo-password");
        assertThat(browser.page()).contains("LOGIN-CONNECTION-03");
        idp.world.connection("acme-oidc", TestWorld.ACME, "oidc", ConnectionState.ACTIVE);
        browser.ask(asking().request());
        browser.submit("identifier", "member@elsewhere.example").submit("password", "demo-password");
        assertThat(browser.resume()).isInstanceOf(Finished.class);
    }
}
