package gatehouse.sessions;

import static gatehouse.sessions.Fixtures.AUTH_TIME;
import static gatehouse.sessions.Fixtures.atOnce;
import static gatehouse.sessions.Fixtures.federated;
import static gatehouse.sessions.Fixtures.local;
import static gatehouse.sessions.Fixtures.someOrganization;
import static gatehouse.sessions.Fixtures.someUser;
import static gatehouse.sessions.Fixtures.soon;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import gatehouse.spi.Deadline;
import gatehouse.spi.DeadlineExceeded;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What every {@link SessionStore} must do. A new store extends it and adds nothing. */
public abstract class SessionStoreContract {

    private static final SessionLimits LIMITS = SessionLimits.DEFAULTS;

    protected abstract EngineUnderTest engine();

    private SessionStore store() {
        return engine().stores().sessions();
    }

    @Test
    void openedSessionIsFoundByItsCookieAndByItsId() {
        var authentication = federated(someUser(), someOrganization());

        var opened = store().open(authentication, LIMITS, soon());

        var session = opened.session();
        assertThat(session.authentication()).isEqualTo(authentication);
        assertThat(session.participants()).isEmpty();
        assertThat(session.generation()).isZero();
        assertThat(Duration.between(session.createdAt(), session.expiresAt()))
                .isBetween(LIMITS.absolute().minusSeconds(1), LIMITS.absolute());
        assertThat(opened.cookieValue()).startsWith("v1." + session.id() + ".").hasSize(71);
        assertThat(store().find(opened.cookieValue(), soon())).contains(session);
        assertThat(store().findById(session.id(), soon())).contains(session);
    }

    @Test
    void sessionOpenedForARelyingPartyHasItAsItsFirstParticipant() {
        var first = new Participant("oidc", "first", AUTH_TIME);
        var opened = store().open(federated(someUser(), someOrganization()), LIMITS, Optional.of(first), soon());

        var session = opened.session();
        assertThat(session.participants()).containsExactly(first);
        assertThat(store().find(opened.cookieValue(), soon())).contains(session);
        assertThat(store().join(session.id(), new Participant("oidc", "first", AUTH_TIME.plusSeconds(5)), soon()))
                .isTrue();
        assertThat(store().findById(session.id(), soon())).contains(session);
        var second = new Participant("saml", "first", AUTH_TIME);
        assertThat(store().join(session.id(), second, soon())).isTrue();
        assertThat(store().end(session.id(), "test", soon()).orElseThrow().participants())
                .containsExactly(first, second);
    }

    @Test
    void sessionOfLocalUserComesBackAsItWas() {
        var user = new gatehouse.spi.UserId("Zoë/ж"); // not a UUID, not ASCII
        var odd = new Authentication(
                "partners", user, Optional.empty(), Optional.empty(), AUTH_TIME, "urn:example:acr", List.of());

        var opened = store().open(odd, LIMITS, soon());

        assertThat(store().find(opened.cookieValue(), soon()).orElseThrow().authentication()).isEqualTo(odd);
    }

    @Test
    void cookieWithAnotherSecretOpensNothing() {
        var opened = store().open(local(someUser()), LIMITS, soon());
        var cookie = opened.cookieValue();
        var last = cookie.charAt(cookie.length() - 1);
        var forged = cookie.substring(0, cookie.length() - 1) + (last == 'A' ? 'B' : 'A');

        assertThat(store().find(forged, soon())).isEmpty();
        assertThat(store().find(cookie, soon())).isPresent();
    }

    @Test
    void malformedCookiesAreSimplyNotFound() {
        var cookie = store().open(local(someUser()), LIMITS, soon()).cookieValue();
        var hostile = List.of(
                "",
                "v1",
                "v1..",
                cookie + "A",
                cookie.substring(0, cookie.length() - 1),
                cookie.replaceFirst("v1", "v2"),
                cookie.toUpperCase(java.util.Locale.ROOT),
                cookie.replace('.', ':'),
                cookie.substring(0, 70) + "*",
                cookie.substring(0, 70) + "é",
                "v1.zz" + cookie.substring(5),
                "A".repeat(100_000),
                "v1." + "\0".repeat(68));

        assertThat(hostile).allSatisfy(value -> assertThat(store().find(value, soon())).isEmpty());
    }

