package gatehouse.idp.events;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import gatehouse.idp.audit.AuditAction;
import gatehouse.idp.audit.AuditEvent;
import gatehouse.idp.audit.AuditRecord;
import gatehouse.idp.edge.OutboundConfig;
import gatehouse.idp.edge.OutboundHttp;
import gatehouse.idp.sql.Database;
import gatehouse.idp.sql.Rows;
import gatehouse.idp.sql.SecretBox;
import gatehouse.idp.sql.SqlAudit;
import gatehouse.idp.sql.Tables;
import gatehouse.idp.sql.TestDatabase;
import gatehouse.idp.sql.events.SqlDeliveries;
import gatehouse.idp.sql.events.SqlDeliveries.Seen;
import gatehouse.spi.Deadline;
import gatehouse.spi.OrganizationId;
import io.vertx.core.Vertx;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Events reach a real receiver: signed, in order, however it behaves and whichever node carries them. */
class CourierTest {

    private static final String SECRET = WebhookSecret.of("0123456789abcdef0123456789abcdef".getBytes()).value();
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    private final Vertx vertx = Vertx.vertx();
    private final Database database = TestDatabase.open();
    private final Tables tables = new Tables(new SecretBox(new byte[32]), _ -> Set.of());
    private final SqlAudit audit = new SqlAudit(database);
    private final SqlDeliveries store = new SqlDeliveries(database, tables, audit);
    private final ExecutorService background = Executors.newVirtualThreadPerTaskExecutor();
    private final OutboundHttp open = new OutboundHttp(vertx, new OutboundConfig(true, true, Optional.empty(),
            OutboundConfig.DEFAULTS.responseBytesMax(), OutboundConfig.DEFAULTS.timeout(), 16));
    private final Receiver receiver = new Receiver();
    private final List<Courier> nodes = new ArrayList<>();
    private volatile Duration ahead = Duration.ZERO;
    private final InstantSource clock = () -> Instant.now().plus(ahead);

    CourierTest() {
        insert("issuer", "main", "{}");
        insert("organization", "a", "{}");
        insert("organization", "b", "{}");
    }

    @AfterEach
    void close() {
        nodes.forEach(Courier::close);
        receiver.close();
        open.close();
        background.shutdownNow();
        database.close();
        vertx.close();
    }

    private void insert(String table, String id, String body) {
        database.read(soon(), sql -> sql.createUpdate("INSERT INTO " + table
                + " (issuer, id, version, body) VALUES ('main', :id, 1, :body::jsonb)")
                .bind("id", id).bind("body", body).execute());
    }

    private static Deadline soon() {
        return Deadline.after(Duration.ofSeconds(20));
    }

    private Webhook webhook(String id, URI url, Optional<String> organization, String... types) {
        var webhook = new Webhook(id, "main", organization.map(OrganizationId::new), id, url, List.of(types), true,
                Optional.empty(), List.of(new WebhookSecret(SECRET, Optional.empty())), 0);
        return database.inTransaction(soon(), transaction -> tables.webhooks().insert(transaction, webhook));
    }

    private Webhook webhook(String id) {
        return database.read(soon(), sql -> tables.webhooks().find(sql, Rows.Scope.of("main"), id)).orElseThrow();
    }

    private Courier node() {
        var courier = new Courier(store, open, clock, background,
                new Courier.Pace(Duration.ofMillis(20), Duration.ofMillis(30), Duration.ofMillis(100)), () -> 0.5);
        nodes.add(courier);
        courier.start();
        return courier;
    }

    private AuditRecord held(String organization, String connection) {
        return new AuditRecord(0, clock.instant(), Optional.of("admin-client"),
                AuditEvent.of(AuditAction.METADATA_HELD, "main", "trace")
                        .organization(Optional.of(organization).filter(id -> !id.isEmpty()).map(OrganizationId::new))
                        .address("192.0.2.77")
                        .details(Map.of("kind", "connection", "id", connection, "email", "person@a.example")));
    }

    private void happens(String organization, String connection) {
        database.inTransaction(soon(), transaction -> {
            audit.write(transaction, held(organization, connection));
            return true;
        });
    }

    private static void await(BooleanSupplier what) {
        long end = System.nanoTime() + PATIENCE.toNanos();
        while (!what.getAsBoolean() && System.nanoTime() < end) {
            try {
                Thread.sleep(10);
            } catch (InterruptedException interrupted) {
                throw new IllegalStateException(interrupted);
            }
        }
        assertThat(what.getAsBoolean()).as("in time").isTrue();
    }

    private List<Seen> seen(String webhook) {
        return database.read(soon(), sql -> store.page(sql, webhook(webhook), OptionalLong.empty(), 200));
    }

