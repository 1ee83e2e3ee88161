package gatehouse.spi.hosting.guard;

import static org.assertj.core.api.Assertions.assertThat;

import gatehouse.spi.event.EventListener;
import gatehouse.spi.event.LoginEvent;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class GuardedEventListenerTest {

    private final Gate gate = new Gate();

    @Test
    void aFullQueueDropsTheOldestAndCountsIt() throws InterruptedException {
        var listener = guarded(3);
        listener.on(event("first"));
        assertThat(gate.entered.await(10, TimeUnit.SECONDS)).isTrue();
        for (var id : List.of("a", "b", "c")) {
            listener.on(event(id));
        }
        assertThat(listener.metrics().shed()).as("three fit").isZero();
        assertThat(listener.metrics().queued()).isEqualTo(3);
        listener.on(event("d"));
        assertThat(listener.metrics().shed()).as("the fourth does not").isEqualTo(1);

        gate.open.countDown();
        listener.close();
        assertThat(gate.told).containsExactly("first", "b", "c", "d");
    }

    @Test
    void closingTellsWhatIsQueuedAndTakesNoMore() {
        gate.open.countDown();
        var listener = guarded(100);
        for (var i = 0; i < 50; i++) {
            listener.on(event("e" + i));
        }
        listener.close();
        assertThat(gate.told).hasSize(50).startsWith("e0").endsWith("e49");
        listener.on(event("late"));
        assertThat(listener.metrics().shed()).isEqualTo(1);
    }

    @Test
    void closingDoesNotWaitForAListenerThatHangs() throws InterruptedException {
        var listener = guarded(10);
        listener.on(event("first"));
        listener.on(event("second"));
        assertThat(gate.entered.await(10, TimeUnit.SECONDS)).isTrue();
        listener.close();
        assertThat(gate.told).isEmpty();
    }

    private GuardedEventListener guarded(int queueMax) {
        var executor = new ProviderExecutor(new ProviderExecutor.Identity("eventsListener", "gate"),
                ProviderLimits.ofEventListener(Duration.ofSeconds(20)), getClass().getClassLoader(), System::nanoTime);
        return new GuardedEventListener(gate, executor, queueMax, Duration.ofSeconds(1));
    }

    private static LoginEvent event(String id) {
        return new LoginEvent(id, Instant.EPOCH, "LOGIN", "main", Optional.empty(), Optional.empty(), Optional.empty(),
                Optional.empty(), Optional.empty(), Map.of());
    }

    /** Holds every event until it is opened. */
    private static final class Gate implements EventListener {

        private final CountDownLatch entered = new CountDownLatch(1);
        private final CountDownLatch open = new CountDownLatch(1);
        private final List<String> told = new CopyOnWriteArrayList<>();

        @Override
        public String name() {
            return "gate";
        }

        @Override
        public void on(LoginEvent event) {
            entered.countDown();
            try {
                open.await();
                told.add(event.id());
            } catch (InterruptedException interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }
}
