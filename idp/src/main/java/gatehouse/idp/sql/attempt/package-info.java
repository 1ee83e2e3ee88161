/** Sign-in attempts in PostgreSQL: rows that are written behind and forgotten after some days. Entered by boot. */
package gatehouse.idp.sql.attempt;
