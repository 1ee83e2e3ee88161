/**
 * The bridge between the server and the isolated class loader that hosts provider jars. Both sides share exactly this
 * package, its parent, {@code event} and {@code credential}; it therefore knows JDK types and nothing else.
 *
 * <p>The server implements {@link gatehouse.spi.host.Directory} and {@link gatehouse.spi.host.BoundedCalls}; the loader
 * implements {@link gatehouse.spi.host.ProviderRealmEntry}.
 */
package gatehouse.spi.host;
