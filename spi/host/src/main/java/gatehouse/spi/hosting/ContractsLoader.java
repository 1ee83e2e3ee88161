package gatehouse.spi.hosting;

import java.util.Set;

/**
 * All that provider code sees of the server: the JDK, and the classes of the packages that both sides share. No other
 * class and no resource of the server's class path can be reached through it.
 */
final class ContractsLoader extends ClassLoader {

    static {
        registerAsParallelCapable();
    }

    private static final Set<String> SHARED_PACKAGES =
            Set.of("gatehouse.spi", "gatehouse.spi.event", "gatehouse.spi.credential", "gatehouse.spi.host");

    private final ClassLoader server;

    ContractsLoader(ClassLoader server) {
        super("gatehouse-contracts", ClassLoader.getPlatformClassLoader());
        this.server = server;
    }

    @Override
    protected Class<?> findClass(String name) throws ClassNotFoundException {
        var end = name.lastIndexOf('.');
        if (end < 0 || !SHARED_PACKAGES.contains(name.substring(0, end))) {
            throw new ClassNotFoundException(name);
        }
        return server.loadClass(name);
    }
}
