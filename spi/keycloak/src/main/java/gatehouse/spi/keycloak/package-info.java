/**
 * Hosts Keycloak providers: the session, its factory, configuration and transactions that a provider expects, over our
 * own directory. Lives in the isolated class loader only; the server enters through
 * {@link gatehouse.spi.host.ProviderRealmEntry} and no other module may name a class of this one.
 *
 * <p>Refuses by name: a method, model or provider that is asked for and not hosted ends the call with
 * {@link gatehouse.spi.keycloak.UnsupportedByHost}.
 */
package gatehouse.spi.keycloak;
