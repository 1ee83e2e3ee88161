package gatehouse.sessions;

import static gatehouse.sessions.Fixtures.atOnce;
import static gatehouse.sessions.Fixtures.code;
import static gatehouse.sessions.Fixtures.federated;
import static gatehouse.sessions.Fixtures.someOrganization;
import static gatehouse.sessions.Fixtures.someUser;
import static gatehouse.sessions.Fixtures.soon;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import gatehouse.sessions.Redemption.Redeemed;
import gatehouse.sessions.Redemption.Replayed;
import gatehouse.sessions.Redemption.Unknown;
import gatehouse.spi.Deadline;
import gatehouse.spi.DeadlineExceeded;
import gatehouse.spi.OrganizationId;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** What every {@link AuthorizationCodeStore} must do. A new store extends it and adds nothing. */
public abstract class AuthorizationCodeStoreContract {

    protected abstract EngineUnderTest engine();

    private AuthorizationCodeStore store() {
        return engine().stores().codes();
    }

    private AuthorizationCode codeFor(OrganizationId organization, Duration lifetime) {
        var session = engine().stores().sessions()
                .open(federated(someUser(), organization), SessionLimits.DEFAULTS, soon())
                .session();
        return code(session, store().newFamily(session.id()), engine().clock().instant().plus(lifetime));
    }

    private AuthorizationCode someCode() {
        return codeFor(someOrganization(), Duration.ofSeconds(60));
    }

    @Test
    void redeemedCodeIsWhatWasIssued() {
        var code = someCode();

        var value = store().issue(code, soon());

        assertThat(value).hasSize(45).startsWith(code.session().value().substring(0, 2));
        assertThat(store().redeem(value, soon())).isEqualTo(new Redeemed(code));
    }

    @Test
    @DisplayName("RFC 6749 §4.1.2: of many concurrent redemptions, exactly one wins")
    void codeIsRedeemedOnce() throws Exception {
        var code = someCode();
        var value = store().issue(code, soon());

        var outcomes = atOnce(64, () -> store().redeem(value, soon()));

        assertThat(outcomes).filteredOn(Redeemed.class::isInstance).hasSize(1);
        assertThat(outcomes).filteredOn(new Replayed(code.family())::equals).hasSize(63);
    }

    @Test
    void expiredCodeIsUnknown() {
        var value = store().issue(codeFor(someOrganization(), Duration.ofMillis(80)), soon());

        engine().pass(Duration.ofMillis(150));

        assertThat(store().redeem(value, soon())).isEqualTo(new Unknown());
    }

    @Test
    void spentCodeNamesItsFamilyAfterItsOwnEnd() {
        var code = codeFor(someOrganization(), Duration.ofMillis(300));
        var value = store().issue(code, soon());
        store().redeem(value, soon());

        engine().pass(Duration.ofMillis(400));

        assertThat(store().redeem(value, soon())).isEqualTo(new Replayed(code.family()));
    }

    @Test
    void codeOfAnEndedOrganizationIsUnknown() {
        var organization = someOrganization();
        var value = store().issue(codeFor(organization, Duration.ofSeconds(60)), soon());
        engine().pass(Duration.ofMillis(50));

        engine().stores().sessions().endAllOfOrganization(organization, soon());

        assertThat(store().redeem(value, soon())).isEqualTo(new Unknown());
    }

    @Test
    void whatWasNeverIssuedIsUnknown() {
        var value = store().issue(someCode(), soon());
        var hostile = List.of(
                "",
                "00",
                value.substring(1),
                value + "A",
                "zz" + value.substring(2),
                value.substring(0, 44) + "*",
                value.toUpperCase(java.util.Locale.ROOT),
                "00" + "A".repeat(43),
                "A".repeat(100_000),
                "\0".repeat(45));

        assertThat(hostile).allSatisfy(v -> assertThat(store().redeem(v, soon())).isEqualTo(new Unknown()));
    }

    @Test
    void familyLivesOnTheShardOfItsSession() {
        var code = someCode();
        assertThat(code.family().shard()).isEqualTo(code.session().shard());

        var shard = "%02x".formatted((code.session().shard() + 1) % 256);
        var elsewhere = new FamilyId(shard + code.family().value().substring(2));
        var astray = code(
                new Session(code.session(), code.authentication(), List.of(), code.expiresAt(), code.expiresAt(),
                        code.expiresAt(), 0),
                elsewhere,
                code.expiresAt());

        assertThatThrownBy(() -> store().issue(astray, soon())).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void spentDeadlineSpendsNoCode() {
        var code = someCode();
        var value = store().issue(code, soon());

        assertThatThrownBy(() -> store().redeem(value, Deadline.after(Duration.ZERO)))
                .isInstanceOf(DeadlineExceeded.class);

        assertThat(store().redeem(value, soon())).isEqualTo(new Redeemed(code));
    }
}
