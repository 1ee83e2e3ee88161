package gatehouse.idp.sql.attempt;

import static org.assertj.core.api.Assertions.assertThat;

import gatehouse.idp.http.Compared;
import gatehouse.idp.sql.Database;
import gatehouse.idp.sql.SecretBox;
import gatehouse.idp.sql.TestDatabase;
import gatehouse.idp.upstream.xray.Attempt;
import gatehouse.idp.upstream.xray.Attempt.Outcome;
import gatehouse.idp.upstream.xray.AttemptStore.Filter;
import gatehouse.idp.upstream.xray.AttemptStore.Position;
import gatehouse.idp.upstream.xray.AttemptStore.Scope;
import gatehouse.idp.upstream.xray.Check;
import gatehouse.idp.upstream.xray.Diagnosis;
import gatehouse.idp.upstream.xray.Entry;
import gatehouse.idp.upstream.xray.Fixer;
import gatehouse.idp.upstream.xray.Message;
import gatehouse.idp.upstream.xray.Retention;
import gatehouse.idp.upstream.xray.Step;
import gatehouse.idp.upstream.xray.TestAttempts;
import gatehouse.spi.ConnectionId;
import gatehouse.spi.Deadline;
import gatehouse.spi.OrganizationId;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What is kept of sign-in attempts, for whom, and for how long. */
final class SqlAttemptsTest {

    private static final Instant NOW = Instant.parse("2026-11-20T10:30:00Z");
    private static final Scope OF_A = new Scope("main", Optional.of(new OrganizationId("a")));
    private static final Scope OF_B = new Scope("main", Optional.of(new OrganizationId("b")));
    private static final Filter ALL = new Filter(Optional.empty(), Optional.empty(), Optional.empty(),
            Optional.empty(), Optional.empty(), Optional.empty(), 100);

    private static Database database;
    private final SqlAttempts attempts = new SqlAttempts(database, new SecretBox(new byte[32]));

    @BeforeAll
    static void open() {
        database = TestDatabase.open();
    }

    @AfterAll
    static void close() {
        database.close();
    }

    @BeforeEach
    void empty() {
        database.read(soon(), sql -> sql.execute("TRUNCATE sign_in_attempt, sign_in_hour"));
    }

    private static Deadline soon() {
        return Deadline.after(Duration.ofSeconds(20));
    }

    private void write(Entry... entries) {
        attempts.write(List.of(entries), List.of(entries), soon());
    }

    private void many(int count, Optional<String> message) {
        var entries = new ArrayList<Entry>();
        for (int i = 0; i < count; i++) {
            entries.add(TestAttempts.seen(
                    TestAttempts.refused("m%03d".formatted(i), "a", "c", NOW.plusSeconds(i)), message));
        }
        attempts.write(entries, entries, soon());
    }

    private List<String> ids(Scope scope, Filter filter) {
        return attempts.page(scope, filter, soon()).stream().map(Attempt::id).toList();
    }

    @Test
    void anAttemptComesBackAsItWent() {
        var attempt = TestAttempts.refused("one", "a", "c", NOW);
        write(TestAttempts.seen(attempt, Optional.of("SAMLResponse=x")));
        assertThat(attempts.find(OF_A, "one", soon())).contains(attempt);
        assertThat(attempts.message(OF_A, "one", soon())).map(Message::body).map(String::new)
                .contains("SAMLResponse=x");
    }

    @Test
    void anotherOrganizationFindsNeitherTheAttemptNorItsMessageNorItsFigures() {
        write(TestAttempts.seen(TestAttempts.refused("one", "a", "c", NOW), Optional.of("SAMLResponse=x")));
        assertThat(attempts.find(OF_B, "one", soon())).isEmpty();
        assertThat(attempts.message(OF_B, "one", soon())).isEmpty();
        assertThat(ids(OF_B, ALL)).isEmpty();
        assertThat(attempts.health(OF_B, new ConnectionId("c"), NOW.minusSeconds(3600), soon()).attempts()).isZero();
        assertThat(attempts.find(new Scope("other", Optional.empty()), "one", soon())).isEmpty();
    }

    @Test
    void aMessageIsSealedForItsRow() {
        write(TestAttempts.seen(TestAttempts.refused("one", "a", "c", NOW), Optional.of("SAMLResponse=secret")));
        write(TestAttempts.seen(TestAttempts.refused("two", "b", "d", NOW), Optional.empty()));
        var kept = database.read(soon(), sql -> sql.select("SELECT message FROM sign_in_attempt WHERE id = 'one'")
                .mapTo(String.class).one());
        assertThat(kept).startsWith("v1.").doesNotContain("secret");
        database.read(soon(), sql -> sql.execute("UPDATE sign_in_attempt SET message = (SELECT message"
                + " FROM sign_in_attempt WHERE id = 'one') WHERE id = 'two'"));
        assertThat(org.assertj.core.api.Assertions.catchThrowable(() -> attempts.message(OF_B, "two", soon())))
                .isInstanceOf(IllegalStateException.class);
    }

    @Test
    void listingsAreNewestFirstAndGoOnWhereTheyStopped() {
        many(5, Optional.empty());
        var first = new Filter(Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty(),
                Optional.empty(), Optional.empty(), 2);
        assertThat(ids(OF_A, first)).containsExactly("m004", "m003");
        var next = new Filter(Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty(),
                Optional.empty(), Optional.of(new Position(NOW.plusSeconds(3), "m003")), 2);
        assertThat(ids(OF_A, next)).containsExactly("m002", "m001");
        var byTrace = new Filter(Optional.of(new ConnectionId("c")), Optional.of(Outcome.REFUSED), Optional.empty(),
                Optional.of(Diagnosis.SAML_AUD_01), Optional.of("trace-m001"), Optional.empty(), 10);
        assertThat(ids(OF_A, byTrace)).containsExactly("m001");
        var others = new Filter(Optional.of(new ConnectionId("d")), Optional.empty(), Optional.empty(),
                Optional.empty(), Optional.empty(), Optional.empty(), 10);
        assertThat(ids(OF_A, others)).isEmpty();
    }

