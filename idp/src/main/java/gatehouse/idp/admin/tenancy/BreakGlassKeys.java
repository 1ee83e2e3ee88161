package gatehouse.idp.admin.tenancy;

import gatehouse.idp.admin.resource.Editor;
import gatehouse.idp.audit.AuditAction;
import gatehouse.idp.audit.AuditEvent;
import gatehouse.idp.audit.AuditRecord;
import gatehouse.idp.sql.Database;
import gatehouse.idp.sql.Rows;
import gatehouse.idp.sql.SqlAudit;
import gatehouse.idp.tenancy.BreakGlassAccount;
import gatehouse.idp.tenancy.Organization;
import gatehouse.spi.Deadline;
import gatehouse.spi.UserId;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Activates break-glass accounts: for a while, on record, and loudly. */
public final class BreakGlassKeys {

    /** Longest time of one activation. */
    public static final Duration LONGEST = Duration.ofHours(24);

    private static final Logger LOG = LoggerFactory.getLogger(BreakGlassKeys.class);

    private final Rows<Organization> organizations;
    private final Database database;
    private final SqlAudit audit;
    private final InstantSource clock;

    public BreakGlassKeys(Rows<Organization> organizations, Database database, SqlAudit audit, InstantSource clock) {
        this.organizations = organizations;
        this.database = database;
        this.audit = audit;
        this.clock = clock;
    }

    /**
     * Activates {@code user} for {@code time}; none: deactivates. Answers the organization as it is now; empty if there
     * is no such organization in {@code scope}, or it does not name the user.
     */
    public Optional<Organization> activate(
            Rows.Scope scope, String organization, UserId user, Duration time, Editor.Call call, Deadline deadline) {
        if (time.isNegative() || time.compareTo(LONGEST) > 0) {
            throw new IllegalArgumentException("an activation is of 0.." + LONGEST.toSeconds() + " seconds");
        }
        return database.inTransaction(deadline, transaction ->
                organizations.find(transaction.handle(), scope, organization)
                        .filter(found -> found.breakGlass().stream().anyMatch(named -> named.user().equals(user)))
                        .map(found -> {
                            var until = time.isZero() ? Optional.<Instant>empty()
                                    : Optional.of(clock.instant().plus(time));
                            var stored = organizations.update(transaction, activated(found, user, until));
                            audit.write(transaction, record(stored, user, until, call));
                            LOG.warn("Break-glass: {} of organization {} is activated until {}", user, organization,
                                    until.map(Instant::toString).orElse("now"));
                            return stored;
                        }));
    }

    private AuditRecord record(Organization organization, UserId user, Optional<Instant> until, Editor.Call call) {
        return new AuditRecord(0, clock.instant(), Optional.of(call.admin().name()),
                AuditEvent.of(AuditAction.BREAKGLASS_ACTIVATED, organization.issuer(), call.traceId())
                        .organization(Optional.of(organization.id())).user(user).address(call.address())
                        .details(Map.of("until", until.map(Instant::toString).orElse("now"))));
    }

    private static Organization activated(Organization was, UserId user, Optional<Instant> until) {
        var accounts = was.breakGlass().stream()
                .map(named -> named.user().equals(user) ? new BreakGlassAccount(user, until) : named).toList();
        return new Organization(was.id(), was.issuer(), was.displayName(), was.enabled(), was.policy(), accounts,
                was.version());
    }
}
