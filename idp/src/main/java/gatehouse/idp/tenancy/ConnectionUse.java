package gatehouse.idp.tenancy;

import java.util.Optional;

/** What somebody wants of a connection, when {@link TenancyCatalog#isUsable} is asked. */
public sealed interface ConnectionUse {

    /**
     * An ordinary sign-in, or what came of one: leaving for the provider, linking, a session, a token.
     *
     * @param email the person's address as far as it is known, lower case: testers are known by theirs
     */
    record SignIn(Optional<String> email) implements ConnectionUse {}

    /**
     * What goes on after a sign-in was let through, where its person cannot be told from it: the provider's answer,
     * before it is known whom it is about; an access token, whose person was asked about when it was made.
     */
    record Ongoing() implements ConnectionUse {}

    /** A test sign-in, which ends in a verdict and never in a session. */
    record TestSignIn() implements ConnectionUse {}

    /** A sign-in of {@code email}. */
    static ConnectionUse signInOf(String email) {
        return new SignIn(Optional.of(email));
    }
}