    @Test
    void unusedSessionEndsAfterItsIdleLimit() {
        var limits = new SessionLimits(Duration.ofSeconds(1), Duration.ofHours(1), 10);
        var opened = store().open(local(someUser()), limits, soon());

        engine().pass(Duration.ofMillis(1_200));

        assertThat(store().find(opened.cookieValue(), soon())).isEmpty();
        assertThat(store().findById(opened.session().id(), soon())).isEmpty();
        assertThat(store().join(opened.session().id(), participant("a"), soon())).isFalse();
        assertThat(store().end(opened.session().id(), "logout", soon())).isEmpty();
    }

    @Test
    void useExtendsASessionAndOnlyLookingDoesNot() {
        var limits = new SessionLimits(Duration.ofSeconds(2), Duration.ofHours(1), 10);
        var used = store().open(local(someUser()), limits, soon());
        var looked = store().open(local(someUser()), limits, soon());

        engine().pass(Duration.ofMillis(1_200));
        assertThat(store().find(used.cookieValue(), soon())).isPresent();
        assertThat(store().findById(looked.session().id(), soon())).isPresent();
        engine().pass(Duration.ofMillis(1_100));

        assertThat(store().find(used.cookieValue(), soon())).isPresent();
        assertThat(store().find(looked.cookieValue(), soon())).isEmpty();
    }

    @Test
    void useDoesNotExtendASessionBeyondItsAbsoluteEnd() {
        var limits = new SessionLimits(Duration.ofSeconds(2), Duration.ofSeconds(2), 10);
        var opened = store().open(local(someUser()), limits, soon());

        engine().pass(Duration.ofMillis(900));
        store().find(opened.cookieValue(), soon());
        engine().pass(Duration.ofMillis(1_200));

        assertThat(store().find(opened.cookieValue(), soon())).isEmpty();
    }

    @Test
    void renewalChangesTheCookieAndKeepsTheSession() {
        var user = someUser();
        var organization = someOrganization();
        var opened = store().open(local(user), LIMITS, soon());
        var id = opened.session().id();
        store().join(id, participant("a"), soon());

        var stronger = federated(user, organization);
        var renewed = store().renew(id, stronger, soon()).orElseThrow();

        assertThat(renewed.cookieValue()).isNotEqualTo(opened.cookieValue());
        assertThat(renewed.session().id()).isEqualTo(id);
        assertThat(renewed.session().authentication()).isEqualTo(stronger);
        assertThat(renewed.session().participants()).containsExactly(participant("a"));
        assertThat(renewed.session().createdAt()).isEqualTo(opened.session().createdAt());
        assertThat(renewed.session().expiresAt()).isEqualTo(opened.session().expiresAt());
        assertThat(renewed.session().generation()).isEqualTo(2);
        assertThat(store().find(opened.cookieValue(), soon())).isEmpty();
        assertThat(store().find(renewed.cookieValue(), soon())).contains(renewed.session());
    }

    @Test
    void sessionIsNotRenewedForAnotherUserOrAfterItsEnd() {
        var user = someUser();
        var opened = store().open(local(user), LIMITS, soon());
        var id = opened.session().id();

        for (var i = 0; i < 300; i++) { // some of them share the shard
            assertThat(store().renew(id, local(someUser()), soon())).isEmpty();
        }
        assertThat(store().find(opened.cookieValue(), soon())).contains(opened.session());
        store().end(id, "logout", soon());
        assertThat(store().renew(id, local(user), soon())).isEmpty();
    }

    @Test
    void ofConcurrentRenewalsOneCookieOpensTheSession() throws Exception {
        var user = someUser();
        var id = store().open(local(user), LIMITS, soon()).session().id();

        var renewed = atOnce(16, () -> store().renew(id, local(user), soon()).orElseThrow());

        assertThat(renewed).filteredOn(r -> store().find(r.cookieValue(), soon()).isPresent()).hasSize(1);
        assertThat(store().findById(id, soon()).orElseThrow().generation()).isEqualTo(16);
    }

