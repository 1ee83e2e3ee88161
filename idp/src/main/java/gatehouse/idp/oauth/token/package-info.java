/**
 * The token endpoint: which grants there are, what each allows, and the tokens that are made of it. A new grant is
 * one class and one line in {@link gatehouse.idp.oauth.OAuthRoutes}. RFC 6749 §3.2, RFC 7636, RFC 9068, OpenID
 * Connect Core.
 */
package gatehouse.idp.oauth.token;
