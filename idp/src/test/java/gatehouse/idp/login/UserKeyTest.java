package gatehouse.idp.login;

import static gatehouse.idp.login.TestIdp.asking;
import static org.assertj.core.api.Assertions.assertThat;

import gatehouse.idp.audit.AuditAction;
import gatehouse.idp.directory.AccountLink;
import gatehouse.idp.upstream.UserKey;
import gatehouse.spi.ConnectionId;
import gatehouse.spi.UserId;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A provider that names its people in another way than before makes no second people. */
final class UserKeyTest {

    private static final String PERSISTENT = "nameid urn:oasis:names:tc:SAML:2.0:nameid-format:persistent";
    private static final String EMAIL = "nameid urn:oasis:names:tc:SAML:1.1:nameid-format:emailAddress";

    private final TestIdp idp = new TestIdp();

    @AfterEach
    void stop() {
        idp.close();
    }

    @BeforeEach
    void adaIsKnownByAPersistentName() {
        assertThat(signIn("sub-ada", "ada@acme-ads.example", PERSISTENT, false)).isTrue();
    }

    /** Signs in with a browser of its own; answers whether that worked. */
    private boolean signIn(String subject, String email, String kind, boolean rekeyable) {
        return attempt(subject, email, kind, rekeyable).cookies.containsKey("__Host-gh-sid-main");
    }

    private TestBrowser attempt(String subject, String email, String kind, boolean rekeyable) {
        idp.upstream.subject = subject;
        idp.upstream.email = Optional.of(email);
        idp.upstream.key = Optional.of(new UserKey(kind, rekeyable));
        var browser = idp.browser();
        browser.ask(asking().request());
        browser.submit("identifier", "ada@acme-ads.example");
        return browser.go("/login/arrive/acme-oidc?state=" + idp.upstream.last().handle());
    }

    private Set<UserId> people() {
        return Set.copyOf(idp.users.links.values());
    }

    private UserId known(String subject) {
        return idp.users.links.get(new AccountLink(new ConnectionId("acme-oidc"), subject));
    }

    @Test
    void theSameNameIsTheSamePerson() {
        assertThat(signIn("sub-ada", "ada@acme-ads.example", PERSISTENT, false)).isTrue();
        assertThat(signIn("sub-ada", "ada.new@acme-ads.example", PERSISTENT, false)).isTrue();
        assertThat(people()).hasSize(1);
    }

    @Test
    void anotherNameForTheSameAddressIsRefused() {
        assertThat(attempt("sub-2", "ada@acme-ads.example", PERSISTENT, false).page()).contains("SAML-NAMEID-02");
        assertThat(attempt("ada@acme-ads.example", "ada@acme-ads.example", EMAIL, false).page())
                .contains("SAML-NAMEID-01");
        assertThat(people()).hasSize(1);
    }

    @Test
    void anotherKindOfNameIsRefusedForAddressesThatNobodyHas() {
        assertThat(attempt("bob@acme-ads.example", "bob@acme-ads.example", EMAIL, false).page())
                .contains("SAML-NAMEID-01");
        assertThat(attempt("u-17", "bob@acme-ads.example", "attribute uid", false).page()).contains("SAML-NAMEID-01");
        assertThat(people()).hasSize(1);
    }

    @Test
    void somebodyNewOfTheSameKindIsLetIn() {
        assertThat(signIn("sub-bob", "bob@acme-ads.example", PERSISTENT, false)).isTrue();
        assertThat(people()).hasSize(2);
    }

    @Test
    void rekeyingKeepsThePersonAndTellsTheAuditTrail() {
        var ada = known("sub-ada");

        assertThat(signIn("ada@acme-ads.example", "ada@acme-ads.example", EMAIL, true)).isTrue();

        assertThat(known("ada@acme-ads.example")).isEqualTo(ada);
        assertThat(people()).containsExactly(ada);
        assertThat(known("sub-ada")).as("the old name is nobody's").isNull();
        assertThat(idp.world.audited).filteredOn(event -> event.action() == AuditAction.USER_REKEYED)
                .singleElement().satisfies(event -> assertThat(event.user()).contains(ada));
        assertThat(signIn("ada@acme-ads.example", "ada@acme-ads.example", EMAIL, false)).isTrue();
        assertThat(attempt("sub-ada", "ada@acme-ads.example", PERSISTENT, false).page()).contains("SAML-NAMEID-01");
    }

    @Test
    void rekeyingLetsNewPeopleInAndFindsNobodyAtAForeignDomain() {
        assertThat(signIn("bob@acme-ads.example", "bob@acme-ads.example", EMAIL, true)).isTrue();
        assertThat(people()).hasSize(2);
        assertThat(attempt("sub-x", "grace@globex-media.example", EMAIL, true).page()).contains("LOGIN-EMAIL-02");
    }

    @Test
    void rekeyingDoesNotReviveADisabledPersonAndDoesNotChooseBetweenTwo() {
        assertThat(signIn("sub-bob", "bob@acme-ads.example", PERSISTENT, false)).isTrue();
        assertThat(signIn("sub-bob", "ada@acme-ads.example", PERSISTENT, false)).isTrue();
        assertThat(attempt("new", "ada@acme-ads.example", EMAIL, true).page()).contains("SAML-NAMEID-01");

        assertThat(signIn("sub-bob", "bob@acme-ads.example", PERSISTENT, false)).isTrue();
        idp.users.disable(known("sub-ada"));
        assertThat(attempt("new", "ada@acme-ads.example", EMAIL, true).page()).contains("LOGIN-ACCOUNT-01");
        assertThat(known("new")).isNull();
    }

    @Test
    void rekeyingIsOfOneConnectionOnly() {
        idp.upstream.email = Optional.of("grace@globex-media.example");
        idp.upstream.subject = "sub-grace";
        idp.upstream.key = Optional.of(new UserKey(EMAIL, true));
        var browser = idp.browser();
        browser.ask(asking().request());
        browser.submit("identifier", "grace@globex-media.example");
        browser.postFromElsewhere("/login/arrive/globex-saml",
                java.util.Map.of("SAMLResponse", "x", "RelayState", idp.upstream.last().handle()));

        assertThat(people()).hasSize(2);
        assertThat(known("sub-ada")).isNotNull();
    }
}
