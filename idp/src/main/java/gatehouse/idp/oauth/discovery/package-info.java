/**
 * Published documents: the metadata of each issuer, computed from the lists that are wired, and its keys. Prebuilt
 * bytes with entity tags, answered on the event loop. OpenID Connect Discovery, RFC 8414, RFC 7517.
 */
package gatehouse.idp.oauth.discovery;