    @Test
    void partyJoinsOnce() throws Exception {
        var id = store().open(local(someUser()), LIMITS, soon()).session().id();

        var alive = atOnce(16, () -> store().join(id, participant("a"), soon()));
        store().join(id, new Participant("saml", "a", AUTH_TIME), soon());

        assertThat(alive).containsOnly(true);
        assertThat(store().findById(id, soon()).orElseThrow().participants())
                .containsExactly(participant("a"), new Participant("saml", "a", AUTH_TIME));
    }

    @Test
    void noPartyIsLostWhenManyJoinAtOnce() throws Exception {
        var id = store().open(local(someUser()), LIMITS, soon()).session().id();
        var next = new java.util.concurrent.atomic.AtomicInteger();

        atOnce(32, () -> store().join(id, participant("p" + next.incrementAndGet()), soon()));

        var session = store().findById(id, soon()).orElseThrow();
        assertThat(session.participants()).doesNotHaveDuplicates().hasSize(32);
        assertThat(session.generation()).isEqualTo(32);
    }

    @Test
    void pastTheLimitThePartyThatJoinedFirstMakesRoom() {
        var id = store().open(local(someUser()), LIMITS, soon()).session().id();
        for (var i = 1; i <= Session.PARTICIPANTS_MAX; i++) {
            store().join(id, participant("p" + i), soon());
        }
        var full = store().findById(id, soon()).orElseThrow();
        assertThat(full.participants()).hasSize(Session.PARTICIPANTS_MAX).startsWith(participant("p1"));

        assertThat(store().join(id, participant("one more"), soon())).isTrue();

        assertThat(store().findById(id, soon()).orElseThrow().participants())
                .hasSize(Session.PARTICIPANTS_MAX)
                .startsWith(participant("p2"))
                .endsWith(participant("one more"));
    }

    @Test
    void ofConcurrentEndsOneGetsTheSession() throws Exception {
        var opened = store().open(federated(someUser(), someOrganization()), LIMITS, soon());
        var id = opened.session().id();
        store().join(id, participant("a"), soon());

        var ended = atOnce(64, () -> store().end(id, "logout", soon()));

        assertThat(ended).filteredOn(Optional::isPresent).singleElement().satisfies(session -> {
            assertThat(session.orElseThrow().authentication()).isEqualTo(opened.session().authentication());
            assertThat(session.orElseThrow().participants()).containsExactly(participant("a"));
        });
        assertThat(store().find(opened.cookieValue(), soon())).isEmpty();
        assertThat(store().findById(id, soon())).isEmpty();
        assertThat(store().join(id, participant("b"), soon())).isFalse();
    }

    @Test
    void oversizedIdentityIsRefused() {
        var huge = new UpstreamSession(
                new gatehouse.spi.ConnectionId("c"), "x".repeat(20_000), Optional.empty(), Optional.empty());
        var authentication = new Authentication(
                "main", someUser(), Optional.empty(), Optional.of(huge), Instant.EPOCH, "1", List.of());

        assertThatThrownBy(() -> store().open(authentication, LIMITS, soon()))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void spentDeadlineIsNotSpentAgain() {
        var opened = store().open(local(someUser()), LIMITS, soon());
        var late = Deadline.after(Duration.ZERO);

        assertThatThrownBy(() -> store().find(opened.cookieValue(), late)).isInstanceOf(DeadlineExceeded.class);
        assertThatThrownBy(() -> store().open(local(someUser()), LIMITS, late)).isInstanceOf(DeadlineExceeded.class);
        assertThatThrownBy(() -> store().end(opened.session().id(), "logout", late))
                .isInstanceOf(DeadlineExceeded.class);
        assertThat(store().find(opened.cookieValue(), soon())).isPresent();
    }

    private static Participant participant(String id) {
        return new Participant("oidc", id, AUTH_TIME);
    }
}
