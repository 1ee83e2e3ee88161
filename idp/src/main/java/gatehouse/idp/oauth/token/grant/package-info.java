/** One class per grant type; each reads like its section of the specification. */
package gatehouse.idp.oauth.token.grant;
