/**
 * We are the authorization server and OpenID Provider of each issuer. Owns the endpoints and what their answers mean;
 * the login, the keys and the stores belong to their rooms. Refuses implicit and password grants, {@code plain} PKCE,
 * and any redirect to an address that is not proven. Enter through {@link gatehouse.idp.oauth.OAuthRoutes}, which
 * lists grants, client authentication methods and routes; rules of the authorization endpoint are listed in
 * {@link gatehouse.idp.oauth.authorize.AuthorizationRules}. RFC 6749, 6750, 7009, 7636, 7662, 8414, 9068, 9207, 9700.
 */
package gatehouse.idp.oauth;
