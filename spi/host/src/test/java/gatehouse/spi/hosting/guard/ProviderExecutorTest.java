package gatehouse.spi.hosting.guard;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import gatehouse.spi.host.ProviderFailure;
import gatehouse.spi.host.ProviderFailure.Kind;
import java.time.Duration;
import java.util.HashSet;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class ProviderExecutorTest {

    @Test
    void runsOnADaemonPlatformThreadWithTheGivenLoaderAndHandsTheResultBack() {
        try (var executor = executor(new ProviderLimits(Duration.ofSeconds(10), 2, 2, 2, true))) {
            var thread = executor.call(() -> Thread.currentThread());
            assertThat(thread.isVirtual()).isFalse();
            assertThat(thread.isDaemon()).isTrue();
            assertThat(thread.getName()).isEqualTo("provider-p");
            assertThat(thread.getContextClassLoader()).isSameAs(ClassLoader.getPlatformClassLoader());
        }
    }

    @Test
    void oneMoreCallerThanThereIsRoomForIsShedAtOnce() throws Exception {
        var hold = new CountDownLatch(1);
        var running = new CountDownLatch(2);
        try (var executor = executor(new ProviderLimits(Duration.ofSeconds(20), 2, 1, 2, true));
                var callers = Executors.newVirtualThreadPerTaskExecutor()) {
            for (var i = 0; i < 2; i++) {
                callers.submit(() -> executor.call(() -> {
                    running.countDown();
                    return hold.await(20, TimeUnit.SECONDS);
                }));
            }
            assertThat(running.await(10, TimeUnit.SECONDS)).isTrue();
            var waiter = callers.submit(() -> executor.call(() -> "came through"));
            while (executor.waiting() == 0) {
                Thread.onSpinWait();
            }
            assertThat(kindOf(() -> executor.call(() -> "no room"))).isEqualTo(Kind.SHED);
            hold.countDown();
            assertThat(waiter.get(10, TimeUnit.SECONDS)).isEqualTo("came through");
            assertThat(executor.metrics(0, 0).shed()).isEqualTo(1);
        }
    }

    @Test
    void theWordsOfAProviderAreQuotedOnOneLineOrNotAtAll() {
        try (var quoting = executor(new ProviderLimits(Duration.ofSeconds(10), 1, 1, 1, true));
                var discreet = executor(new ProviderLimits(Duration.ofSeconds(10), 1, 1, 1, false))) {
            assertThatThrownBy(() -> quoting.call(() -> {
                throw new IllegalStateException("a\r\nb", new IllegalArgumentException("c"));
            })).isInstanceOf(ProviderFailure.class).hasNoCause().hasMessage("provider p threw "
                    + "java.lang.IllegalStateException: a b, caused by java.lang.IllegalArgumentException: c");
            assertThatThrownBy(() -> discreet.call(() -> {
                throw new IllegalStateException("the password is hunter2");
            })).hasMessage("provider p threw java.lang.IllegalStateException");
        }
    }

    @Test
    void aThreadThatWasGivenUpIsNotUsedAgain() {
        try (var executor = executor(new ProviderLimits(Duration.ofSeconds(2), 1, 1, 3, true))) {
            var late = new Thread[1];
            assertThat(kindOf(() -> executor.call(() -> {
                late[0] = Thread.currentThread();
                return new CountDownLatch(1).await(30, TimeUnit.SECONDS);
            }))).isEqualTo(Kind.TIMED_OUT);
            assertThat(executor.call(() -> Thread.currentThread())).isNotSameAs(late[0]);
        }
    }

    @Test
    void aThreadIsUsedAgainWhileItIsFresh() throws InterruptedException {
        try (var executor = executor(new ProviderLimits(Duration.ofSeconds(20), 1, 1, 3, true))) {
            var threads = new HashSet<Thread>();
            for (var i = 0; i < 200; i++) {
                threads.add(executor.call(() -> Thread.currentThread()));
            }
            assertThat(threads).hasSizeLessThan(100);
            executor.close();
            for (var thread : threads) {
                assertThat(thread.join(Duration.ofSeconds(10))).as("ends with its executor").isTrue();
            }
        }
    }

    @Test
    void anInterruptedCallerStopsWaitingAndStaysInterrupted() {
        try (var executor = executor(new ProviderLimits(Duration.ofSeconds(20), 1, 1, 3, true))) {
            Thread.currentThread().interrupt();
            assertThat(kindOf(() -> executor.call(() -> new CountDownLatch(1).await(20, TimeUnit.SECONDS))))
                    .isEqualTo(Kind.TIMED_OUT);
            assertThat(Thread.interrupted()).isTrue();
        }
    }

    @Test
    void aClosedExecutorLetsNobodyIn() {
        var executor = executor(new ProviderLimits(Duration.ofSeconds(1), 1, 1, 1, true));
        executor.close();
        assertThat(kindOf(() -> executor.call(() -> 1))).isEqualTo(Kind.CLOSED);
    }

    private static Kind kindOf(Runnable call) {
        return catchThrowableOfType(ProviderFailure.class, call::run).kind();
    }

    private static ProviderExecutor executor(ProviderLimits limits) {
        return new ProviderExecutor(new ProviderExecutor.Identity("test", "p"), limits,
                ClassLoader.getPlatformClassLoader(), System::nanoTime);
    }
}
