package gatehouse.loadtests.load;

import java.time.Duration;

/**
 * How long each part of one journey's measurement lasts.
 *
 * @param warmth     before anything is measured
 * @param saturation the closed loop that finds what is carried
 * @param step       each open-loop attempt of the search for a sustainable rate
 * @param leadIn     open-loop load before a step or the half is measured
 * @param half       the open loop at half of that rate, from which latencies are taken
 */
public record Plan(Warmth warmth, Duration saturation, Duration step, Duration leadIn, Duration half) {

    private static final Duration LONGEST_LEAD_IN = Duration.ofSeconds(2);

    /** @param measured length of each measured window; a step of the search takes a third of it */
    public static Plan of(Warmth warmth, Duration measured) {
        var third = measured.dividedBy(3);
        return new Plan(warmth, measured, third, third.compareTo(LONGEST_LEAD_IN) < 0 ? third : LONGEST_LEAD_IN,
            measured);
    }
}
