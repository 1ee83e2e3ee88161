/**
 * What every OAuth endpoint says and how: error codes with their reasons, the voices that word them, and the JSON
 * they are written in. Knows no store and no client. RFC 6749 §5.2, RFC 6750 §3, OpenID Connect Core §3.1.2.6.
 */
package gatehouse.idp.oauth.wire;
