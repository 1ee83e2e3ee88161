package gatehouse.sessions;

import static gatehouse.sessions.Fixtures.CLIENT;
import static gatehouse.sessions.Fixtures.atOnce;
import static gatehouse.sessions.Fixtures.family;
import static gatehouse.sessions.Fixtures.federated;
import static gatehouse.sessions.Fixtures.offlineFamily;
import static gatehouse.sessions.Fixtures.someOrganization;
import static gatehouse.sessions.Fixtures.someUser;
import static gatehouse.sessions.Fixtures.soon;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import gatehouse.sessions.Rotation.Replayed;
import gatehouse.sessions.Rotation.Retried;
import gatehouse.sessions.Rotation.Rotated;
import gatehouse.sessions.Rotation.Unknown;
import gatehouse.spi.ClientId;
import gatehouse.spi.OrganizationId;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What every {@link RefreshFamilyStore} must do. A new store extends it and adds nothing. */
public abstract class RefreshFamilyStoreContract {

    private static final Duration GRACE = EngineUnderTest.CONFIG.refreshGrace();
    private static final Duration ACCESS_TOKEN = Duration.ofMinutes(5);

    protected abstract EngineUnderTest engine();

    private RefreshFamilyStore store() {
        return engine().stores().families();
    }

    private SessionStore sessions() {
        return engine().stores().sessions();
    }

    private Session session(OrganizationId organization) {
        return sessions().open(federated(someUser(), organization), SessionLimits.DEFAULTS, soon()).session();
    }

    private Instant tomorrow() {
        return engine().clock().instant().plus(Duration.ofDays(1));
    }

    private RefreshFamily someFamily() {
        var session = session(someOrganization());
        return family(session, engine().stores().codes().newFamily(session.id()), tomorrow());
    }

    private RefreshFamily someOfflineFamily() {
        var session = session(someOrganization());
        return offlineFamily(session, engine().stores().codes().newFamily(session.id()), tomorrow());
    }

    @Test
    void currentTokenIsSpentForItsSuccessor() {
        for (var family : List.of(someFamily(), someOfflineFamily())) {
            var token = store().open(family, soon());

            for (var i = 0; i < 5; i++) {
                var rotation = (Rotated) store().rotate(token, CLIENT, soon());
                assertThat(rotation.family()).isEqualTo(family);
                assertThat(rotation.next()).isNotEqualTo(token);
                token = rotation.next();
            }
        }
    }

    @Test
    void concurrentRefreshesMakeOneChain() throws Exception {
        var token = store().open(someFamily(), soon());

        for (var round = 0; round < 3; round++) {
            var current = token;
            var outcomes = atOnce(8, () -> store().rotate(current, CLIENT, soon()));

            assertThat(outcomes).filteredOn(Rotated.class::isInstance).hasSize(1);
            assertThat(outcomes).filteredOn(Retried.class::isInstance).hasSize(7);
            var successors = outcomes.stream().map(RefreshFamilyStoreContract::next).distinct().toList();
            assertThat(successors).hasSize(1);
            token = successors.getFirst();
        }
        assertThat(store().rotate(token, CLIENT, soon())).isInstanceOf(Rotated.class);
    }

    @Test
    void retryWithinTheGraceGetsTheSameSuccessorAgain() {
        var token = store().open(someFamily(), soon());
        var next = next(store().rotate(token, CLIENT, soon()));

        var retried = (Retried) store().rotate(token, CLIENT, soon());

        assertThat(retried.next()).isEqualTo(next);
        assertThat(store().rotate(next, CLIENT, soon())).isInstanceOf(Rotated.class);
    }

