package gatehouse.idp.sql.attempt;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import gatehouse.idp.sql.Database;
import gatehouse.idp.sql.SecretBox;
import gatehouse.idp.upstream.xray.Attempt;
import gatehouse.idp.upstream.xray.Retention;
import gatehouse.idp.upstream.xray.AttemptStore;
import gatehouse.idp.upstream.xray.ConnectionHealth;
import gatehouse.idp.upstream.xray.Diagnosis;
import gatehouse.idp.upstream.xray.Entry;
import gatehouse.idp.upstream.xray.Message;
import gatehouse.spi.ConnectionId;
import gatehouse.spi.Deadline;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.Query;

/** Attempts in PostgreSQL; messages are sealed for their row. */
public final class SqlAttempts implements AttemptStore {

    private static final String INSERT = "INSERT INTO sign_in_attempt (issuer, id, organization, connection, at, kind,"
            + " outcome, code, trace_id, body, message)"
            + " SELECT issuer, id, organization, connection, at::timestamptz, kind, outcome, code, trace_id, body::jsonb,"
            + " message FROM unnest(:issuer, :id, :organization, :connection, :at, :kind, :outcome, :code, :trace_id,"
            + " :body, :message) AS attempt (issuer, id, organization, connection, at, kind, outcome, code, trace_id,"
            + " body, message) ON CONFLICT (issuer, id) DO NOTHING";

    private static final String END = "UPDATE sign_in_attempt SET outcome = ended.outcome, code = ended.code,"
            + " body = jsonb_set(body, '{steps}', (body -> 'steps') || ended.steps::jsonb)"
            + " || jsonb_strip_nulls(jsonb_build_object('person', ended.person))"
            + " FROM unnest(:issuer, :id, :outcome, :code, :steps, :person)"
            + " AS ended (issuer, id, outcome, code, steps, person)"
            + " WHERE sign_in_attempt.issuer = ended.issuer AND sign_in_attempt.id = ended.id"
            + " AND sign_in_attempt.outcome = 'arrived'";

    private static final String FORGET = "UPDATE sign_in_attempt SET message = NULL";
    private static final String STRAY = Diagnosis.strays().stream().map(Diagnosis::code).sorted()
            .collect(Collectors.joining("', '", " AND code IN ('", "')"));
    /** Of a connection's rows, one in so many may be of attempts that answer no sign-in. */
    private static final int STRAY_SHARE = 5;

    /** Rows and connections that one purge looks after; the rest waits for the next. */
    private static final int PURGE_MAX = 20_000;
    private static final int CROWDS_MAX = 1_000;

    private final Database database;
    private final SecretBox box;

    public SqlAttempts(Database database, SecretBox box) {
        this.database = database;
        this.box = box;
    }

    @Override
    public void write(List<Entry> entries, List<Entry> kept, Deadline deadline) {
        database.inTransaction(deadline, transaction -> {
            var sql = transaction.handle();
            insert(sql, kept.stream().flatMap(entry -> entry instanceof Entry.Seen seen
                    ? Stream.of(seen) : Stream.empty()).toList());
            end(sql, kept.stream().flatMap(entry -> entry instanceof Entry.Ended ended
                    ? Stream.of(ended) : Stream.empty()).toList());
            HourRows.count(sql, entries);
            return entries.size();
        });
    }

    private void insert(Handle sql, List<Entry.Seen> seen) {
        if (seen.isEmpty()) {
            return;
        }
        sql.createUpdate(INSERT)
                .bindArray("issuer", String.class, column(seen, entry -> entry.attempt().issuer()))
                .bindArray("id", String.class, column(seen, entry -> entry.attempt().id()))
                .bindArray("organization", String.class, column(seen, entry -> entry.attempt().organization().value()))
                .bindArray("connection", String.class, column(seen, entry -> entry.attempt().connection().value()))
                .bindArray("at", String.class, column(seen, entry -> entry.attempt().at().toString()))
                .bindArray("kind", String.class, column(seen, entry -> word(entry.attempt().kind())))
                .bindArray("outcome", String.class, column(seen, entry -> entry.attempt().outcome().wireName()))
                .bindArray("code", String.class, column(seen,
                        entry -> entry.attempt().diagnosis().map(Diagnosis::code).orElse(null)))
                .bindArray("trace_id", String.class, column(seen, entry -> entry.attempt().traceId()))
                .bindArray("body", String.class, column(seen, entry -> AttemptRows.body(entry.attempt())))
                .bindArray("message", String.class, column(seen, entry -> entry.message()
                        .map(message -> sealed(message, entry.attempt())).orElse(null)))
                .execute();
    }

