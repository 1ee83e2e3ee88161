/**
 * What the tests of the OAuth endpoints share: the endpoints over real keys and memory stores, and the world around
 * them.
 */
package gatehouse.idp.oauth.testkit;
