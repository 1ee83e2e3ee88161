/**
 * Proving who one is at this server itself: local passwords, how they are hashed, and how often they may be tried.
 * Owns the hash pool, the limits on attempts and the rule that an unknown user costs and answers the same as a wrong
 * password. Refuses nothing about accounts: whether a user may sign in is {@code login}'s. Enter through {@link
 * gatehouse.idp.credential.PasswordProvider}.
 */
package gatehouse.idp.credential;
