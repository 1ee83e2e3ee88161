/** Token revocation: a client gives back what it was given. RFC 7009. */
package gatehouse.idp.oauth.revoke;
