/** Userinfo: what the scopes of an access token release about its person. OpenID Connect Core §5.3, RFC 6750. */
package gatehouse.idp.oauth.userinfo;
