package gatehouse.idp.events;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class BackoffTest {

    private static final Duration FIRST = Courier.Pace.USUAL.first();
    private static final Duration LONGEST = Courier.Pace.USUAL.longest();

    @Test
    void waitsThreeTimesAsLongEachTimeUpToABound() {
        var even = new Backoff(FIRST, LONGEST, () -> 0.5);
        assertThat(even.after(1)).isEqualTo(FIRST);
        assertThat(even.after(2)).isEqualTo(FIRST.multipliedBy(3));
        assertThat(even.after(3)).isEqualTo(FIRST.multipliedBy(9));
        assertThat(even.after(20)).isEqualTo(LONGEST);
        assertThat(even.after(Integer.MAX_VALUE)).isEqualTo(LONGEST);
    }

    @Test
    void waitIsSpreadByAFifthEitherWay() {
        assertThat(new Backoff(FIRST, LONGEST, () -> 0).after(1)).isEqualTo(FIRST.multipliedBy(4).dividedBy(5));
        assertThat(new Backoff(FIRST, LONGEST, () -> 1).after(1)).isEqualTo(FIRST.multipliedBy(6).dividedBy(5));
    }
}
