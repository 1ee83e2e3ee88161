package gatehouse.loadtests.load;

import java.util.OptionalDouble;

/**
 * Measures one journey: warms the server, finds what it carries, finds what it sustains, and takes latencies at
 * half of that.
 */
public final class Measurement {

    /** Parts of the closed loop's throughput that are tried as open-loop rates, best first. */
    private static final double[] ATTEMPTS = {0.95, 0.9, 0.8, 0.7, 0.6, 0.5, 0.4, 0.3};
    /** Completions per arrival that count as keeping up. */
    private static final double KEEPS_UP = 0.985;
    /** A p99 over this means that a queue grows. */
    private static final double LONGEST_P99_MILLIS = 1_000;

    private final OpenLoop openLoop;
    private final ClosedLoop closedLoop;
    private final Plan plan;

    public Measurement(OpenLoop openLoop, ClosedLoop closedLoop, Plan plan) {
        this.openLoop = openLoop;
        this.closedLoop = closedLoop;
        this.plan = plan;
    }

    /** Finds the sustainable rate, and the latencies at half of it. */
    public Result find(Journey journey, int concurrency) {
        var saturation = closedLoop.run(journey, concurrency, plan.warmth(), plan.saturation());
        var sustainable = saturation.isValid() ? sustainable(journey, saturation.perSecond()) : OptionalDouble.empty();
        var rate = sustainable.orElse(saturation.perSecond() * ATTEMPTS[ATTEMPTS.length - 1]);
        return new Result(journey.name(), saturation, sustainable, at(journey, Math.max(rate / 2, 0.1)));
    }

    /** Takes latencies at a rate that is given; what the server could carry is still measured. */
    public Result at(Journey journey, int concurrency, double perSecond) {
        var saturation = closedLoop.run(journey, concurrency, plan.warmth(), plan.saturation());
        return new Result(journey.name(), saturation, OptionalDouble.empty(), at(journey, perSecond));
    }

    private Trial at(Journey journey, double perSecond) {
        return openLoop.run(journey, perSecond, plan.leadIn(), plan.half());
    }

    private OptionalDouble sustainable(Journey journey, double carried) {
        for (var part : ATTEMPTS) {
            var trial = openLoop.run(journey, carried * part, plan.leadIn(), plan.step());
            var keepsUp = trial.perSecond() >= KEEPS_UP * trial.offeredPerSecond();
            if (keepsUp && trial.isValid() && trial.percentileMillis(99) <= LONGEST_P99_MILLIS) {
                return OptionalDouble.of(trial.offeredPerSecond());
            }
        }
        return OptionalDouble.empty();
    }
}
