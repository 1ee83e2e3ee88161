/**
 * Our issuers, users and clients as Keycloak models: read-only, loaded whole, over
 * {@link gatehouse.spi.host.Directory}. A method that is missing here is refused by
 * {@link gatehouse.spi.keycloak.Hosted}, with its name.
 */
package gatehouse.spi.keycloak.model;
