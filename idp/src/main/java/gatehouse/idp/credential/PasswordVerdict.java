package gatehouse.idp.credential;

import gatehouse.idp.directory.User;

/** What a name and a password came to. */
public sealed interface PasswordVerdict {

    /** The password is this user's. Says nothing on whether the user may sign in. */
    record Verified(User user) implements PasswordVerdict {}

    /** Wrong password, or no such user, or a user without a password: nobody is told which. */
    record Rejected() implements PasswordVerdict {}

    /** Too many failures; the password was not looked at. The page words it like {@link Rejected}. */
    record Locked() implements PasswordVerdict {}
}
