/**
 * The server's side of hosting Keycloak providers: finds jars in the providers folder, opens the one isolated class
 * loader that they and the Keycloak jars live in, and hands out their extensions, guarded.
 *
 * <p>Knows no Keycloak class. Without provider jars there is no loader and no thread. Enter through
 * {@link gatehouse.spi.hosting.HostedProviders}.
 */
package gatehouse.spi.hosting;
