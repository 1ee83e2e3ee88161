/**
 * An OpenID Provider signs an organization's people in: authorization code flow with PKCE, nonce and state. Owns what
 * is known of the provider (metadata, keys) and the judgement of ID tokens. Refuses every token that is not, in full,
 * the answer to the departure it comes back for. Enter through {@link gatehouse.idp.upstream.oidc.OidcConnectorType}.
 * OpenID Connect Core and Discovery, RFC 6749, 7523, 7636, 9207.
 */
package gatehouse.idp.upstream.oidc;
