package gatehouse.idp.credential;

import gatehouse.sessions.AttemptCounter;
import gatehouse.spi.Deadline;

/**
 * Stops guessing: failures are counted per subject and per address, and fade. Counts names that do not exist like
 * those that do, so that being locked says nothing about a name.
 */
public final class AttemptLimiter {

    private static final String SUBJECT = "password-subject";
    private static final String ADDRESS = "password-address";

    private final AttemptCounter counter;
    private final AttemptLimits limits;

    public AttemptLimiter(AttemptCounter counter, AttemptLimits limits) {
        this.counter = counter;
        this.limits = limits;
    }

    /**
     * Whether a password may be looked at. Counts the attempt against the subject before it is made, so that many at
     * once are as limited as one after the other; {@link #succeeded} takes it back.
     */
    boolean admits(String issuer, String subject, String address, Deadline deadline) {
        if (counter.count(SUBJECT, key(issuer, subject), limits.halfLife(), deadline) >= limits.perSubject()
                || counter.count(ADDRESS, address, limits.halfLife(), deadline) >= limits.perAddress()) {
            return false;
        }
        return counter.failed(SUBJECT, key(issuer, subject), limits.halfLife(), deadline) <= limits.perSubject();
    }

    /** Counts a wrong password against the address it came from. */
    void failed(String address, Deadline deadline) {
        counter.failed(ADDRESS, address, limits.halfLife(), deadline);
    }

    /** Forgets the subject's failures, not the address's: one own account must not pay for guessing others'. */
    void succeeded(String issuer, String subject, Deadline deadline) {
        counter.clear(SUBJECT, key(issuer, subject), deadline);
    }

    private static String key(String issuer, String subject) {
        return issuer + '\n' + subject;
    }
}
