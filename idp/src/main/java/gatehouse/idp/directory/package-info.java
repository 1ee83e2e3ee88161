/**
 * People as this server knows them, and the links from upstream identities to them. An identity is its (connection,
 * subject), never its e-mail address.
 */
package gatehouse.idp.directory;
