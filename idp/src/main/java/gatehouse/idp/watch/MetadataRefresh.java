package gatehouse.idp.watch;

import com.fasterxml.jackson.databind.node.ObjectNode;
import gatehouse.idp.audit.AuditAction;
import gatehouse.idp.audit.AuditEvent;
import gatehouse.idp.audit.AuditRecord;
import gatehouse.idp.http.HttpCaller;
import gatehouse.idp.http.OutboundRefused;
import gatehouse.idp.sql.Database;
import gatehouse.idp.sql.Rows;
import gatehouse.idp.sql.SqlAudit;
import gatehouse.idp.sql.Tables;
import gatehouse.idp.sql.Transaction;
import gatehouse.idp.sql.watch.MetadataRow;
import gatehouse.idp.sql.watch.MetadataRow.Fetched;
import gatehouse.idp.sql.watch.SqlMetadata;
import gatehouse.idp.sql.watch.SqlMetadata.Key;
import gatehouse.idp.tenancy.Connection;
import gatehouse.idp.upstream.metadata.MetadataRefused;
import gatehouse.idp.upstream.metadata.MetadataRefused.Cause;
import gatehouse.idp.upstream.metadata.PublishedMetadata;
import gatehouse.spi.Deadline;
import java.net.URI;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Fetches the metadata of one connection and keeps what may be kept. Fetches outside of any transaction. */
final class MetadataRefresh {

    /** Failures in a row after which it is put on record, once. */
    static final int FAILURES_TOLD = 3;
    /** Who a change is recorded under when nobody asked for it. */
    static final String BACKGROUND = "background";

    private static final int PROBLEM_LENGTH_MAX = 500;
    private static final int VALIDATOR_LENGTH_MAX = 512;

    private final Map<String, PublishedMetadata> protocols = new LinkedHashMap<>();
    private final HttpCaller http;
    private final Database database;
    private final Tables tables;
    private final SqlMetadata rows;
    private final SqlAudit audit;
    private final InstantSource time;

    MetadataRefresh(
            List<PublishedMetadata> protocols, HttpCaller http, Database database, Tables tables, SqlMetadata rows,
            SqlAudit audit, InstantSource time) {
        protocols.forEach(protocol -> this.protocols.put(protocol.type(), protocol));
        this.http = http;
        this.database = database;
        this.tables = tables;
        this.rows = rows;
        this.audit = audit;
        this.time = time;
    }

    /** What a fetch brought. */
    private sealed interface Fetch {
        record Document(byte[] body, HttpCaller.Answer answer) implements Fetch {}

        record Same(HttpCaller.Answer answer) implements Fetch {}

        record Failed(MetadataRefused why) implements Fetch {}
    }

    /** The protocol of {@code connection}, if it publishes metadata. */
    Optional<PublishedMetadata> protocol(Connection connection) {
        return Optional.ofNullable(protocols.get(connection.type()));
    }

    /** The protocols that publish metadata. */
    List<String> types() {
        return List.copyOf(protocols.keySet());
    }

    /** Whether the connection follows an address, and nothing was accepted yet under its settings of today. */
    boolean isDue(Key key, Deadline deadline) {
        var found = database.read(deadline, sql -> tables.connections()
                .find(sql, Rows.Scope.of(key.issuer()), key.connection()));
        var protocol = found.flatMap(this::protocol);
        if (protocol.flatMap(known -> known.address(found.get().settings())).isEmpty()) {
            return false;
        }
        var terms = protocol.get().terms(found.get().settings());
        return database.read(deadline, sql -> rows.find(sql, key))
                .filter(row -> row.terms().equals(terms) && row.accepted().isPresent()).isEmpty();
    }

    /**
     * Fetches again and judges what came.
     *
     * @return the row afterwards
     * @throws MetadataRefused why nothing usable came; what was accepted before stays, and the row says so
     */
    Optional<MetadataRow> refresh(Key key, Deadline deadline) {
        var found = database.read(deadline, sql -> tables.connections()
                .find(sql, Rows.Scope.of(key.issuer()), key.connection()));
        var protocol = found.flatMap(this::protocol);
        var address = protocol.flatMap(known -> known.address(found.get().settings()));
        if (address.isEmpty()) {
            database.inTransaction(deadline, transaction -> {
                rows.delete(transaction.handle(), key);
                return true;
            });
            return Optional.empty();
        }
        var connection = found.get();
        var terms = protocol.get().terms(connection.settings());
        var before = database.read(deadline, sql -> rows.find(sql, key)).filter(row -> row.terms().equals(terms));
        var fetch = fetch(address.get(), protocol.get().accept(), before, deadline);
        record Kept(Optional<MetadataRow> row, Optional<MetadataRefused> refused) {}
        var kept = database.inTransaction(deadline, transaction -> {
            // Locked, and read again: an administrator may have decided meanwhile.
            var row = rows.lock(transaction.handle(), key).filter(known -> known.terms().equals(terms))
                    .orElseGet(() -> MetadataRow.fresh(key.issuer(), key.connection(), terms, now()));
            try {
                return new Kept(Optional.of(keep(transaction, connection, protocol.get(), row, fetch)),
                        Optional.empty());
            } catch (MetadataRefused refused) {
                return new Kept(Optional.of(failed(transaction, connection, row, refused)), Optional.of(refused));
            }
        });
        kept.refused().ifPresent(refused -> {
            throw refused;
        });
        return kept.row();
    }

