package gatehouse.sessions;

import static gatehouse.sessions.Fixtures.AUTH_TIME;
import static gatehouse.sessions.Fixtures.atOnce;
import static gatehouse.sessions.Fixtures.federated;
import static gatehouse.sessions.Fixtures.local;
import static gatehouse.sessions.Fixtures.someOrganization;
import static gatehouse.sessions.Fixtures.someUser;
import static gatehouse.sessions.Fixtures.soon;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import org.junit.jupiter.api.Test;

/**
 * What every {@link SessionStore} must do with all sessions of a user or of an organization. A new store extends it and
 * adds nothing.
 */
public abstract class ManySessionsContract {

    private static final SessionLimits LIMITS = SessionLimits.DEFAULTS;

    protected abstract EngineUnderTest engine();

    private SessionStore store() {
        return engine().stores().sessions();
    }

    @Test
    void sessionsOfAUserAreListedNewestFirst() {
        var user = someUser();
        var opened = new ArrayList<Session>();
        for (var i = 0; i < 3; i++) {
            opened.addFirst(store().open(local(user), LIMITS, soon()).session());
            engine().pass(Duration.ofMillis(5));
        }
        store().open(local(someUser()), LIMITS, soon());

        assertThat(store().ofUser("main", user, soon())).containsExactlyElementsOf(opened);
        assertThat(store().ofUser("partners", user, soon())).isEmpty();
        store().end(opened.get(1).id(), "logout", soon());
        assertThat(store().ofUser("main", user, soon())).containsExactly(opened.get(0), opened.get(2));
    }

    @Test
    void aboveTheLimitTheOldestIsEnded() {
        var user = someUser();
        var limits = new SessionLimits(LIMITS.idle(), LIMITS.absolute(), 2);
        var opened = new ArrayList<OpenedSession>();
        for (var i = 0; i < 3; i++) {
            opened.add(store().open(local(user), limits, soon()));
            engine().pass(Duration.ofMillis(5));
        }

        assertThat(store().find(opened.get(0).cookieValue(), soon())).isEmpty();
        assertThat(store().find(opened.get(1).cookieValue(), soon())).isPresent();
        assertThat(store().find(opened.get(2).cookieValue(), soon())).isPresent();
    }

    @Test
    void expiredSessionsDoNotCountAgainstTheLimit() {
        var user = someUser();
        var alive = store().open(local(user), new SessionLimits(LIMITS.idle(), LIMITS.absolute(), 2), soon());
        store().open(local(user), new SessionLimits(Duration.ofSeconds(1), LIMITS.absolute(), 2), soon());
        engine().pass(Duration.ofMillis(1_100));

        store().open(local(user), new SessionLimits(LIMITS.idle(), LIMITS.absolute(), 2), soon());

        assertThat(store().find(alive.cookieValue(), soon())).isPresent();
        assertThat(store().ofUser("main", user, soon())).hasSize(2);
    }

    @Test
    void limitHoldsUnderConcurrentLogins() throws Exception {
        var user = someUser();
        var limits = new SessionLimits(LIMITS.idle(), LIMITS.absolute(), 3);

        var opened = atOnce(24, () -> store().open(local(user), limits, soon()));

        assertThat(store().ofUser("main", user, soon())).hasSize(3);
        assertThat(opened).filteredOn(o -> store().find(o.cookieValue(), soon()).isPresent()).hasSize(3);
    }

    @Test
    void endingAllOfAUserEndsThatUsersOnly() {
        var user = someUser();
        var first = store().open(local(user), LIMITS, soon());
        var second = store().open(local(user), LIMITS, soon());
        var other = store().open(local(someUser()), LIMITS, soon());

        var ended = store().endAllOfUser("main", user, "admin", soon());

        assertThat(ended)
                .extracting(Session::id)
                .containsExactlyInAnyOrder(first.session().id(), second.session().id());
        assertThat(store().ofUser("main", user, soon())).isEmpty();
        assertThat(store().find(first.cookieValue(), soon())).isEmpty();
        assertThat(store().find(other.cookieValue(), soon())).isPresent();
        assertThat(store().endAllOfUser("main", user, "admin", soon())).isEmpty();
    }

    @Test
    void endingAnOrganizationEndsWhatItHadOpenAndNothingElse() {
        var user = someUser();
        var organization = someOrganization();
        var cut = store().open(federated(user, organization), LIMITS, soon());
        var other = store().open(federated(user, someOrganization()), LIMITS, soon());

        store().endAllOfOrganization(organization, soon());
        engine().pass(Duration.ofMillis(5));
        var later = store().open(federated(user, organization), LIMITS, soon());

        assertThat(store().find(cut.cookieValue(), soon())).isEmpty();
        assertThat(store().findById(cut.session().id(), soon())).isEmpty();
        assertThat(store().join(cut.session().id(), new Participant("oidc", "a", AUTH_TIME), soon())).isFalse();
        assertThat(store().find(other.cookieValue(), soon())).isPresent();
        assertThat(store().find(later.cookieValue(), soon())).isPresent();
        assertThat(store().ofUser("main", user, soon()))
                .extracting(Session::id)
                .containsExactly(later.session().id(), other.session().id());
        assertThat(store().end(cut.session().id(), "logout", soon())).isEmpty();
    }

    @Test
    void renewalDoesNotBringBackWhatWasEndedWithItsOrganization() {
        var user = someUser();
        var organization = someOrganization();
        var opened = store().open(federated(user, organization), LIMITS, soon());
        store().endAllOfOrganization(organization, soon());

        var renewed = store().renew(opened.session().id(), federated(user, someOrganization()), soon());

        assertThat(renewed).isEmpty();
        assertThat(store().findById(opened.session().id(), soon())).isEmpty();
    }
}