    @Test
    void replayAfterTheGraceRevokesTheFamilyAndEndsItsSession() {
        var family = someFamily();
        var stolen = store().open(family, soon());
        var current = next(store().rotate(stolen, CLIENT, soon()));
        var session = family.session().orElseThrow();
        engine().pass(GRACE.plusMillis(100));

        assertThat(store().rotate(stolen, CLIENT, soon())).isEqualTo(new Replayed(family.id()));

        assertThat(store().rotate(current, CLIENT, soon())).isEqualTo(new Unknown());
        assertThat(store().rotate(stolen, CLIENT, soon())).isEqualTo(new Unknown());
        assertThat(store().find(current, soon())).isEmpty();
        assertThat(sessions().findById(session, soon())).isEmpty();
        assertThat(engine().stores().accessTokens().stands("jti", Optional.of(session), Optional.empty(), soon()))
                .isFalse();
    }

    @Test
    void replayOfAnOfflineTokenKillsTheFamilysAccessTokens() {
        var family = someOfflineFamily();
        var stolen = store().open(family, soon());
        var second = next(store().rotate(stolen, CLIENT, soon()));
        store().rotate(second, CLIENT, soon());
        var tokens = engine().stores().accessTokens();
        assertThat(tokens.stands("jti", Optional.empty(), Optional.of(family.id()), soon())).isTrue();

        // two generations old: no grace, however fresh
        assertThat(store().rotate(stolen, CLIENT, soon())).isEqualTo(new Replayed(family.id()));

        assertThat(tokens.stands("jti", Optional.empty(), Optional.of(family.id()), soon())).isFalse();
    }

    @Test
    void ofConcurrentReplaysOneIsCountedAndNoneSucceeds() throws Exception {
        var family = someFamily();
        var stolen = store().open(family, soon());
        var second = next(store().rotate(stolen, CLIENT, soon()));
        store().rotate(second, CLIENT, soon());

        var outcomes = atOnce(16, () -> store().rotate(stolen, CLIENT, soon()));

        assertThat(outcomes).filteredOn(new Replayed(family.id())::equals).hasSize(1);
        assertThat(outcomes).filteredOn(new Unknown()::equals).hasSize(15);
    }

    @Test
    void foreignClientSpendsAndRevokesNothing() {
        var family = someFamily();
        var first = store().open(family, soon());
        var second = next(store().rotate(first, CLIENT, soon()));
        var third = next(store().rotate(second, CLIENT, soon()));
        var foreign = new ClientId("mallory");

        assertThat(store().rotate(third, foreign, soon())).isEqualTo(new Unknown());
        assertThat(store().rotate(first, foreign, soon())).isEqualTo(new Unknown());

        assertThat(store().rotate(third, CLIENT, soon())).isInstanceOf(Rotated.class);
    }

    @Test
    void forgedAndMalformedTokensAreUnknownAndRevokeNothing() {
        var family = someFamily();
        var token = store().open(family, soon());
        var other = store().open(someFamily(), soon());
        var withOtherTail = token.substring(0, token.length() - 70) + other.substring(other.length() - 70);
        var beforeEnd = token.length() - 10;
        var flipped = token.charAt(beforeEnd) == 'A' ? 'B' : 'A';
        var hostile = List.of(
                "",
                "v1.",
                "v1." + family.id() + "..",
                withOtherTail,
                token.substring(0, beforeEnd) + flipped + token.substring(beforeEnd + 1),
                token.replace("." + family.session().orElseThrow() + ".", ".."),
                token + "A",
                token.substring(0, token.length() - 1),
                token.replaceFirst("v1", "v2"),
                "A".repeat(100_000),
                "\0".repeat(token.length()));

        assertThat(hostile).allSatisfy(value -> {
            assertThat(store().rotate(value, CLIENT, soon())).isEqualTo(new Unknown());
            assertThat(store().find(value, soon())).isEmpty();
        });
        assertThat(store().rotate(token, CLIENT, soon())).isInstanceOf(Rotated.class);
    }

    @Test
    void familyDiesWithItsSession() {
        var family = someFamily();
        var token = store().open(family, soon());

        sessions().end(family.session().orElseThrow(), "logout", soon());

        assertThat(store().find(token, soon())).isEmpty();
        assertThat(store().rotate(token, CLIENT, soon())).isEqualTo(new Unknown());
    }

