package gatehouse.sessions;

import static gatehouse.sessions.Fixtures.AUTH_TIME;
import static gatehouse.sessions.Fixtures.local;
import static gatehouse.sessions.Fixtures.someOrganization;
import static gatehouse.sessions.Fixtures.someUser;
import static gatehouse.sessions.Fixtures.soon;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import gatehouse.spi.ConnectionId;
import gatehouse.spi.OrganizationId;
import gatehouse.spi.UserId;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** What every {@link SessionStore} must do with what identity providers call users and sessions. */
public abstract class UpstreamSessionsContract {

    private static final SessionLimits LIMITS = SessionLimits.DEFAULTS;

    private final ConnectionId connection = new ConnectionId(UUID.randomUUID().toString());

    protected abstract EngineUnderTest engine();

    private SessionStore store() {
        return engine().stores().sessions();
    }

    private Session open(String issuer, UserId user, UpstreamSession came) {
        return store().open(new Authentication(issuer, user, Optional.of(someOrganization()), Optional.of(came),
                AUTH_TIME, "1", List.of("fed")), LIMITS, soon()).session();
    }

    private UpstreamSession saml(ConnectionId through, String name, String index) {
        return new UpstreamSession(through, "subject of " + name, Optional.of("urn:format"), Optional.of(index),
                Optional.of(new UpstreamSession.Name(name, Optional.of("https://idp.example"), Optional.of("us"))));
    }

    private UpstreamSession oidc(ConnectionId through, String subject, Optional<String> sid) {
        return new UpstreamSession(through, subject, Optional.empty(), sid);
    }

    private List<SessionId> found(String issuer, ConnectionId through, Optional<String> name, Optional<String> index) {
        return found(new UpstreamReference(issuer, through, name, index), Optional.empty());
    }

    private List<SessionId> found(UpstreamReference reference, Optional<UserId> linked) {
        return store().ofUpstream(reference, linked, soon()).stream().map(Session::id).toList();
    }

    @Test
    void nameFindsEverySessionOfTheUserAndAnIndexTheOne() {
        var user = someUser();
        var first = open("main", user, saml(connection, "ada", "_1"));
        var second = open("main", user, saml(connection, "ada", "_2"));

        assertThat(found("main", connection, Optional.of("ada"), Optional.empty()))
                .containsExactlyInAnyOrder(first.id(), second.id());
        assertThat(found("main", connection, Optional.of("ada"), Optional.of("_2"))).containsExactly(second.id());
        assertThat(found("main", connection, Optional.of("ada"), Optional.of("_3"))).isEmpty();
        assertThat(store().findById(second.id(), soon()).orElseThrow().authentication())
                .isEqualTo(second.authentication());
    }

    @Test
    void nobodyFindsTheSessionsOfAnotherConnectionIssuerOrName() {
        var session = open("main", someUser(), saml(connection, "ada", "_1"));
        var other = new ConnectionId(UUID.randomUUID().toString());
        var elsewhere = open("main", someUser(), saml(other, "ada", "_1"));
        var foreign = open("partners", someUser(), saml(connection, "ada", "_1"));

        assertThat(found("main", connection, Optional.of("ada"), Optional.of("_1"))).containsExactly(session.id());
        assertThat(found("main", other, Optional.of("ada"), Optional.of("_1"))).containsExactly(elsewhere.id());
        assertThat(found("partners", connection, Optional.of("ada"), Optional.of("_1"))).containsExactly(foreign.id());
        assertThat(found("main", connection, Optional.of("eve"), Optional.of("_1"))).isEmpty();
        assertThat(found("main", connection, Optional.of("subject of ada"), Optional.empty())).isEmpty();
    }

    @Test
    void sidAloneFindsAnOpenIdSession() {
        var user = someUser();
        var session = open("main", user, oidc(connection, "sub", Optional.of("sid-1")));
        open("main", user, oidc(connection, "sub", Optional.of("sid-2")));
        var without = open("main", user, oidc(connection, "sub", Optional.empty()));

        assertThat(found("main", connection, Optional.empty(), Optional.of("sid-1"))).containsExactly(session.id());
        assertThat(found(new UpstreamReference("main", connection, Optional.of("sub"), Optional.empty()),
                Optional.of(user))).hasSize(3).contains(without.id());
        assertThat(found("main", connection, Optional.of("someone"), Optional.of("sid-1"))).isEmpty();
    }

    @Test
    void endedAndExpiredSessionsAreNotFound() {
        var user = someUser();
        var ended = open("main", user, saml(connection, "ada", "_1"));
        store().end(ended.id(), "logout", soon());
        var organization = new OrganizationId(UUID.randomUUID().toString());
        store().open(new Authentication("main", user, Optional.of(organization),
                Optional.of(saml(connection, "ada", "_2")), AUTH_TIME, "1", List.of()), LIMITS, soon());
        store().endAllOfOrganization(organization, soon());
        var brief = new SessionLimits(Duration.ofSeconds(1), Duration.ofHours(1), 10);
        store().open(new Authentication("main", user, Optional.of(someOrganization()),
                Optional.of(saml(connection, "ada", "_3")), AUTH_TIME, "1", List.of()), brief, soon());

        engine().pass(Duration.ofMillis(1_200));

        assertThat(found("main", connection, Optional.of("ada"), Optional.empty())).isEmpty();
    }

    @Test
    void renewalThroughTheConnectionMakesASessionFindable() {
        var user = someUser();
        var session = store().open(local(user), LIMITS, soon()).session();
        store().renew(session.id(), new Authentication("main", user, Optional.empty(),
                Optional.of(saml(connection, "ada", "_9")), AUTH_TIME, "2", List.of()), soon()).orElseThrow();

        assertThat(found("main", connection, Optional.of("ada"), Optional.of("_9"))).containsExactly(session.id());
    }

    @Test
    void nameThatWasLinkedAnewFindsTheSessionsOfBothAccounts() {
        var before = open("main", someUser(), saml(connection, "ada", "_1"));
        var after = open("main", someUser(), saml(connection, "ada", "_2"));

        assertThat(found("main", connection, Optional.of("ada"), Optional.empty()))
                .containsExactlyInAnyOrder(before.id(), after.id());
    }

    @Test
    void nameThatIsTheKeyOfTheLinkFindsTheSessionsOfTheLinkedUser() {
        var user = someUser();
        var name = new UpstreamSession.Name("ada", Optional.empty(), Optional.empty());
        var session = open("main", user, new UpstreamSession(
                connection, "ada", Optional.empty(), Optional.of("_1"), Optional.of(name)));
        open("main", user, saml(new ConnectionId("another"), "ada", "_1"));
        var byName = new UpstreamReference("main", connection, Optional.of("ada"), Optional.of("_1"));

        assertThat(found(byName, Optional.of(user))).containsExactly(session.id());
        assertThat(found(byName, Optional.of(someUser()))).isEmpty();
        assertThat(found(byName, Optional.empty())).isEmpty();
    }

    @Test
    void referenceNamesSomething() {
        assertThatThrownBy(() -> new UpstreamReference("main", connection, Optional.empty(), Optional.empty()))
                .isInstanceOf(IllegalArgumentException.class);
    }
}
