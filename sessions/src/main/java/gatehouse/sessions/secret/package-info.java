/**
 * The secrets of this module: how values that browsers and clients hold are made, recognised and hashed, and how
 * records are sealed. Owns every key derivation, MAC and cipher of the session stores, so that no engine spells one
 * itself; keeps nothing. Entered by the engines only.
 */
package gatehouse.sessions.secret;
