package gatehouse.idp.logout;

import gatehouse.idp.http.Request;
import gatehouse.idp.tenancy.Connection;
import gatehouse.idp.tenancy.ConnectionUse;
import gatehouse.idp.tenancy.TenancyCatalog;
import gatehouse.idp.upstream.Connectors;
import gatehouse.idp.upstream.Departure;
import gatehouse.idp.upstream.UpstreamLogout;
import gatehouse.sessions.Session;
import gatehouse.sessions.UpstreamSession;
import gatehouse.spi.ConnectionId;
import gatehouse.spi.Deadline;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The identity providers that sessions came from, as far as they take a logout. One that takes none is nobody to be
 * told: signing out here was never said to sign out there.
 */
final class UpstreamFarewells implements Farewells {

    static final String KIND = "upstream";

    private final TenancyCatalog tenancy;
    private final Connectors connectors;

    UpstreamFarewells(TenancyCatalog tenancy, Connectors connectors) {
        this.tenancy = tenancy;
        this.connectors = connectors;
    }

    @Override
    public String kind() {
        return KIND;
    }

    @Override
    public List<Farewell> of(Session session, Deadline deadline) {
        var issuer = session.authentication().issuer();
        return session.authentication().upstream()
                .flatMap(came -> connection(issuer, came.connection(), deadline)
                        .filter(connection -> logout(connection).filter(way -> way.takes(came, deadline)).isPresent())
                        .map(connection -> new Farewell(KIND, connection.id().value(), connection.displayName(),
                                Farewell.Channel.FRONT, true, write(came))))
                .stream().toList();
    }

    /** The connection, if it may be used: nobody is sent to the provider of one that may not. */
    private Optional<Connection> connection(String issuer, ConnectionId id, Deadline deadline) {
        return tenancy.connection(issuer, id, deadline)
                .filter(found -> tenancy.isUsable(found, new ConnectionUse.Ongoing(), deadline));
    }

    private Optional<UpstreamLogout> logout(Connection connection) {
        return connectors.open(connection).logout();
    }

    @Override
    public boolean tell(Farewell farewell, Request request, Deadline deadline) {
        return false; // providers are visited
    }

    @Override
    public Optional<Departure> visit(Farewell farewell, String handle, Request request, Deadline deadline) {
        return connection(request.issuer().name(), new ConnectionId(farewell.id()), deadline)
                .flatMap(this::logout)
                .flatMap(way -> way.depart(read(farewell), handle, deadline));
    }

    private static Map<String, String> write(UpstreamSession came) {
        var written = new HashMap<String, String>();
        written.put("subject", came.subject());
        came.format().ifPresent(format -> written.put("format", format));
        came.index().ifPresent(index -> written.put("index", index));
        came.name().ifPresent(name -> {
            written.put("name", name.value());
            name.qualifier().ifPresent(qualifier -> written.put("qualifier", qualifier));
            name.spQualifier().ifPresent(qualifier -> written.put("sp_qualifier", qualifier));
        });
        return written;
    }

    private static UpstreamSession read(Farewell farewell) {
        var written = farewell.carried();
        var name = Optional.ofNullable(written.get("name")).map(value -> new UpstreamSession.Name(value,
                Optional.ofNullable(written.get("qualifier")), Optional.ofNullable(written.get("sp_qualifier"))));
        return new UpstreamSession(new ConnectionId(farewell.id()), written.get("subject"),
                Optional.ofNullable(written.get("format")), Optional.ofNullable(written.get("index")), name);
    }
}
