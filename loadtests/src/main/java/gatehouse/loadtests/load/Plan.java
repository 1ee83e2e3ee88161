package gatehouse.loadtests.load;

import java.time.Duration;

/**
 * How long each part of one journey's measurement lasts.
 *
 * @param warmth     before anything is measured
 * @param saturation the closed loop that finds what is carried
 * @param step       each open-loop attempt of the search for a sustainable rate
 * @param half       the open loop at half of that rate, from which latencies are taken
 */
public record Plan(Warmth warmth, Duration saturation, Duration step, Duration half) {

    /** @param measured length of each measured window; a step of the search takes a third of it */
    public static Plan of(Warmth warmth, Duration measured) {
        return new Plan(warmth, measured, measured.dividedBy(3), measured);
    }
}
