package gatehouse.idp.upstream;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import gatehouse.idp.tenancy.Connection;
import gatehouse.spi.ConnectionId;
import gatehouse.spi.Issuer;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/** Connectors that have been used lately, the least recently used forgotten first. */
public final class OpenConnectors implements Connectors {

    /** Connectors kept open. */
    public static final int OPEN_MAX = 10_000;

    private final Map<String, ConnectorType> types = new LinkedHashMap<>();
    private final Function<String, Issuer> issuers;
    private final Cache<Key, Open> open;

    private record Key(String issuer, ConnectionId connection) {}

    private record Open(long version, Connector connector) {}

    /**
     * @param types   the upstream protocols
     * @param issuers an issuer by its name
     * @param openMax connectors kept open
     */
    public OpenConnectors(List<ConnectorType> types, Function<String, Issuer> issuers, int openMax) {
        types.forEach(type -> this.types.put(type.name(), type));
        this.issuers = issuers;
        this.open = Caffeine.newBuilder().maximumSize(openMax).build();
    }

    @Override
    public Connector open(Connection connection) {
        var key = new Key(connection.issuer(), connection.id());
        var known = open.getIfPresent(key);
        if (known == null || known.version() != connection.version()) {
            known = open.asMap().compute(key, (_, current) ->
                    current != null && current.version() == connection.version() ? current : reopen(connection));
        }
        return known.connector();
    }

    private Open reopen(Connection connection) {
        var type = types.get(connection.type());
        if (type == null) {
            throw new IllegalStateException("no connector type is called " + connection.type());
        }
        return new Open(connection.version(), type.open(connection, issuers.apply(connection.issuer())));
    }
}
