/**
 * The metadata that identity providers publish at an address: what a protocol reads in it, how two readings differ, and
 * which differences nobody but an administrator may accept. Keeps nothing and fetches nothing. saml-metadata §2, §3;
 * OpenID Connect Discovery §4.
 */
package gatehouse.idp.upstream.metadata;
