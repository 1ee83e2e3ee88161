package gatehouse.spi.hosting.guard;

import java.time.Duration;

/**
 * What one provider may take.
 *
 * @param budget         time for one call, waiting for its turn included
 * @param concurrentMax  calls that run at once
 * @param waitingMax     callers that may wait for their turn
 * @param leakedMax      threads that may ignore their interrupt before the provider is quarantined
 * @param quotesMessages whether the provider's own words may be logged; not where they could repeat a password
 */
public record ProviderLimits(
        Duration budget, int concurrentMax, int waitingMax, int leakedMax, boolean quotesMessages) {

    public ProviderLimits {
        if (!budget.isPositive() || concurrentMax < 1 || waitingMax < 0 || leakedMax < 1) {
            throw new IllegalArgumentException("a provider needs a budget, a thread and room for a leaked one");
        }
    }

    /** One event at a time, at most eight threads. */
    public static ProviderLimits ofEventListener(Duration budget) {
        return new ProviderLimits(budget, 1, 0, 7, true);
    }

    /** Hashing burns CPU by intent: one core stays free for everything else. */
    public static ProviderLimits ofPasswordHasher(Duration budget, int cores) {
        return new ProviderLimits(budget, Math.max(1, cores - 1), 256, 4, false);
    }

    /** Providers start one after another. */
    public static ProviderLimits ofStart(Duration budget) {
        return new ProviderLimits(budget, 1, 0, 16, true);
    }
}
