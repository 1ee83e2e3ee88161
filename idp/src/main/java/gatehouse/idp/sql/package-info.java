/**
 * PostgreSQL: the pool, transactions, migrations, the rows of configuration and people, the audit trail, and the feed
 * that tells every node what changed; the bounded caches that the data plane reads through. Refuses to wait longer than
 * the deadline it is given. Entered by {@code admin} and {@code apply} (rows in a transaction) and by the data plane
 * (caches and {@link gatehouse.idp.sql.SqlUserStore}).
 */
package gatehouse.idp.sql;
