package gatehouse.idp.login;

import static gatehouse.idp.login.TestIdp.asking;
import static org.assertj.core.api.Assertions.assertThat;

import gatehouse.idp.audit.AuditAction;
import gatehouse.idp.login.LoginOutcome.Finished;
import gatehouse.idp.tenancy.ConnectionShare;
import gatehouse.idp.tenancy.ConnectionState;
import gatehouse.idp.tenancy.OrganizationPolicy;
import gatehouse.idp.tenancy.OrganizationPolicy.RoleMapping;
import gatehouse.idp.tenancy.TestConnections;
import gatehouse.idp.tenancy.VerifiedDomain;
import gatehouse.sessions.Session;
import gatehouse.spi.ConnectionId;
import gatehouse.spi.OrganizationId;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What organizations lay down for their people, and connections that several of them use. */
final class PolicyTest {

    private static final ConnectionId ACME_OIDC = new ConnectionId("acme-oidc");

    private final TestIdp idp = new TestIdp();
    private TestBrowser browser = idp.browser();

    @AfterEach
    void stop() {
        idp.close();
    }

    private void signIn(String email) {
        idp.upstream.email = Optional.of(email);
        browser.ask(asking().request());
        browser.submit("identifier", email);
        if (!idp.upstream.departures.isEmpty()) {
            browser.go("/login/arrive/acme-oidc?state=" + idp.upstream.last().handle());
        }
    }

    private Session session() {
        return ((Finished) browser.resume()).result().session();
    }

    private static OrganizationPolicy policy(boolean justInTime, List<String> domains, List<String> acr,
            List<ConnectionId> accepted) {
        return new OrganizationPolicy(justInTime, domains, List.of(), List.of(), List.of(), Optional.empty(),
                Optional.empty(), acr, accepted);
    }

    @Test
    void withoutJustInTimeOnlyWhoHasAnAccountComesIn() {
        signIn("ada@acme-ads.example");
        var known = session().authentication().user();
        idp.world.policy(TestWorld.ACME, policy(false, List.of(), List.of(), List.of()));
        var stays = (LoginAnswer.Done) browser.ask(asking().request());
        assertThat(stays.result().session().authentication().user()).isEqualTo(known);

        var stranger = idp.browser();
        idp.upstream.subject = "sub-bob";
        idp.upstream.email = Optional.of("bob@acme-ads.example");
        stranger.ask(asking().request());
        stranger.submit("identifier", "bob@acme-ads.example");
        stranger.go("/login/arrive/acme-oidc?state=" + idp.upstream.last().handle());
        assertThat(stranger.page()).contains("LOGIN-ACCOUNT-03");
        assertThat(idp.users.links).hasSize(1);
    }

    @Test
    void onlyAddressesOfAllowedDomainsComeIn() {
        idp.world.domains.put("other.example",
                new VerifiedDomain("other.example", "main", TestWorld.ACME, Optional.empty()));
        idp.world.policy(TestWorld.ACME, policy(true, List.of("other.example"), List.of(), List.of()));
        signIn("ada@acme-ads.example");
        assertThat(browser.page()).contains("LOGIN-EMAIL-02");
        signIn("ada@other.example");
        assertThat(session().authentication().organization()).contains(TestWorld.ACME);
    }

    @Test
    void theMostSpecificClaimDecidesWhereSomebodyIsAtHome() {
        idp.world.domains.put("*.acme-ads.example",
                new VerifiedDomain("*.acme-ads.example", "main", TestWorld.ACME, Optional.empty()));
        idp.world.domains.put("media.acme-ads.example",
                new VerifiedDomain("media.acme-ads.example", "main", TestWorld.GLOBEX, Optional.empty()));
        signIn("ada@emea.acme-ads.example");
        assertThat(session().authentication().organization()).contains(TestWorld.ACME);
        var other = idp.browser();
        other.ask(asking().request());
        other.submit("identifier", "ada@media.acme-ads.example");
        assertThat(other.page()).contains("https://idp.example/sso");
    }

