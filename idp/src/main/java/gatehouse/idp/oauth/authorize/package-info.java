/**
 * The authorization endpoint and its resume: proves where an answer may go, runs the ordered rules, asks the login,
 * issues the code. Until client and redirect URI are proven a refusal is a page; afterwards it is a redirect. RFC
 * 6749 §4.1, RFC 9207, RFC 9700, OpenID Connect Core §3.1.2.
 */
package gatehouse.idp.oauth.authorize;
