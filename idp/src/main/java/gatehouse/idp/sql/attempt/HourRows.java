package gatehouse.idp.sql.attempt;

import gatehouse.idp.upstream.xray.Attempt.Outcome;
import gatehouse.idp.upstream.xray.AttemptStore.Scope;
import gatehouse.idp.upstream.xray.ConnectionHealth;
import gatehouse.idp.upstream.xray.ConnectionHealth.Refused;
import gatehouse.idp.upstream.xray.Diagnosis;
import gatehouse.idp.upstream.xray.Entry;
import gatehouse.idp.upstream.xray.Trace.Kind;
import gatehouse.spi.ConnectionId;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jdbi.v3.core.Handle;

/** Figures by connection, hour and code. */
final class HourRows {

    private static final String ADD = "INSERT INTO sign_in_hour (issuer, organization, connection, hour, code,"
            + " attempts, provider_calls, provider_millis, provider_millis_max, last_at)"
            + " VALUES (:issuer, :organization, :connection, :hour, :code, :attempts, :calls, :millis, :longest, :last)"
            + " ON CONFLICT (issuer, organization, connection, hour, code) DO UPDATE SET"
            + " attempts = sign_in_hour.attempts + excluded.attempts,"
            + " provider_calls = sign_in_hour.provider_calls + excluded.provider_calls,"
            + " provider_millis = sign_in_hour.provider_millis + excluded.provider_millis,"
            + " provider_millis_max = greatest(sign_in_hour.provider_millis_max, excluded.provider_millis_max),"
            + " last_at = greatest(sign_in_hour.last_at, excluded.last_at)";

    /** In the order of the primary key, so that two nodes never wait for each other in a circle. */
    private record Key(String issuer, String organization, String connection, Instant hour, String code)
            implements Comparable<Key> {

        private static final Comparator<Key> ORDER = Comparator.comparing(Key::issuer)
                .thenComparing(Key::organization).thenComparing(Key::connection).thenComparing(Key::hour)
                .thenComparing(Key::code);

        @Override
        public int compareTo(Key other) {
            return ORDER.compare(this, other);
        }
    }

    private record Sum(long attempts, long calls, long millis, long longest, Instant last) {

        Sum plus(Sum other) {
            return new Sum(attempts + other.attempts, calls + other.calls, millis + other.millis,
                    Math.max(longest, other.longest), last.isAfter(other.last) ? last : other.last);
        }
    }

    private HourRows() {}

    static void count(Handle sql, List<Entry> entries) {
        var sums = new TreeMap<Key, Sum>();
        entries.forEach(entry -> add(sums, entry));
        if (sums.isEmpty()) {
            return;
        }
        var batch = sql.prepareBatch(ADD);
        sums.forEach((key, sum) -> batch
                .bind("issuer", key.issuer()).bind("organization", key.organization())
                .bind("connection", key.connection()).bind("hour", key.hour().atOffset(ZoneOffset.UTC))
                .bind("code", key.code()).bind("attempts", sum.attempts()).bind("calls", sum.calls())
                .bind("millis", sum.millis()).bind("longest", sum.longest())
                .bind("last", sum.last().atOffset(ZoneOffset.UTC)).add());
        batch.execute();
    }

    private static void add(Map<Key, Sum> sums, Entry entry) {
        switch (entry) {
            case Entry.Seen(_, var attempt, _) -> {
                if (attempt.kind() == Kind.REAL) {
                    var took = attempt.providerTook().toMillis();
                    var code = attempt.diagnosis().map(Diagnosis::code).orElse("");
                    // One that has arrived counts when it ends; what its provider took counts now.
                    sums.merge(new Key(attempt.issuer(), attempt.organization().value(), attempt.connection().value(),
                            attempt.at().truncatedTo(ChronoUnit.HOURS), code),
                            new Sum(attempt.outcome() == Outcome.ARRIVED ? 0 : 1, attempt.spent().isEmpty() ? 0 : 1,
                                    took, took, attempt.outcome() == Outcome.ARRIVED ? Instant.EPOCH : attempt.at()),
                            Sum::plus);
                }
            }
            case Entry.Ended ended -> sums.merge(new Key(ended.issuer(), ended.organization().value(),
                    ended.connection().value(), ended.at().truncatedTo(ChronoUnit.HOURS),
                    ended.diagnosis().map(Diagnosis::code).orElse("")), new Sum(1, 0, 0, 0, ended.at()), Sum::plus);
        }
    }

    private record Line(String code, long attempts, long calls, long millis, long longest, Instant last) {}

    static ConnectionHealth health(Handle sql, Scope scope, ConnectionId connection, Instant since) {
        var query = sql.createQuery("SELECT code, sum(attempts) AS attempts, sum(provider_calls) AS calls,"
                        + " sum(provider_millis) AS millis, max(provider_millis_max) AS longest, max(last_at) AS last"
                        + " FROM sign_in_hour WHERE issuer = :issuer AND connection = :connection AND hour >= :since"
                        + (scope.organization().isPresent() ? " AND organization = :organization" : "")
                        + " GROUP BY code")
                .bind("issuer", scope.issuer())
                .bind("connection", connection.value())
                .bind("since", since.truncatedTo(ChronoUnit.HOURS).atOffset(ZoneOffset.UTC));
        scope.organization().ifPresent(organization -> query.bind("organization", organization.value()));
        return health(query.map((row, _) -> line(row)).list());
    }

    private static Line line(ResultSet row) throws SQLException {
        return new Line(row.getString("code"), row.getLong("attempts"), row.getLong("calls"), row.getLong("millis"),
                row.getLong("longest"), row.getObject("last", OffsetDateTime.class).toInstant());
    }

    private static ConnectionHealth health(List<Line> lines) {
        var refused = new ArrayList<Refused>();
        lines.forEach(line -> Diagnosis.of(line.code()).filter(_ -> line.attempts() > 0)
                .ifPresent(diagnosis -> refused.add(new Refused(diagnosis, line.attempts()))));
        refused.sort(Comparator.comparingLong(Refused::attempts).reversed());
        long calls = lines.stream().mapToLong(Line::calls).sum();
        long millis = lines.stream().mapToLong(Line::millis).sum();
        return new ConnectionHealth(
                lines.stream().filter(line -> line.code().isEmpty()).mapToLong(Line::attempts).sum(), refused,
                calls == 0 ? Optional.empty() : Optional.of(Duration.ofMillis(millis / calls)),
                calls == 0 ? Optional.empty()
                        : lines.stream().map(line -> Duration.ofMillis(line.longest())).max(Comparator.naturalOrder()),
                last(lines, true), last(lines, false));
    }

    private static Optional<Instant> last(List<Line> lines, boolean succeeded) {
        return lines.stream().filter(line -> line.code().isEmpty() == succeeded && line.attempts() > 0)
                .map(Line::last).max(Comparator.naturalOrder());
    }

    static void purge(Handle sql, Instant before) {
        sql.createUpdate("DELETE FROM sign_in_hour WHERE hour < :before")
                .bind("before", before.atOffset(ZoneOffset.UTC)).execute();
    }
}
