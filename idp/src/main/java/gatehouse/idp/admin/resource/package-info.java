/**
 * What administrators manage: each kind is its rows, its fields and what is special about it. Owns the rules that a
 * document must keep before it becomes a row, the treatment of secrets, and that a change and its audit record are one
 * transaction. Entered by {@code admin} over HTTP and by {@code apply} with a file.
 */
package gatehouse.idp.admin.resource;
