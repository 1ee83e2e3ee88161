/**
 * Rows of what is watched in the background: published metadata, countdowns of certificates, and whose turn it is to do
 * a chore. Knows no protocol.
 */
package gatehouse.idp.sql.watch;
