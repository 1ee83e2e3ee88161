package gatehouse.idp.credential;

import java.time.Duration;

/**
 * How often passwords may be wrong before no more are tried.
 *
 * @param perSubject failures for one name, whether or not it exists
 * @param perAddress failures from one network address; higher, for an office behind one address
 * @param halfLife   time in which a count halves
 */
public record AttemptLimits(int perSubject, int perAddress, Duration halfLife) {

    public static final AttemptLimits DEFAULTS = new AttemptLimits(10, 100, Duration.ofMinutes(5));

    public AttemptLimits {
        if (perSubject < 1 || perAddress < perSubject) {
            throw new IllegalArgumentException("attempts per subject must be at least 1, per address at least as many");
        }
        if (!halfLife.isPositive()) {
            throw new IllegalArgumentException("the half-life of failed attempts must be longer than 0");
        }
    }
}
