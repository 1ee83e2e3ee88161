package gatehouse.idp.directory;

import gatehouse.spi.Deadline;
import gatehouse.spi.UserId;
import gatehouse.spi.credential.PasswordHash;
import java.util.Optional;

/** What login and the token endpoints need of the directory. Administration has its own, wider store. */
public interface UserStore {

    /** The user, from the store itself. */
    Optional<User> find(String issuer, UserId id, Deadline deadline);

    /** The user, possibly a few seconds old: a bounded cache that forgets on the configuration feed. */
    Optional<User> findCached(String issuer, UserId id, Deadline deadline);

    /** A local user (one with no account link needed) by e-mail address, compared in lower case. */
    Optional<User> findByEmail(String issuer, String email, Deadline deadline);

    /**
     * The user that an upstream identity is linked to, possibly a few seconds old as {@link #findCached}. That there is
     * none is always read from the store.
     */
    Optional<User> findByLink(String issuer, AccountLink link, Deadline deadline);

    /** The links themselves. */
    AccountLinks links();

    /**
     * Makes a user and links it to an upstream identity, or, if the link exists, answers its user with the profile
     * brought up to date. Atomic: of concurrent first logins one makes the user and all get it.
     *
     * @param profile the user to be; its id is used only if it is new
     */
    User provision(AccountLink link, User profile, Deadline deadline);

    /**
     * Links an upstream identity to a user who was there before, and brings them up to date. Atomic.
     *
     * @param profile the user to be, under the id of the present one
     * @return empty, and nothing is changed, if the user is not enabled, or not of the profile's organization and
     *     address any more, or if the link exists
     */
    Optional<User> adopt(AccountLink link, User profile, Deadline deadline);

    /** The password hash of a user, if they have a local password. */
    Optional<PasswordHash> passwordOf(String issuer, UserId id, Deadline deadline);

    /** Replaces the password hash (a rehash after a login with old parameters). */
    void setPassword(String issuer, UserId id, PasswordHash hash, Deadline deadline);
}
