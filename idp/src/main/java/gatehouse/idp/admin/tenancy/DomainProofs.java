package gatehouse.idp.admin.tenancy;

import com.fasterxml.jackson.core.JsonProcessingException;
import gatehouse.idp.admin.resource.Editor;
import gatehouse.idp.audit.AuditAction;
import gatehouse.idp.audit.AuditEvent;
import gatehouse.idp.audit.AuditRecord;
import gatehouse.idp.schema.RecordJson;
import gatehouse.idp.sql.Database;
import gatehouse.idp.sql.RowRefused;
import gatehouse.idp.sql.Rows;
import gatehouse.idp.sql.SqlAudit;
import gatehouse.idp.sql.Transaction;
import gatehouse.idp.tenancy.DomainClaim;
import gatehouse.idp.tenancy.domain.DomainFinding;
import gatehouse.idp.tenancy.domain.DomainProof;
import gatehouse.spi.Deadline;
import gatehouse.spi.OrganizationId;
import java.sql.Timestamp;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Has claims on domains proved, and proved again: what DNS shows decides, whoever asked. A proof that is gone is missed
 * for {@link #GRACE} before the domain falls, since records are deleted by mistake; a claim that an operator vouches
 * for is not asked about again.
 */
public final class DomainProofs {

    /** How long a domain stays verified although its record is gone. */
    public static final Duration GRACE = Duration.ofDays(7);

    private final Rows<DomainClaim> claims;
    private final Database database;
    private final SqlAudit audit;
    private final DomainProof proof;
    private final InstantSource clock;

    public DomainProofs(Rows<DomainClaim> claims, Database database, SqlAudit audit, DomainProof proof,
            InstantSource clock) {
        this.claims = claims;
        this.database = database;
        this.audit = audit;
        this.proof = proof;
        this.clock = clock;
    }

    /** What a look came to. @param claim as it is now */
    public record Checked(DomainFinding finding, DomainClaim claim) {}

    /**
     * Looks for the proof of {@code claim} now, notes what was seen, and draws the consequence.
     *
     * @throws RowRefused if another organization of the issuer has the domain verified, or the claim was changed
     *     meanwhile
     * @throws gatehouse.spi.Unavailable if not even the resolver answers: nothing is concluded from that
     */
    public Checked check(DomainClaim claim, Editor.Call call, Deadline deadline) {
        // Before the transaction: nobody waits for a foreign server while holding a row.
        var finding = proof.look(claim, deadline);
        return database.inTransaction(deadline, transaction -> {
            var current = claims.find(transaction.handle(), scopeOf(claim), claim.name())
                    .filter(now -> now.challenge().equals(claim.challenge()))
                    .orElseThrow(() -> new RowRefused(RowRefused.Cause.CHANGED_MEANWHILE, "domain_claim"));
            var failingSince = note(transaction, current, finding);
            return new Checked(finding, consequence(transaction, current, finding, failingSince, call));
        });
    }

    private DomainClaim consequence(Transaction transaction, DomainClaim claim, DomainFinding finding,
            Optional<Instant> failedBefore, Editor.Call call) {
        if (finding.isProved()) {
            return claim.verified() ? claim
                    : changed(transaction, claim.proved(Optional.of(clock.instant())), AuditAction.DOMAIN_VERIFIED,
                            finding, call);
        }
        if (!claim.verified() || claim.vouched()) {
            return claim;
        }
        if (failedBefore.isEmpty()) {
            record(transaction, claim, AuditAction.DOMAIN_FAILING, finding, call);
            return claim;
        }
        return failedBefore.get().plus(GRACE).isAfter(clock.instant()) ? claim
                : changed(transaction, claim.proved(Optional.empty()), AuditAction.DOMAIN_FELL, finding, call);
    }

    private DomainClaim changed(Transaction transaction, DomainClaim claim, AuditAction action, DomainFinding finding,
            Editor.Call call) {
        var stored = claims.update(transaction, claim);
        record(transaction, stored, action, finding, call);
        return stored;
    }

    /** Keeps what was seen. Answers since when the proof has been missed, as it was before this look. */
    private Optional<Instant> note(Transaction transaction, DomainClaim claim, DomainFinding finding) {
        var before = transaction.handle().createQuery("SELECT failing_since FROM domain_check" + OF_CLAIM)
                .bind("issuer", claim.issuer()).bind("organization", claim.organization().value())
                .bind("id", claim.name())
                .map((row, _) -> Optional.ofNullable(row.getTimestamp(1)).map(at -> at.toInstant()))
                .findOne().flatMap(since -> since);
        transaction.handle().createUpdate("INSERT INTO domain_check"
                        + " (issuer, organization, id, first_at, checked_at, failing_since, finding)"
                        + " VALUES (:issuer, :organization, :id, :now, :now,"
                        + "   CASE WHEN :missed THEN :now::timestamptz END, :finding::jsonb)"
                        + " ON CONFLICT (issuer, organization, id) DO UPDATE SET checked_at = :now,"
                        + "   failing_since = CASE WHEN :missed THEN coalesce(domain_check.failing_since, :now) END,"
                        + "   finding = excluded.finding")
                .bind("issuer", claim.issuer()).bind("organization", claim.organization().value())
                .bind("id", claim.name()).bind("now", Timestamp.from(clock.instant()))
                .bind("missed", claim.verified() && !finding.isProved())
                .bind("finding", RecordJson.write(finding).toString())
                .execute();
        return before;
    }

    private void record(Transaction transaction, DomainClaim claim, AuditAction action, DomainFinding finding,
            Editor.Call call) {
        var event = AuditEvent.of(action, claim.issuer(), call.traceId())
                .organization(Optional.of(claim.organization())).address(call.address())
                .details(Map.of("kind", "domain", "id", claim.name(), "verdict", finding.verdict().toString()));
        audit.write(transaction, new AuditRecord(0, clock.instant(), Optional.of(call.admin().name()), event));
    }

    /** What was last seen for a claim, if it was ever looked for. */
    public Optional<DomainFinding> last(DomainClaim claim, Deadline deadline) {
        return database.read(deadline, sql -> sql.createQuery("SELECT finding::text FROM domain_check" + OF_CLAIM
                        + " AND finding IS NOT NULL")
                .bind("issuer", claim.issuer()).bind("organization", claim.organization().value())
                .bind("id", claim.name()).mapTo(String.class).findOne()
                .map(json -> read(json)));
    }

    private static DomainFinding read(String json) {
        try {
            return RecordJson.read(RecordJson.MAPPER.readTree(json), DomainFinding.class);
        } catch (JsonProcessingException broken) {
            throw new IllegalStateException("a JSON column is not readable", broken);
        }
    }

    /**
     * Takes the claims that are due for another look, so that no other node does the same: proved ones daily, new ones
     * after a minute, then ever more seldom, hourly at last, for a week.
     */
    List<DomainClaim> takeDue(int most, Deadline deadline) {
        return database.inTransaction(deadline, transaction -> {
            var now = Timestamp.from(clock.instant());
            transaction.handle().createUpdate("INSERT INTO domain_check (issuer, organization, id, first_at)"
                            + " SELECT issuer, organization, id, :now FROM domain_claim ON CONFLICT DO NOTHING")
                    .bind("now", now).execute();
            return transaction.handle().createQuery(TAKE_DUE).bind("now", now).bind("most", most)
                    .map((row, _) -> claims.find(transaction.handle(), new Rows.Scope(row.getString(1),
                            Optional.of(new OrganizationId(row.getString(2)))), row.getString(3)))
                    .list().stream().flatMap(Optional::stream).toList();
        });
    }

    private static Rows.Scope scopeOf(DomainClaim claim) {
        return new Rows.Scope(claim.issuer(), Optional.of(claim.organization()));
    }

    private static final String OF_CLAIM = " WHERE issuer = :issuer AND organization = :organization AND id = :id";

    private static final String TAKE_DUE = """
            UPDATE domain_check SET checked_at = :now WHERE (issuer, organization, id) IN (
              SELECT k.issuer, k.organization, k.id
              FROM domain_check k JOIN domain_claim c USING (issuer, organization, id)
              WHERE c.verified AND NOT (c.body ->> 'vouched')::boolean
                  AND coalesce(k.checked_at, k.first_at) < :now::timestamptz - interval '1 day'
                OR NOT c.verified AND k.first_at > :now::timestamptz - interval '7 days'
                  AND coalesce(k.checked_at, k.first_at) < :now::timestamptz
                    - least(greatest((:now::timestamptz - k.first_at) / 10, interval '1 minute'), interval '1 hour')
              ORDER BY k.checked_at NULLS FIRST LIMIT :most FOR UPDATE OF k SKIP LOCKED)
            RETURNING issuer, organization, id""";
}
