/**
 * The peer: Keycloak from its published distribution, in production mode on a real PostgreSQL, set up for the
 * same journeys.
 *
 * <p>Owns its download, its realm and its process; changes nothing of its defaults that a journey does not need.
 * Enters through {@link gatehouse.loadtests.keycloak.KeycloakServer}.
 */
package gatehouse.loadtests.keycloak;