    @Test
    void anAttemptThatArrivedIsCompletedOnceAndCountsWhenItEnds() {
        var whole = TestAttempts.refused("one", "a", "c", NOW);
        var arrived = new Attempt("one", NOW, "main", whole.organization(), whole.connection(), "saml", whole.kind(),
                Outcome.ARRIVED, Optional.empty(), Optional.empty(), "t", List.of(), Map.of(), Optional.empty(),
                List.of("mail"), Optional.empty());
        write(TestAttempts.seen(arrived, Optional.empty()));
        var health = attempts.health(OF_A, new ConnectionId("c"), NOW, soon());
        assertThat(health.attempts()).isZero();
        assertThat(health.lastSuccess()).isEmpty();
        write(new Entry.Ended("main", "one", whole.organization(), whole.connection(), NOW.plusSeconds(1),
                Outcome.SUCCEEDED, Optional.empty(), Optional.of("a•••@x.example"),
                List.of(new Step(Check.EMAIL, Step.Verdict.PASSED, Compared.received("a•••@x.example")))));
        var ended = attempts.find(OF_A, "one", soon()).orElseThrow();
        assertThat(ended.outcome()).isEqualTo(Outcome.SUCCEEDED);
        assertThat(ended.person()).contains("a•••@x.example");
        assertThat(ended.steps()).extracting(Step::check).containsExactly(Check.EMAIL);
        assertThat(attempts.health(OF_A, new ConnectionId("c"), NOW, soon()).succeeded()).isOne();
        write(new Entry.Ended("main", "one", whole.organization(), whole.connection(), NOW.plusSeconds(2),
                Outcome.REFUSED, Optional.of(Diagnosis.LOGIN_EMAIL_01), Optional.empty(), List.of()));
        assertThat(attempts.find(OF_A, "one", soon()).orElseThrow().outcome()).isEqualTo(Outcome.SUCCEEDED);
    }

    @Test
    void healthSaysHowManyWhoseFaultAndHowSlow() {
        many(3, Optional.empty());
        var health = attempts.health(OF_A, new ConnectionId("c"), NOW.minus(Duration.ofHours(24)), soon());
        assertThat(health.attempts()).isEqualTo(3);
        assertThat(health.successRate()).contains(0.0);
        assertThat(health.byFixer()).containsExactly(Map.entry(Fixer.IDP_ADMIN, 3L));
        assertThat(health.latency()).contains(Duration.ofMillis(120));
        assertThat(health.lastRefusal()).contains(NOW.plusSeconds(2));
        assertThat(attempts.health(OF_A, new ConnectionId("c"), NOW.plus(Duration.ofHours(2)), soon()).attempts())
                .isZero();
    }

    @Test
    void whatIsNotKeptIsCountedAllTheSame() {
        var flood = TestAttempts.seen(TestAttempts.refused("one", "a", "c", NOW), Optional.empty());
        attempts.write(List.of(flood, flood, flood), List.of(), soon());
        assertThat(ids(OF_A, ALL)).isEmpty();
        assertThat(attempts.health(OF_A, new ConnectionId("c"), NOW, soon()).attempts()).isEqualTo(3);
    }

    @Test
    void whatIsTooOldIsForgottenItsMessageSooner() {
        write(TestAttempts.seen(TestAttempts.refused("old", "a", "c", NOW), Optional.of("m")));
        write(TestAttempts.seen(TestAttempts.refused("new", "a", "c", NOW.plus(Duration.ofDays(5))), Optional.of("m")));
        var retention = new Retention(Duration.ofDays(10), Duration.ofDays(2), 60, 100, 100);
        attempts.purge(retention, NOW.plus(Duration.ofDays(5)), soon());
        assertThat(ids(OF_A, ALL)).containsExactly("new", "old");
        assertThat(attempts.message(OF_A, "old", soon())).isEmpty();
        assertThat(attempts.message(OF_A, "new", soon())).isPresent();
        attempts.purge(retention, NOW.plus(Duration.ofDays(11)), soon());
        assertThat(ids(OF_A, ALL)).containsExactly("new");
        attempts.purge(retention, NOW.plus(Duration.ofDays(40)), soon());
        assertThat(ids(OF_A, ALL)).isEmpty();
        assertThat(attempts.health(OF_A, new ConnectionId("c"), NOW, soon()).attempts()).isZero();
    }

    @Test
    void ofTooManyTheNewestStayAtTheLimitAndNotOneMore() {
        many(7, Optional.of("m"));
        write(TestAttempts.seen(TestAttempts.refused("other", "b", "d", NOW.minusSeconds(60)), Optional.of("m")));
        attempts.purge(new Retention(Duration.ofDays(10), Duration.ofDays(2), 60, 5, 2), NOW, soon());
        assertThat(ids(OF_A, ALL)).containsExactly("m006", "m005", "m004", "m003", "m002");
        assertThat(ids(OF_A, ALL).stream().filter(id -> attempts.message(OF_A, id, soon()).isPresent()))
                .containsExactly("m006", "m005");
        // One connection's flood costs another nothing.
        assertThat(attempts.message(OF_B, "other", soon())).isPresent();
    }
}
