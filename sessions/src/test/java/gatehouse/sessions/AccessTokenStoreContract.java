package gatehouse.sessions;

import static gatehouse.sessions.Fixtures.federated;
import static gatehouse.sessions.Fixtures.someOrganization;
import static gatehouse.sessions.Fixtures.someUser;
import static gatehouse.sessions.Fixtures.soon;
import static org.assertj.core.api.Assertions.assertThat;

import gatehouse.spi.OrganizationId;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** What every {@link AccessTokenStore} must do. A new store extends it and adds nothing. */
public abstract class AccessTokenStoreContract {

    protected abstract EngineUnderTest engine();

    private AccessTokenStore store() {
        return engine().stores().accessTokens();
    }

    private SessionId session(OrganizationId organization) {
        return engine().stores().sessions()
                .open(federated(someUser(), organization), SessionLimits.DEFAULTS, soon())
                .session()
                .id();
    }

    private static String jti() {
        return UUID.randomUUID().toString();
    }

    @Test
    void tokenStandsWithoutSessionAndWithALiveOne() {
        var session = session(someOrganization());
        var family = engine().stores().codes().newFamily(session);

        assertThat(store().stands(jti(), Optional.empty(), Optional.empty(), soon())).isTrue();
        assertThat(store().stands(jti(), Optional.of(session), Optional.empty(), soon())).isTrue();
        assertThat(store().stands(jti(), Optional.empty(), Optional.of(family), soon())).isTrue();
        assertThat(store().stands(jti(), Optional.of(session), Optional.of(family), soon())).isTrue();
    }

    @Test
    void tokenFallsWithItsSession() {
        var session = session(someOrganization());

        engine().stores().sessions().end(session, "logout", soon());

        assertThat(store().stands(jti(), Optional.of(session), Optional.empty(), soon())).isFalse();
    }

    @Test
    void tokenFallsWithItsOrganization() {
        var organization = someOrganization();
        var session = session(organization);

        engine().stores().sessions().endAllOfOrganization(organization, soon());

        assertThat(store().stands(jti(), Optional.of(session), Optional.empty(), soon())).isFalse();
    }

    @Test
    void tokenOfAnInventedSessionDoesNotStand() {
        var invented = new SessionId("00" + "A".repeat(22));

        assertThat(store().stands(jti(), Optional.of(invented), Optional.empty(), soon())).isFalse();
    }

    @Test
    void revokedTokenDoesNotStandAndOthersDo() {
        for (var session : List.of(Optional.<SessionId>empty(), Optional.of(session(someOrganization())))) {
            var revoked = jti();
            var until = engine().clock().instant().plusSeconds(60);

            store().revoke(revoked, session, until, soon());
            store().revoke(revoked, session, until, soon());

            assertThat(store().stands(revoked, session, Optional.empty(), soon())).isFalse();
            assertThat(store().stands(jti(), session, Optional.empty(), soon())).isTrue();
        }
    }

    @Test
    void revokedTokenOfAFamilyWithoutSessionDoesNotStand() {
        var family = engine().stores().codes().newFamily(session(someOrganization()));
        var revoked = jti();

        store().revoke(revoked, Optional.empty(), engine().clock().instant().plusSeconds(60), soon());

        assertThat(store().stands(revoked, Optional.empty(), Optional.of(family), soon())).isFalse();
        assertThat(store().stands(jti(), Optional.empty(), Optional.of(family), soon())).isTrue();
    }

    @Test
    void revocationIsForgottenWhenTheTokenIsDeadAnyway() {
        var revoked = jti();

        store().revoke(revoked, Optional.empty(), engine().clock().instant().plusMillis(80), soon());
        engine().pass(Duration.ofMillis(150));

        assertThat(store().stands(revoked, Optional.empty(), Optional.empty(), soon())).isTrue();
    }
}