    private Instant now() {
        return time.instant().truncatedTo(ChronoUnit.MICROS);
    }

    private Fetch fetch(URI address, String accept, Optional<MetadataRow> before, Deadline deadline) {
        var headers = new HashMap<>(Map.of("accept", accept));
        before.filter(row -> row.accepted().isPresent()).map(MetadataRow::fetched).ifPresent(last -> {
            last.etag().ifPresent(etag -> headers.put("if-none-match", etag));
            last.modified().ifPresent(modified -> headers.put("if-modified-since", modified));
        });
        try {
            var answer = http.get(address, headers, deadline);
            if (answer.status() == 304 && headers.size() > 1) {
                return new Fetch.Same(answer);
            }
            return answer.status() == 200 ? new Fetch.Document(answer.body(), answer)
                    : new Fetch.Failed(new MetadataRefused(Cause.UNAVAILABLE,
                            "The address of the metadata answers with status " + answer.status() + '.'));
        } catch (OutboundRefused refused) {
            return new Fetch.Failed(new MetadataRefused(Cause.UNAVAILABLE,
                    "The metadata cannot be fetched: " + refused.description()));
        }
    }

    private MetadataRow keep(
            Transaction transaction, Connection connection, PublishedMetadata protocol, MetadataRow row, Fetch fetch) {
        return switch (fetch) {
            case Fetch.Failed(var why) -> throw why;
            case Fetch.Same(var answer) -> {
                var facts = protocol.facts(connection.settings(), row.accepted().orElseThrow().document());
                var now = now();
                var last = row.fetched();
                var same = row.fetched(new Fetched(Optional.of(now), 0, Optional.empty(), last.etag(), last.modified()),
                        now.plus(Renewal.after(facts, answer, now)));
                rows.save(transaction, same, false);
                yield same;
            }
            case Fetch.Document(var body, var answer) ->
                    judged(transaction, connection, protocol, row, body, answer);
        };
    }

    private MetadataRow judged(
            Transaction transaction, Connection connection, PublishedMetadata protocol, MetadataRow row, byte[] body,
            HttpCaller.Answer answer) {
        ObjectNode settings = connection.settings();
        var candidate = protocol.candidate(settings, body);
        var now = now();
        var verdict = MetadataJudge.judge(protocol, settings, row, candidate, now);
        var facts = protocol.facts(settings, candidate.document());
        var fetched = new Fetched(Optional.of(now), 0, Optional.empty(), validator(answer, "etag"),
                validator(answer, "last-modified"));
        var kept = verdict.row().fetched(fetched, now.plus(Renewal.after(facts, answer, now)));
        rows.save(transaction, kept, verdict.changes(row));
        verdict.action().ifPresent(action -> record(transaction, connection, action, Map.of(
                "kind", "connection",
                "id", connection.id().value(),
                "drift", verdict.drift().id(),
                "changes", verdict.drift().isEmpty() ? "first" : verdict.drift().kinds())));
        return kept;
    }

    private static Optional<String> validator(HttpCaller.Answer answer, String name) {
        return Optional.ofNullable(answer.headers().get(name))
                .filter(value -> !value.isBlank() && value.length() <= VALIDATOR_LENGTH_MAX
                        && value.chars().allMatch(c -> c >= ' ' && c < 127));
    }

    private MetadataRow failed(Transaction transaction, Connection connection, MetadataRow row, MetadataRefused why) {
        var now = now();
        var last = row.fetched();
        int failures = last.failures() + 1;
        var problem = why.description().length() <= PROBLEM_LENGTH_MAX ? why.description()
                : why.description().substring(0, PROBLEM_LENGTH_MAX);
        var kept = row.fetched(
                new Fetched(Optional.of(now), failures, Optional.of(problem), last.etag(), last.modified()),
                now.plus(Renewal.afterFailures(failures)));
        rows.save(transaction, kept, false);
        if (failures == FAILURES_TOLD) {
            record(transaction, connection, AuditAction.METADATA_FAILED, Map.of(
                    "kind", "connection", "id", connection.id().value(), "why", why.reason()));
        }
        return kept;
    }

    private void record(
            Transaction transaction, Connection connection, AuditAction action, Map<String, String> details) {
        var event = AuditEvent.of(action, connection.issuer(), BACKGROUND)
                .organization(Optional.of(connection.organization()))
                .details(details);
        audit.write(transaction, new AuditRecord(0, time.instant(), Optional.empty(), event));
    }
}