    @Test
    void rolesAndGroupsFollowTheMappingAtEverySignIn() {
        idp.world.policy(TestWorld.ACME, new OrganizationPolicy(true, List.of(), List.of("viewer"), List.of("all"),
                List.of(new RoleMapping("groups", "ads-admins", List.of("admin", "editor"), List.of()),
                        new RoleMapping("team", "*", List.of(), List.of("teams"))),
                Optional.empty(), Optional.empty(), List.of(), List.of()));
        // What the provider calls roles is an attribute like any other.
        idp.upstream.attributes =
                Map.of("groups", List.of("ads-admins", "x"), "team", List.of("t"), "roles", List.of("root"));
        signIn("ada@acme-ads.example");
        var user = idp.users.users.get(session().authentication().user());
        assertThat(user.roles()).containsExactly("admin", "editor", "viewer");
        assertThat(user.groups()).containsExactly("all", "teams");

        idp.upstream.attributes = Map.of("groups", List.of("ADS-ADMINS", "ads-admins "));
        var again = idp.browser();
        again.ask(asking().request());
        again.submit("identifier", "ada@acme-ads.example");
        again.go("/login/arrive/acme-oidc?state=" + idp.upstream.last().handle());
        assertThat(idp.users.users.get(user.id()).roles()).containsExactly("viewer");
        assertThat(idp.users.users.get(user.id()).groups()).containsExactly("all");
    }

    @Test
    void theShorterOfIssuerOrganizationAndProviderEndsTheSession() {
        var hour = Optional.of(Duration.ofHours(1));
        idp.world.policy(TestWorld.ACME, new OrganizationPolicy(true, List.of(), List.of(), List.of(), List.of(),
                Optional.of(Duration.ofMinutes(5)), hour, List.of(), List.of()));
        signIn("ada@acme-ads.example");
        assertThat(session().expiresAt()).isEqualTo(idp.now.plus(Duration.ofHours(1)));
        idp.wait(Duration.ofMinutes(6));
        browser.ask(asking().request());
        assertThat(browser.page()).as("unused for longer than the organization allows").contains("identifier");

        idp.upstream.notOnOrAfter = Optional.of(idp.now.plus(Duration.ofMinutes(7)));
        signIn("ada@acme-ads.example");
        assertThat(session().expiresAt()).isEqualTo(idp.now.plus(Duration.ofMinutes(7)));

        idp.upstream.notOnOrAfter = Optional.empty();
        idp.world.policy(TestWorld.ACME, new OrganizationPolicy(true, List.of(), List.of(), List.of(), List.of(),
                Optional.empty(), Optional.of(Duration.ofDays(9)), List.of(), List.of()));
        var other = idp.browser();
        other.ask(asking().request());
        other.submit("identifier", "ada@acme-ads.example");
        other.go("/login/arrive/acme-oidc?state=" + idp.upstream.last().handle());
        assertThat(((Finished) other.resume()).result().session().expiresAt())
                .as("no organization is laxer than its issuer").isEqualTo(idp.now.plus(Duration.ofHours(12)));
    }

    @Test
    void aRequiredClassIsAskedForAndMustBeReached() {
        idp.world.policy(TestWorld.ACME, policy(true, List.of(), List.of("phr"), List.of()));
        signIn("ada@acme-ads.example");
        assertThat(idp.upstream.last().acrValues()).containsExactly("phr");
        assertThat(browser.page()).contains("LOGIN-ACR-01");
        idp.upstream.acr = Optional.of("phr");
        signIn("ada@acme-ads.example");
        assertThat(session().authentication().acr()).isEqualTo("phr");
        // An old session that falls short is worth a new sign-in, not a refusal.
        idp.world.policy(TestWorld.ACME, policy(true, List.of(), List.of("phrh"), List.of()));
        browser.ask(asking().request());
        assertThat(browser.page()).contains("identifier").doesNotContain("LOGIN-ACR-01");
    }

    @Test
    void aLocalAccountOfTheSameOrganizationAndAddressIsTakenOverByItsOwnConnectionOnly() {
        var local = idp.users.add("local-ada", "ada@acme-ads.example", Optional.of(TestWorld.ACME));
        signIn("ada@acme-ads.example");
        assertThat(session().authentication().user()).isEqualTo(local.id());
        assertThat(idp.world.audited).anyMatch(event -> event.action() == AuditAction.USER_LINKED);

        var grace = idp.users.add("local-grace", "grace@globex-media.example", Optional.of(TestWorld.GLOBEX));
        share(List.of());
        accept(true);
        idp.upstream.subject = "sub-grace";
        browser = idp.browser();
        signInOver("grace@globex-media.example");
        assertThat(session().authentication().user()).isNotEqualTo(grace.id());
    }

