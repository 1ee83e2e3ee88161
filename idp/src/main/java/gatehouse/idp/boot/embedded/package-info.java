/**
 * Real PostgreSQL and Redis servers from binaries in Maven artifacts, for the demo, development and tests: on loopback,
 * on free ports, their data in one folder. Not for production.
 */
package gatehouse.idp.boot.embedded;
