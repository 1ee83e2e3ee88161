package gatehouse.idp.tenancy;

import gatehouse.idp.schema.Described;
import gatehouse.spi.UserId;
import java.time.Instant;
import java.util.Optional;

/**
 * A person who may sign in by password although single sign-on is enforced, when all else is broken: while the account
 * is activated, and not otherwise.
 *
 * @param user        who; of the organization, with a password
 * @param activeUntil until when it is activated; empty: it is not
 */
public record BreakGlassAccount(
        @Described(value = "Id of the user.", min = 1, max = 64)
        UserId user,
        @Described(value = "Until when it is activated; set by activating it.", format = "date-time")
        Optional<Instant> activeUntil) {

    /** Whether it is activated at {@code now}. */
    public boolean isOpen(Instant now) {
        return activeUntil.filter(now::isBefore).isPresent();
    }
}