    @Test
    void anAccountOfAnotherOrganizationOrOneThatIsSwitchedOffIsNotTakenOver() {
        var elsewhere = idp.users.add("local-ada", "ada@acme-ads.example", Optional.of(TestWorld.GLOBEX));
        signIn("ada@acme-ads.example");
        assertThat(session().authentication().user()).isNotEqualTo(elsewhere.id());
    }

    private void share(List<String> domains) {
        idp.world.connections.put(ACME_OIDC, TestConnections.sharedWith(
                TestConnections.connection("acme-oidc", TestWorld.ACME.value(), "oidc"),
                new ConnectionShare(TestWorld.GLOBEX, domains)));
    }

    private void accept(boolean accepted) {
        idp.world.policy(TestWorld.GLOBEX,
                policy(true, List.of(), List.of(), accepted ? List.of(ACME_OIDC) : List.of()));
    }

    /** Somebody types an address of theirs at acme, and comes back as {@code email}. */
    private void signInOver(String email) {
        idp.upstream.email = Optional.of(email);
        browser.ask(asking().request());
        browser.submit("identifier", "x@acme-ads.example");
        browser.go("/login/arrive/acme-oidc?state=" + idp.upstream.last().handle());
    }

    @Test
    void aSharedConnectionSignsInForWhomBothSidesName() {
        signInOver("grace@globex-media.example");
        assertThat(browser.page()).as("nothing is shared").contains("LOGIN-EMAIL-02");
        share(List.of());
        signInOver("grace@globex-media.example");
        assertThat(browser.page()).as("offered, not accepted").contains("LOGIN-EMAIL-02");
        share(List.of("sub.globex-media.example"));
        accept(true);
        signInOver("grace@globex-media.example");
        assertThat(browser.page()).as("offered for another domain").contains("LOGIN-EMAIL-02");
        share(List.of());
        signInOver("grace@globex-media.example");
        assertThat(session().authentication().organization())
                .as("the owner of the domain, not of the connection").contains(TestWorld.GLOBEX);
    }

    @Test
    void aSharedConnectionIsOneOfTheWaysInAndEndsWithTheAcceptance() {
        share(List.of());
        accept(true);
        browser.ask(asking().request());
        browser.submit("identifier", "grace@globex-media.example");
        assertThat(browser.page()).contains("globex-saml name", "acme-oidc name");
        idp.upstream.email = Optional.of("grace@globex-media.example");
        browser.submit("choice", "acme-oidc");
        browser.go("/login/arrive/acme-oidc?state=" + idp.upstream.last().handle());
        session();
        accept(false);
        browser.ask(asking().request());
        assertThat(browser.page()).as("the session does not outlive it").contains("identifier");
    }

    @Test
    void acceptingWhatNobodyOfferedOpensNothing() {
        accept(true);
        browser.ask(asking().request());
        browser.submit("identifier", "grace@globex-media.example");
        assertThat(browser.page()).doesNotContain("acme-oidc");
        signInOver("grace@globex-media.example");
        assertThat(browser.page()).contains("LOGIN-EMAIL-02");
    }

    @Test
    void aDomainIsLedToItsOneConnectionWhileTheOrganizationHasIt() {
        idp.world.connection("acme-second", TestWorld.ACME, "oidc", ConnectionState.ACTIVE);
        lead("acme-second");
        browser.ask(asking().request());
        browser.submit("identifier", "ada@acme-ads.example");
        assertThat(browser.location()).startsWith("https://idp.example/acme-second");
        // Somebody else's connection is no way in, whoever names it.
        lead("globex-saml");
        browser.ask(asking().request());
        browser.submit("identifier", "ada@acme-ads.example");
        assertThat(browser.page()).contains("acme-oidc name", "acme-second name").doesNotContain("globex-saml");
    }

    private void lead(String connection) {
        var acme = new OrganizationId(TestWorld.ACME.value());
        idp.world.domains.put("acme-ads.example", new VerifiedDomain("acme-ads.example", "main", acme,
                Optional.of(new ConnectionId(connection))));
    }
}
