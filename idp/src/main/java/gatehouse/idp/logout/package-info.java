/**
 * Single logout: a session that has ended here is over for everybody who was told of it, and at the identity provider
 * that it came from. Knows no protocol: each kind of participant speaks its own ({@link gatehouse.idp.logout.Farewells}),
 * and so does each front door that a logout begins and ends at. Servers are told at once and side by side; who can only
 * be told through the browser is visited one after the other, from a page that works without scripts and goes on without
 * those that do not answer. Who could not be told is named at the end, never passed over.
 */
package gatehouse.idp.logout;
