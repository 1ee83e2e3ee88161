package gatehouse.idp.audit;

import static org.assertj.core.api.Assertions.assertThat;

import gatehouse.spi.ClientId;
import gatehouse.spi.Deadline;
import gatehouse.spi.Unavailable;
import gatehouse.spi.UserId;
import gatehouse.spi.event.EventListener;
import gatehouse.spi.event.LoginEvent;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

class AuditWriterTest {

    private static final InstantSource CLOCK = InstantSource.fixed(Instant.parse("2026-11-20T10:00:00Z"));

    private final List<AuditRecord> written = new CopyOnWriteArrayList<>();
    private final List<LoginEvent> told = new CopyOnWriteArrayList<>();

    private static EventListener listener(String name, Consumer<LoginEvent> what) {
        return new EventListener() {
            @Override
            public String name() {
                return name;
            }

            @Override
            public void on(LoginEvent event) {
                what.accept(event);
            }
        };
    }

    private static AuditEvent event(AuditAction action) {
        return AuditEvent.of(action, "main", "trace").user(new UserId("u")).client(new ClientId("c"));
    }

    private static void await(BooleanSupplier condition) throws InterruptedException {
        for (int i = 0; i < 1_000 && !condition.getAsBoolean(); i++) {
            Thread.sleep(5);
        }
        assertThat(condition.getAsBoolean()).isTrue();
    }

    @Test
    void closingWritesWhatWaits() {
        var writer = new AuditWriter((records, _) -> written.addAll(records), List.of(), CLOCK,
                System::nanoTime, 10_000);
        for (int i = 0; i < 5_000; i++) {
            writer.record(event(AuditAction.LOGIN_SUCCEEDED));
        }
        writer.close();
        assertThat(written).hasSize(5_000).allMatch(record -> record.at().equals(CLOCK.instant()));
        assertThat(writer.dropped()).isZero();
        writer.record(event(AuditAction.LOGIN_SUCCEEDED));
        assertThat(writer.dropped()).isOne();
    }

    @Test
    void aFullQueueDropsAndCountsAndNobodyWaits() throws InterruptedException {
        var entered = new CountDownLatch(1);
        var gate = new CountDownLatch(1);
        var writer = new AuditWriter((records, _) -> {
            entered.countDown();
            pass(gate);
            written.addAll(records);
        }, List.of(), CLOCK, System::nanoTime, 10);
        writer.record(event(AuditAction.LOGOUT_FINISHED));
        entered.await();
        for (int i = 0; i < 15; i++) {
            writer.record(event(AuditAction.LOGOUT_FINISHED));
        }
        assertThat(writer.dropped()).isEqualTo(5);
        assertThat(writer.waiting()).isEqualTo(10);
        gate.countDown();
        writer.close();
        assertThat(written).hasSize(11);
    }

    private static void pass(CountDownLatch gate) {
        try {
            gate.await();
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    @Test
    void anOutageIsWaitedForAndABatchThatCannotBeWrittenIsNot() throws InterruptedException {
        var tries = new AtomicInteger();
        var writer = new AuditWriter((List<AuditRecord> records, Deadline _) -> {
            switch (tries.incrementAndGet()) {
                case 1 -> throw new Unavailable("down", null);
                case 3 -> throw new IllegalStateException("poison");
                default -> written.addAll(records);
            }
        }, List.of(), CLOCK, System::nanoTime, 10);
        writer.record(event(AuditAction.LOGIN_REFUSED));
        await(() -> written.size() == 1);
        writer.record(event(AuditAction.LOGIN_REFUSED));
        await(() -> writer.dropped() == 1);
        writer.record(event(AuditAction.LOGIN_REFUSED));
        writer.close();
        assertThat(written).hasSize(2);
    }

    @Test
    void aRecordThatIsRefusedTakesNoneOfItsBatchWithIt() throws InterruptedException {
        var gate = new CountDownLatch(1);
        var writer = new AuditWriter((List<AuditRecord> records, Deadline _) -> {
            pass(gate);
            if (records.stream().anyMatch(record -> record.event().reason().equals(Optional.of("poison")))) {
                throw new IllegalStateException("poison");
            }
            written.addAll(records);
        }, List.of(), CLOCK, System::nanoTime, 100);
        for (int i = 0; i < 30; i++) {
            writer.record(event(AuditAction.LOGIN_REFUSED).reason(i == 17 ? "poison" : "plain"));
        }
        gate.countDown();
        await(() -> written.size() == 29);
        await(() -> writer.dropped() == 1);
        writer.close();
    }

    @Test
    void listenersHearKeycloaksWordsAndABadOneHarmsNobody() throws InterruptedException {
        var gate = new CountDownLatch(1);
        var writer = new AuditWriter((records, _) -> written.addAll(records), List.of(
                listener("throws", _ -> {
                    throw new IllegalStateException("bad");
                }),
                listener("blocks", _ -> pass(gate)),
                listener("good", told::add)), CLOCK, System::nanoTime, 100);
        writer.record(event(AuditAction.LOGIN_SUCCEEDED));
        writer.record(event(AuditAction.TOKEN_ISSUED).details(Map.of("grant_type", "client_credentials")));
        writer.record(event(AuditAction.TOKEN_ISSUED));
        writer.record(event(AuditAction.TOKEN_REFRESHED));
        writer.record(event(AuditAction.TOKEN_REFUSED).reason("code_unknown"));
        writer.record(event(AuditAction.ADMIN_REFUSED));
        await(() -> told.size() == 5);
        assertThat(told).extracting(LoginEvent::type)
                .containsExactly("LOGIN", "CLIENT_LOGIN", "CODE_TO_TOKEN", "REFRESH_TOKEN", "CODE_TO_TOKEN_ERROR");
        assertThat(told.getLast().error()).contains("code_unknown");
        assertThat(told).extracting(LoginEvent::id).doesNotHaveDuplicates();
        gate.countDown();
        writer.close();
        // A token issued as it should be leaves no row.
        assertThat(written).extracting(record -> record.event().action())
                .containsExactly(AuditAction.LOGIN_SUCCEEDED, AuditAction.TOKEN_REFUSED, AuditAction.ADMIN_REFUSED);
    }
}
