/**
 * The proof that somebody owns a domain: which TXT record is wanted, what the name servers that have the say about it
 * answered, and what that means. Knows DNS (RFC 1034, 1035), no database and no HTTP.
 */
package gatehouse.idp.tenancy.domain;
