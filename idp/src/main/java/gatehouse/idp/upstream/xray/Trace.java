package gatehouse.idp.upstream.xray;

import gatehouse.idp.http.Compared;
import gatehouse.idp.http.Refusal;
import gatehouse.idp.upstream.xray.Step.Verdict;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.LongSupplier;
import java.util.function.Supplier;

/**
 * Notes what a connector checks, while it checks. Costs a few list entries and waits for nothing. Of one attempt and
 * one thread.
 */
public final class Trace {

    /** Whether somebody signs in, or only tries whether they could. */
    public enum Kind {
        REAL,
        TEST;

        /** As it is written in answers and rows. */
        public String wireName() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /** What takes time on somebody else's machine. */
    public enum Stage { METADATA, TOKEN_CALL, KEYS, USERINFO }

    private final LongSupplier nanoClock;
    private final List<Step> steps = new ArrayList<>(24);
    private final Map<Stage, Duration> spent = new EnumMap<>(Stage.class);
    private Optional<Refusal> first = Optional.empty();

    /** @param nanoClock monotonic nanoseconds */
    public Trace(LongSupplier nanoClock) {
        this.nanoClock = nanoClock;
    }

    /** A trace that nobody will read. */
    public static Trace unread() {
        return new Trace(() -> 0);
    }

    /** {@code check} holds. */
    public void passed(Check check) {
        passed(check, Compared.NOTHING);
    }

    /** {@code check} holds for these values. */
    public void passed(Check check, Compared compared) {
        steps.add(new Step(check, Verdict.PASSED, compared));
    }

    /** {@code check} does not apply to this message. */
    public void notNeeded(Check check) {
        steps.add(new Step(check, Verdict.NOT_NEEDED, Compared.NOTHING));
    }

    /** {@code check} does not hold. */
    public void failed(Check check, Compared compared) {
        steps.add(new Step(check, Verdict.FAILED, compared));
    }

    /**
     * Makes {@code check} and notes what comes of it. A refusal is kept back until {@link #settle}, so that the checks
     * after it are made and noted too: an administrator mends three mistakes at once rather than one at a time. For
     * checks that only compare what is verified already, and change nothing.
     *
     * @param rule answers what it compared, or throws the refusal
     */
    public void check(Check check, Supplier<Compared> rule) {
        try {
            passed(check, rule.get());
        } catch (Refusal refusal) {
            failed(check, refusal.compared().orElse(Compared.NOTHING));
            if (first.isEmpty()) {
                first = Optional.of(refusal);
            }
        }
    }

    /** Throws the first refusal that {@link #check} kept back, if any. */
    public void settle() {
        first.ifPresent(refusal -> {
            throw refusal;
        });
    }

    /** What {@code work} answers; how long it took counts as the other side's. */
    public <T> T timed(Stage stage, Supplier<T> work) {
        var start = nanoClock.getAsLong();
        try {
            return work.get();
        } finally {
            spent.merge(stage, Duration.ofNanos(nanoClock.getAsLong() - start), Duration::plus);
        }
    }

    /** What was noted, in the order in which it was. */
    public List<Step> steps() {
        return List.copyOf(steps);
    }

    /** What each stage took. */
    public Map<Stage, Duration> spent() {
        return Map.copyOf(spent);
    }
}