    @Test
    void deliveryIsSignedAndCarriesIdsAndNothingOfAPerson() {
        webhook("w", receiver.url(), Optional.empty());
        happens("a", "conn-1");
        node();
        await(() -> !receiver.accepted().isEmpty());
        var heard = receiver.accepted().getFirst();
        assertThat(heard.isSignedWith(SECRET)).isTrue();
        assertThat(heard.isSignedWith(WebhookSecret.of(new byte[32]).value())).isFalse();
        assertThat(heard.type()).isEqualTo("metadata.held");
        assertThat(heard.about()).isEqualTo("conn-1");
        assertThat(heard.body()).contains("\"timestamp\"", "\"actor\":\"admin-client\"")
                .doesNotContain("192.0.2.77", "person@a.example");
        await(() -> seen("w").getFirst().deliveredAt().isPresent());
        assertThat(seen("w").getFirst()).satisfies(delivery -> {
            assertThat(delivery.waiting()).isFalse();
            assertThat(delivery.attempts()).isEqualTo(1);
            assertThat(delivery.lastStatus()).hasValue(204);
        });
    }

    @Test
    void orderOfEachOrganizationIsKeptThroughFailuresAndAcrossNodes() {
        webhook("w", receiver.url(), Optional.empty());
        var calls = new AtomicInteger();
        receiver.answer = _ -> calls.incrementAndGet() % 3 == 0 ? 503 : 200;
        node();
        node();
        for (int i = 0; i < 25; i++) {
            happens("a", "a-" + i);
            happens("b", "b-" + i);
        }
        await(() -> receiver.accepted().size() >= 50);
        for (var organization : List.of("a", "b")) {
            var order = new ArrayList<String>();
            var ids = new HashSet<String>();
            receiver.accepted().stream().filter(one -> one.organization().equals(organization))
                    .filter(one -> ids.add(one.id())).forEach(one -> order.add(one.about()));
            assertThat(order).hasSize(25).isEqualTo(
                    IntStream.range(0, 25).mapToObj(i -> organization + "-" + i).toList());
        }
        await(() -> seen("w").stream().noneMatch(Seen::waiting));
    }

    @Test
    void transactionsSideBySideAreToldInTheOrderInWhichTheyCommit() throws Exception {
        webhook("w", receiver.url(), Optional.empty());
        try (var writers = Executors.newVirtualThreadPerTaskExecutor()) {
            for (int i = 0; i < 40; i++) {
                int at = i;
                writers.submit(() -> happens("a", "c-" + at));
            }
        }
        node();
        await(() -> receiver.accepted().size() >= 40);
        var trail = database.read(soon(), sql -> sql.select("SELECT body::jsonb -> 'data' ->> 'id' FROM webhook_event"
                + " ORDER BY id").mapTo(String.class).list());
        assertThat(receiver.accepted().stream().map(Receiver.Heard::about).distinct().toList()).isEqualTo(trail);
    }

    @Test
    void whatIsUndoneIsNotTold() {
        webhook("w", receiver.url(), Optional.empty());
        assertThatThrownBy(() -> database.inTransaction(soon(), transaction -> {
            audit.write(transaction, held("a", "undone"));
            throw new IllegalStateException("no");
        })).isInstanceOf(IllegalStateException.class);
        database.inTransaction(soon(), transaction -> {
            transaction.discard();
            audit.write(transaction, held("a", "dry run"));
            return true;
        });
        assertThat(seen("w")).isEmpty();
    }

    @Test
    void onlyWhatAWebhookWantsAndMayKnowIsDelivered() {
        webhook("all", receiver.url(), Optional.empty());
        webhook("of-a", receiver.url(), Optional.of("a"));
        webhook("other-type", receiver.url(), Optional.empty(), "connection.created");
        happens("a", "of a");
        happens("b", "of b");
        happens("", "of the issuer");
        assertThat(seen("all")).hasSize(3);
        assertThat(seen("of-a")).hasSize(1);
        assertThat(seen("other-type")).isEmpty();
    }

    @Test
    void redirectIsAFailureAndNotFollowed() {
        webhook("w", receiver.url(), Optional.empty());
        receiver.answer = _ -> 307;
        happens("a", "x");
        node();
        await(() -> receiver.heard.size() >= 2);
        assertThat(receiver.heard).extracting(Receiver.Heard::id).containsOnly(receiver.heard.getFirst().id());
        assertThat(seen("w").getFirst().waiting()).isTrue();
        await(() -> seen("w").getFirst().lastProblem().filter(text -> text.contains("redirects")).isPresent());
        receiver.answer = _ -> 200;
        await(() -> !receiver.accepted().isEmpty());
    }

    @Test
    void receiverThatHangsKeepsNobodyElseWaiting() throws Exception {
        var hanging = new CountDownLatch(1);
        try (var other = new Receiver()) {
            other.answer = _ -> {
                try {
                    hanging.await(15, TimeUnit.SECONDS);
                } catch (InterruptedException interrupted) {
                    Thread.currentThread().interrupt();
                }
                return 200;
            };
            webhook("hangs", other.url(), Optional.empty());
            webhook("w", receiver.url(), Optional.empty());
            for (int i = 0; i < 50; i++) {
                happens(i % 2 == 0 ? "a" : "b", "x-" + i);
            }
            node();
            await(() -> receiver.accepted().size() >= 50);
            hanging.countDown();
        }
    }

