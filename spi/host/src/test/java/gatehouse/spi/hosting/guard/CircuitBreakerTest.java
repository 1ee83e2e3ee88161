package gatehouse.spi.hosting.guard;

import static org.assertj.core.api.Assertions.assertThat;

import gatehouse.spi.hosting.guard.CircuitBreaker.State;
import org.junit.jupiter.api.Test;

class CircuitBreakerTest {

    private static final long SECOND = 1_000_000_000L;

    private long now = Long.MAX_VALUE - SECOND; // the nano clock may wrap
    private final CircuitBreaker breaker = new CircuitBreaker(() -> now);

    @Test
    void opensWithTheTenthFailureOfTheLastTwentyCalls() {
        for (var i = 0; i < 9; i++) {
            breaker.succeeded();
            assertThat(breaker.failed()).isFalse();
        }
        breaker.succeeded();
        assertThat(breaker.state()).isEqualTo(State.CLOSED);
        assertThat(breaker.failed()).isTrue();
        assertThat(breaker.enters()).isFalse();
    }

    @Test
    void failuresOlderThanTwentyCallsAreForgotten() {
        for (var i = 0; i < 9; i++) {
            breaker.failed();
        }
        for (var i = 0; i < 20; i++) {
            breaker.succeeded();
        }
        for (var i = 0; i < 9; i++) {
            assertThat(breaker.failed()).isFalse();
        }
        assertThat(breaker.failed()).isTrue();
    }

    @Test
    void afterThirtySecondsOneCallTriesAndItsSuccessClosesIt() {
        open();
        now += 30 * SECOND - 1;
        assertThat(breaker.enters()).isFalse();
        now += 1;
        assertThat(breaker.enters()).isTrue();
        assertThat(breaker.enters()).as("only one tries").isFalse();
        breaker.succeeded();
        assertThat(breaker.state()).isEqualTo(State.CLOSED);
        assertThat(breaker.failed()).as("a clean slate").isFalse();
    }

    @Test
    void aFailedTryOpensItForAnotherThirtySeconds() {
        open();
        now += 30 * SECOND;
        assertThat(breaker.enters()).isTrue();
        assertThat(breaker.failed()).isTrue();
        now += 29 * SECOND;
        assertThat(breaker.enters()).isFalse();
        now += SECOND;
        assertThat(breaker.enters()).isTrue();
    }

    @Test
    void aTryThatWasNotMadeLeavesTheNextOneFree() {
        open();
        now += 30 * SECOND;
        assertThat(breaker.enters()).isTrue();
        breaker.withdrawn();
        assertThat(breaker.enters()).isTrue();
    }

    private void open() {
        for (var i = 0; i < 10; i++) {
            breaker.failed();
        }
        assertThat(breaker.state()).isEqualTo(State.OPEN);
    }
}
