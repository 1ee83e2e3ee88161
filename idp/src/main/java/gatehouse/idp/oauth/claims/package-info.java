/** What the scopes say about a person: the claims of ID tokens and of userinfo. OpenID Connect Core §5.1, §5.4. */
package gatehouse.idp.oauth.claims;
