/**
 * Signing a person in, for any front door: finding their organization's identity provider, leaving for it, coming
 * back, passwords, consent, sessions. Does not know who asked: a front door brings a {@link
 * gatehouse.idp.login.LoginRequest} and gets a {@link gatehouse.idp.login.LoginResult}. One dispatcher decides the
 * next step: {@code check} says what is missing, {@code account} whose login it is, {@code step} does what was decided,
 * {@code flow} remembers it. Wired by {@link gatehouse.idp.login.LoginRoutes}.
 */
package gatehouse.idp.login;
