package gatehouse.idp.admin.tenancy;

import gatehouse.idp.schema.Described;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * What enforcing a connection would do, were it done now.
 *
 * @param passwords   people of the organization who have a password and may sign in
 * @param lockedOut   how many of them have never signed in over the connection
 * @param people      who they are, those first who signed in last; at most {@link #PEOPLE_MAX}
 * @param conditions  what has to hold before
 */
public record Rehearsal(
        @Described("People of the organization who have a password.") int passwords,
        @Described("How many of them have never signed in over the connection.") int lockedOut,
        @Described("Who they are, the first 200.") List<LockedOut> people,
        @Described("What has to hold before the connection can be enforced.") List<Condition> conditions) {

    /** Most people that are named. */
    public static final int PEOPLE_MAX = 200;

    /** Somebody who could not sign in any more. */
    public record LockedOut(
            @Described("Their id.") String user,
            @Described("Their e-mail address.") String email,
            @Described("Whether they are in the share that would be enforced.") boolean inShare,
            @Described(value = "When they last signed in, if that is known.", format = "date-time")
            Optional<Instant> lastSignIn) {}

    /**
     * Something that has to hold before.
     *
     * @param name one of {@code verified_domain}, {@code recent_success}, {@code break_glass}
     */
    public record Condition(
            @Described("verified_domain, recent_success or break_glass.") String name,
            @Described("Whether it holds.") boolean met,
            @Described("What it means.") String meaning) {}

    /** Whether everything holds. */
    boolean isReady() {
        return conditions.stream().allMatch(Condition::met);
    }
}
