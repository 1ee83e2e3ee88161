package gatehouse.idp.credential;

import gatehouse.idp.credential.PasswordVerdict.Locked;
import gatehouse.idp.credential.PasswordVerdict.Rejected;
import gatehouse.idp.credential.PasswordVerdict.Verified;
import gatehouse.idp.directory.User;
import gatehouse.idp.directory.UserStore;
import gatehouse.spi.Deadline;
import gatehouse.spi.UserId;
import gatehouse.spi.credential.PasswordHash;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Local passwords: checked on the hash pool, limited in attempts, the same work and answer for unknown users. */
public final class PasswordProvider {

    /** Longest password looked at, in characters; a longer one is wrong. */
    public static final int PASSWORD_LENGTH_MAX = 1024;

    private static final UserId NOBODY = new UserId("nobody");
    private static final Logger LOG = LoggerFactory.getLogger(PasswordProvider.class);

    private final UserStore users;
    private final PasswordHashers hashers;
    private final HashPool pool;
    private final AttemptLimiter limiter;
    private final PasswordHash dummy;

    public PasswordProvider(UserStore users, PasswordHashers hashers, HashPool pool, AttemptLimiter limiter) {
        this.users = users;
        this.hashers = hashers;
        this.pool = pool;
        this.limiter = limiter;
        this.dummy = hashers.hash("nobody has this password".toCharArray());
    }

    /** One attempt. The array is wiped. @param email as typed @param address where the request came from */
    public record Attempt(String issuer, String email, char[] password, String address) {

        @Override
        public String toString() {
            return "Attempt[•••]";
        }
    }

    /**
     * Checks a password.
     *
     * @throws gatehouse.spi.Unavailable if too many passwords are being checked
     */
    public PasswordVerdict verify(Attempt attempt, Deadline deadline) {
        var subject = attempt.email().toLowerCase(Locale.ROOT);
        try {
            if (!limiter.admits(attempt.issuer(), subject, attempt.address(), deadline)) {
                return new Locked();
            }
            var user = users.findByEmail(attempt.issuer(), subject, deadline);
            // Asked for somebody who does not exist too: an answer must not come sooner because there is nobody.
            var stored = users.passwordOf(attempt.issuer(), user.map(User::id).orElse(NOBODY), deadline);
            if (!matches(attempt.password(), stored, deadline) || user.isEmpty()) {
                limiter.failed(attempt.address(), deadline);
                return new Rejected();
            }
            limiter.succeeded(attempt.issuer(), subject, deadline);
            stored.filter(hashers::isOutdated).ifPresent(_ -> rehash(user.get(), attempt.password(), deadline));
            return new Verified(user.get());
        } finally {
            Arrays.fill(attempt.password(), '\0');
        }
    }

    private boolean matches(char[] password, Optional<PasswordHash> stored, Deadline deadline) {
        if (password.length == 0 || password.length > PASSWORD_LENGTH_MAX) {
            return false;
        }
        // A copy of its own: the pool may still read when the caller has given up waiting and wiped the array.
        var copy = password.clone();
        var verified = pool.run(() -> {
            try {
                return hashers.verify(copy, stored.orElse(dummy));
            } finally {
                Arrays.fill(copy, '\0');
            }
        }, deadline);
        return verified && stored.isPresent();
    }

    /** Writes the password anew at today's cost. The login does not depend on it. */
    private void rehash(User user, char[] password, Deadline deadline) {
        var copy = password.clone();
        try {
            users.setPassword(user.issuer(), user.id(), pool.run(() -> hashers.hash(copy), deadline), deadline);
        } catch (RuntimeException notNow) {
            LOG.warn("a password hash was not renewed; it will be at the next login", notNow);
        } finally {
            Arrays.fill(copy, '\0');
        }
    }
}
