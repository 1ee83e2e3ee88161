package gatehouse.idp.watch;

import com.fasterxml.jackson.databind.node.ObjectNode;
import gatehouse.idp.audit.AuditAction;
import gatehouse.idp.sql.watch.MetadataRow;
import gatehouse.idp.sql.watch.MetadataRow.Accepted;
import gatehouse.idp.sql.watch.MetadataRow.Held;
import gatehouse.idp.upstream.metadata.Drift;
import gatehouse.idp.upstream.metadata.Drift.Difference;
import gatehouse.idp.upstream.metadata.MetadataRefused;
import gatehouse.idp.upstream.metadata.PublishedMetadata;
import gatehouse.idp.upstream.metadata.PublishedMetadata.Candidate;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;

/** Decides what becomes of a document that was fetched: used, held for an administrator, or nothing new. */
final class MetadataJudge {

    /**
     * What was decided.
     *
     * @param row    the row as it is to be
     * @param action what is to be audited, if anything happened
     * @param drift  what is different
     */
    record Verdict(MetadataRow row, Optional<AuditAction> action, Drift drift) {

        /** Whether logins are to use another document than {@code before} says. */
        boolean changes(MetadataRow before) {
            return !row.accepted().map(Accepted::digest).equals(before.accepted().map(Accepted::digest));
        }
    }

    private static final Drift NOTHING = new Drift(List.of());

    private MetadataJudge() {
    }

    /**
     * The verdict on {@code candidate}.
     *
     * @throws MetadataRefused if logins could not use it: what was accepted stays
     */
    static Verdict judge(
            PublishedMetadata protocol, ObjectNode settings, MetadataRow row, Candidate candidate, Instant now) {
        if (row.accepted().isEmpty()) {
            var first = row.accepting(accepted(protocol, settings, candidate, now));
            return new Verdict(first, Optional.of(AuditAction.METADATA_APPLIED), NOTHING);
        }
        if (digest(candidate.document()).equals(row.accepted().get().digest())) {
            return new Verdict(row.holding(Optional.empty()), Optional.empty(), NOTHING);
        }
        var drift = drift(protocol, settings, row.accepted().get(), candidate);
        if (drift.lowersTrust()) {
            return held(row, candidate, drift, now);
        }
        var next = row.accepting(accepted(protocol, settings, candidate, now));
        return new Verdict(next, drift.isEmpty() ? Optional.empty() : Optional.of(AuditAction.METADATA_APPLIED), drift);
    }

    private static Verdict held(MetadataRow row, Candidate candidate, Drift drift, Instant now) {
        boolean known = row.held().filter(held -> held.drift().equals(drift.id())).isPresent()
                || row.rejected().filter(drift.id()::equals).isPresent();
        if (known) {
            return new Verdict(row, Optional.empty(), drift);
        }
        var held = new Held(candidate.document(), candidate.signed(), drift.id(), now);
        return new Verdict(row.holding(Optional.of(held)), Optional.of(AuditAction.METADATA_HELD), drift);
    }

    /** What {@code candidate} would change. */
    static Drift drift(PublishedMetadata protocol, ObjectNode settings, Accepted accepted, Candidate candidate) {
        var drift = Drift.between(protocol.facts(settings, accepted.document()),
                protocol.facts(settings, candidate.document()), protocol.isPinned(settings));
        return accepted.signed() && !candidate.signed()
                ? drift.and(new Difference(Difference.Kind.METADATA_SIGNATURE_DROPPED, "signed", "not signed"))
                : drift;
    }

    /** {@code candidate} as it is kept once it is accepted. @throws MetadataRefused if logins cannot use it */
    static Accepted accepted(PublishedMetadata protocol, ObjectNode settings, Candidate candidate, Instant now) {
        protocol.requireUsable(settings, candidate.document(), now);
        return new Accepted(candidate.document(), digest(candidate.document()), candidate.signed(),
                protocol.isPinned(settings), protocol.facts(settings, candidate.document()).validUntil(), now);
    }

    private static String digest(byte[] document) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(document));
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException("every JDK has SHA-256", impossible);
        }
    }
}