    @Test
    void nodeThatDiesInTheMiddleLosesNothing() {
        webhook("w", receiver.url(), Optional.empty());
        happens("a", "first");
        happens("a", "second");
        var taken = store.claim(clock.instant(), Duration.ofSeconds(30), 10, soon());
        assertThat(taken).as("the oldest only").hasSize(1);
        assertThat(store.claim(clock.instant(), Duration.ofSeconds(30), 10, soon())).isEmpty();
        // It never comes back. Later another node takes its place.
        ahead = Duration.ofSeconds(31);
        node();
        await(() -> seen("w").stream().noneMatch(Seen::waiting));
        assertThat(receiver.accepted()).extracting(Receiver.Heard::about).containsExactly("first", "second");
        store.failed(taken.getFirst(), new DeliveryStore.Failure(OptionalInt.empty(), "late"),
                clock.instant(), clock.instant(), soon());
        assertThat(seen("w")).as("who comes back too late has nothing to say").noneMatch(Seen::waiting);
    }

    @Test
    void receiverThatIsGoneIsSwitchedOffAndOthersAreTold() {
        webhook("w", receiver.url(), Optional.of("a"));
        webhook("ops", receiver.url(), Optional.empty(), "webhook.disabled");
        receiver.answer = one -> one.type().equals("webhook.disabled") ? 200 : 410;
        happens("a", "x");
        node();
        await(() -> !receiver.accepted().isEmpty());
        assertThat(receiver.accepted().getFirst().about()).isEqualTo("w");
        assertThat(webhook("w").enabled()).isFalse();
        assertThat(webhook("w").disabledBecause()).hasValueSatisfying(why -> assertThat(why).contains("410"));
    }

    @Test
    void webhookThatFailsForDaysIsSwitchedOffAndGoesOnWhereItStoppedOnceSwitchedOn() {
        webhook("w", receiver.url(), Optional.empty());
        receiver.answer = _ -> 500;
        happens("a", "first");
        node();
        await(() -> receiver.heard.size() >= 2);
        ahead = Courier.DISABLED_AFTER.plusHours(1);
        await(() -> !webhook("w").enabled());
        happens("a", "while it was off");
        receiver.answer = _ -> 200;
        database.inTransaction(soon(), transaction -> {
            var now = webhook("w");
            return tables.webhooks().update(transaction, new Webhook(now.id(), now.issuer(), now.organization(),
                    now.displayName(), now.url(), now.eventTypes(), true, Optional.empty(), now.secrets(),
                    now.version()));
        });
        happens("a", "after");
        await(() -> receiver.accepted().size() == 2);
        assertThat(receiver.accepted()).extracting(Receiver.Heard::about).containsExactly("first", "after");
    }

    @Test
    void bothSecretsSignWhileOneFollowsTheOther() {
        var older = WebhookSecret.of("another-secret-of-24-byte".getBytes()).value();
        var ended = WebhookSecret.of("a-secret-that-has-ended-long-ago".getBytes()).value();
        database.inTransaction(soon(), transaction -> tables.webhooks().insert(transaction, new Webhook("w", "main",
                Optional.empty(), "w", receiver.url(), List.of(), true, Optional.empty(), List.of(
                new WebhookSecret(SECRET, Optional.empty()),
                new WebhookSecret(older, Optional.of(clock.instant().plusSeconds(600))),
                new WebhookSecret(ended, Optional.of(clock.instant().minusSeconds(1)))), 0)));
        happens("a", "x");
        node();
        await(() -> !receiver.accepted().isEmpty());
        var heard = receiver.accepted().getFirst();
        assertThat(heard.isSignedWith(SECRET)).isTrue();
        assertThat(heard.isSignedWith(older)).isTrue();
        assertThat(heard.isSignedWith(ended)).isFalse();
    }

    @Test
    void addressThatIsNotPublicIsNeverReached() {
        webhook("w", receiver.url(), Optional.empty());
        happens("a", "x");
        try (var guarded = new OutboundHttp(vertx, new OutboundConfig(false, true, Optional.empty(), 1024,
                Duration.ofSeconds(5), 4))) {
            var courier = new Courier(store, guarded, clock, background, Courier.Pace.USUAL, () -> 0.5);
            nodes.add(courier);
            courier.start();
            await(() -> seen("w").getFirst().lastProblem().isPresent());
        }
        assertThat(seen("w").getFirst().lastProblem().orElseThrow()).contains("not on the public Internet");
        assertThat(receiver.heard).isEmpty();
    }

    @Test
    void secretIsSealedAtRest() {
        webhook("w", receiver.url(), Optional.empty());
        var kept = database.read(soon(), sql -> sql.select("SELECT body::text FROM webhook").mapTo(String.class).one());
        assertThat(kept).doesNotContain(SECRET).doesNotContain("whsec_");
        assertThat(webhook("w").toString()).doesNotContain(SECRET);
    }

    @Test
    void oldEventsAreForgotten() {
        webhook("w", receiver.url(), Optional.empty());
        happens("a", "old");
        ahead = Courier.KEPT.plusDays(1);
        happens("a", "new");
        node();
        await(() -> !receiver.accepted().isEmpty());
        assertThat(receiver.accepted()).extracting(Receiver.Heard::about).containsExactly("new");
    }
}