    @Test
    void offlineFamilyOutlivesTheSession() {
        var session = session(someOrganization());
        var family = offlineFamily(session, engine().stores().codes().newFamily(session.id()), tomorrow());
        var token = store().open(family, soon());

        sessions().end(session.id(), "logout", soon());

        assertThat(store().find(token, soon())).contains(family);
        assertThat(store().rotate(token, CLIENT, soon())).isInstanceOf(Rotated.class);
    }

    @Test
    void endingAnOrganizationEndsItsFamilies() {
        var organization = someOrganization();
        var session = session(organization);
        var codes = engine().stores().codes();
        var bound = family(session, codes.newFamily(session.id()), tomorrow());
        var offline = offlineFamily(session, codes.newFamily(session.id()), tomorrow());
        var tokens = List.of(store().open(bound, soon()), store().open(offline, soon()));

        sessions().endAllOfOrganization(organization, soon());

        assertThat(tokens).allSatisfy(token -> {
            assertThat(store().find(token, soon())).isEmpty();
            assertThat(store().rotate(token, CLIENT, soon())).isEqualTo(new Unknown());
        });
        assertThat(engine().stores().accessTokens().stands("j", Optional.empty(), Optional.of(offline.id()), soon()))
                .isFalse();
    }

    @Test
    void familyExpires() {
        var session = session(someOrganization());
        var id = engine().stores().codes().newFamily(session.id());
        var token = store().open(family(session, id, engine().clock().instant().plusMillis(100)), soon());

        engine().pass(Duration.ofMillis(150));

        assertThat(store().find(token, soon())).isEmpty();
        assertThat(store().rotate(token, CLIENT, soon())).isEqualTo(new Unknown());
    }

    @Test
    void onlyTheCurrentTokenIsFoundAndFindingSpendsNothing() {
        var family = someFamily();
        var first = store().open(family, soon());
        assertThat(store().find(first, soon())).contains(family);
        assertThat(store().find(first, soon())).contains(family);

        var second = next(store().rotate(first, CLIENT, soon()));

        assertThat(store().find(first, soon())).isEmpty();
        assertThat(store().find(second, soon())).contains(family);
    }

    @Test
    void revokedFamilyIsGoneAndItsAccessTokensWithIt() {
        var family = someFamily();
        var token = store().open(family, soon());
        var tokens = engine().stores().accessTokens();
        assertThat(tokens.stands("jti", family.session(), Optional.of(family.id()), soon())).isTrue();

        store().revoke(family.id(), ACCESS_TOKEN, soon());
        store().revoke(family.id(), ACCESS_TOKEN, soon());

        assertThat(store().rotate(token, CLIENT, soon())).isEqualTo(new Unknown());
        assertThat(store().find(token, soon())).isEmpty();
        assertThat(tokens.stands("jti", family.session(), Optional.of(family.id()), soon())).isFalse();
        assertThat(sessions().findById(family.session().orElseThrow(), soon())).isPresent();
    }

    @Test
    void familyRevokedBeforeItIsOpenedStaysDead() {
        var family = someFamily();
        store().revoke(family.id(), Duration.ZERO, soon()); // a replay overtook the first use of its code

        var token = store().open(family, soon());

        assertThat(store().rotate(token, CLIENT, soon())).isEqualTo(new Unknown());
    }

    @Test
    void familyIsOpenedOnce() {
        var family = someFamily();
        var token = store().open(family, soon());

        assertThatThrownBy(() -> store().open(family, soon())).isInstanceOf(IllegalStateException.class);

        assertThat(store().rotate(token, CLIENT, soon())).isInstanceOf(Rotated.class);
    }

    private static String next(Rotation rotation) {
        return switch (rotation) {
            case Rotated(var _, var next) -> next;
            case Retried(var _, var next) -> next;
            case Replayed replayed -> throw new AssertionError(replayed);
            case Unknown unknown -> throw new AssertionError(unknown);
        };
    }
}
