/** Token introspection: is this token good now, and what does it say? RFC 7662. */
package gatehouse.idp.oauth.introspect;
