/**
 * Who is the client that sent this request? One class per authentication method, one answer for every failure, and a
 * type that proves success. RFC 6749 §2.3, RFC 7523, OpenID Connect Core §9.
 */
package gatehouse.idp.oauth.clientauth;
