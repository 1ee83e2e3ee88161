/**
 * The only room that knows Vert.x: listens, reads requests within limits, makes their deadline, carries each to a virtual
 * thread and its reply back, and guards outgoing requests. Knows no protocol: routes and their voices come from the wiring.
 */
package gatehouse.idp.edge;