    private static void end(Handle sql, List<Entry.Ended> ended) {
        if (ended.isEmpty()) {
            return;
        }
        sql.createUpdate(END)
                .bindArray("issuer", String.class, column(ended, Entry.Ended::issuer))
                .bindArray("id", String.class, column(ended, Entry.Ended::id))
                .bindArray("outcome", String.class, column(ended, entry -> entry.outcome().wireName()))
                .bindArray("code", String.class, column(ended,
                        entry -> entry.diagnosis().map(Diagnosis::code).orElse(null)))
                .bindArray("steps", String.class, column(ended, entry -> AttemptRows.steps(entry.steps()).toString()))
                .bindArray("person", String.class, column(ended, entry -> entry.person().orElse(null)))
                .execute();
    }

    /** One value of each entry; in SQL, what is not known is null. */
    private static <T> Object[] column(List<T> entries, Function<T, String> value) {
        return entries.stream().map(value).toArray(String[]::new);
    }

    private static String word(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT);
    }

    private String sealed(Message message, Attempt attempt) {
        var json = JsonNodeFactory.instance.objectNode()
                .put("content_type", message.contentType())
                .put("body", Base64.getEncoder().encodeToString(message.body()))
                .put("pending", Base64.getEncoder().encodeToString(message.pending()));
        return box.seal(json.toString(), place(attempt.issuer(), attempt.id()));
    }

    private static String place(String issuer, String id) {
        return "sign_in_attempt|" + issuer + '|' + id;
    }

    @Override
    public Optional<Message> message(Scope scope, String id, Deadline deadline) {
        return database.read(deadline, sql -> asking(sql, "message", scope, " AND id = :id AND message IS NOT NULL", "")
                .bind("id", id).mapTo(String.class).findOne()).map(sealed -> {
                    var json = AttemptRows.tree(box.open(sealed, place(scope.issuer(), id)));
                    return new Message(json.path("content_type").asText(),
                            Base64.getDecoder().decode(json.path("body").asText()),
                            Base64.getDecoder().decode(json.path("pending").asText()));
                });
    }

    @Override
    public Optional<Attempt> find(Scope scope, String id, Deadline deadline) {
        return database.read(deadline, sql -> asking(sql, "*", scope, " AND id = :id", "").bind("id", id)
                .map((row, _) -> AttemptRows.attempt(row)).findOne());
    }

    @Override
    public List<Attempt> page(Scope scope, Filter filter, Deadline deadline) {
        var conditions = new ArrayList<String>();
        filter.connection().ifPresent(_ -> conditions.add("connection = :connection"));
        filter.outcome().ifPresent(_ -> conditions.add("outcome = :outcome"));
        filter.kind().ifPresent(_ -> conditions.add("kind = :kind"));
        filter.diagnosis().ifPresent(_ -> conditions.add("code = :code"));
        filter.traceId().ifPresent(_ -> conditions.add("trace_id = :trace_id"));
        filter.before().ifPresent(_ -> conditions.add("(at, id) < (:before_at, :before_id)"));
        var where = conditions.stream().map(condition -> " AND " + condition).reduce("", String::concat);
        return database.read(deadline, sql -> {
            var query = asking(sql, "*", scope, where, " ORDER BY at DESC, id DESC LIMIT " + filter.limit());
            filter.connection().ifPresent(id -> query.bind("connection", id.value()));
            filter.outcome().ifPresent(outcome -> query.bind("outcome", outcome.wireName()));
            filter.kind().ifPresent(kind -> query.bind("kind", word(kind)));
            filter.diagnosis().ifPresent(diagnosis -> query.bind("code", diagnosis.code()));
            filter.traceId().ifPresent(trace -> query.bind("trace_id", trace));
            filter.before().ifPresent(position -> query.bind("before_at", position.at().atOffset(ZoneOffset.UTC))
                    .bind("before_id", position.id()));
            return query.map((row, _) -> AttemptRows.attempt(row)).list();
        });
    }

    private static Query asking(Handle sql, String columns, Scope scope, String where, String rest) {
        var query = sql.createQuery("SELECT " + columns + " FROM sign_in_attempt WHERE issuer = :issuer"
                + (scope.organization().isPresent() ? " AND organization = :organization" : "") + where + rest)
                .bind("issuer", scope.issuer());
        scope.organization().ifPresent(organization -> query.bind("organization", organization.value()));
        return query;
    }

    @Override
    public ConnectionHealth health(Scope scope, ConnectionId connection, Instant since, Deadline deadline) {
        return database.read(deadline, sql -> HourRows.health(sql, scope, connection, since));
    }

    @Override
    public void purge(Retention limits, Instant now, Deadline deadline) {
        database.inTransaction(deadline, transaction -> {
            var sql = transaction.handle();
            // One node at a time is enough; the others have their turn later.
            if (!sql.createQuery("SELECT pg_try_advisory_xact_lock(hashtext('gatehouse sign_in_attempt purge'))")
                    .mapTo(Boolean.class).one()) {
                return 0;
            }
            HourRows.purge(sql, now.minus(limits.keep()));
            return purgeOld(sql, limits, now) + purgeCrowd(sql, limits);
        });
    }

    private static int purgeOld(Handle sql, Retention limits, Instant now) {
        int gone = sql.createUpdate("DELETE FROM sign_in_attempt WHERE ctid IN (SELECT ctid FROM sign_in_attempt"
                        + " WHERE at < :before ORDER BY at LIMIT " + PURGE_MAX + ")")
                .bind("before", now.minus(limits.keep()).atOffset(ZoneOffset.UTC)).execute();
        return gone + sql.createUpdate("UPDATE sign_in_attempt SET message = NULL WHERE message IS NOT NULL"
                        + " AND at < :before")
                .bind("before", now.minus(limits.keepMessages()).atOffset(ZoneOffset.UTC)).execute();
    }

    /** Of a connection that has too many, the oldest go. */
    private static int purgeCrowd(Handle sql, Retention limits) {
        // First those that anybody can cause, lest they push out the others.
        return crowded(sql, STRAY, limits.perConnection() / STRAY_SHARE, "DELETE FROM sign_in_attempt")
                + crowded(sql, STRAY + " AND message IS NOT NULL", limits.messagesPerConnection() / STRAY_SHARE, FORGET)
                + crowded(sql, "", limits.perConnection(), "DELETE FROM sign_in_attempt")
                + crowded(sql, " AND message IS NOT NULL", limits.messagesPerConnection(), FORGET);
    }

    private static int crowded(Handle sql, String which, int max, String change) {
        var crowds = sql.createQuery("SELECT issuer, connection FROM sign_in_attempt WHERE true" + which
                        + " GROUP BY issuer, connection HAVING count(*) > :max LIMIT " + CROWDS_MAX)
                .bind("max", max).map((row, _) -> List.of(row.getString(1), row.getString(2))).list();
        var gone = 0;
        for (var crowd : crowds) {
            gone += sql.createUpdate(change + " WHERE ctid IN (SELECT ctid FROM sign_in_attempt WHERE issuer = :issuer"
                            + " AND connection = :connection" + which + " ORDER BY at DESC, id DESC OFFSET :max)")
                    .bind("issuer", crowd.getFirst()).bind("connection", crowd.getLast()).bind("max", max).execute();
        }
        return gone;
    }
}
