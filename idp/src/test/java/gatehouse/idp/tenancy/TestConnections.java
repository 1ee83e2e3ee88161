package gatehouse.idp.tenancy;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import gatehouse.spi.ConnectionId;
import gatehouse.spi.OrganizationId;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** Connections for tests, which say only what matters to them. */
public final class TestConnections {

    private TestConnections() {}

    /** An active connection of issuer {@code main}, at its first version. */
    public static Connection connection(String id, String organization, String type) {
        return connection(id, organization, type, JsonNodeFactory.instance.objectNode());
    }

    /** As above, with settings. */
    public static Connection connection(String id, String organization, String type, ObjectNode settings) {
        return new Connection(new ConnectionId(id), "main", new OrganizationId(organization), type, id + " name",
                ConnectionState.ACTIVE, List.of(), List.of(), 100, Optional.empty(), settings, 1);
    }

    /** {@code was} in {@code state}; enforced for everybody if that is the state. */
    public static Connection in(ConnectionState state, Connection was) {
        var since = state == ConnectionState.ENFORCED ? Optional.of(Instant.EPOCH)
                : Optional.<Instant>empty();
        return new Connection(was.id(), was.issuer(), was.organization(), was.type(), was.displayName(), state,
                was.testers(), was.sharedWith(), was.enforcedShare(), since, was.settings(), was.version());
    }

    /** {@code was}, being tested by {@code testers}. */
    public static Connection triedBy(List<String> testers, Connection was) {
        return new Connection(was.id(), was.issuer(), was.organization(), was.type(), was.displayName(),
                ConnectionState.TESTING, testers, was.sharedWith(), was.enforcedShare(), Optional.empty(),
                was.settings(), was.version());
    }

    /** {@code was}, offered to {@code others}. */
    public static Connection sharedWith(Connection was, ConnectionShare... others) {
        return new Connection(was.id(), was.issuer(), was.organization(), was.type(), was.displayName(), was.state(),
                was.testers(), List.of(others), was.enforcedShare(), was.enforcedSince(),
                was.settings(), was.version());
    }

    /** {@code was} of another issuer and version. */
    public static Connection at(String issuer, long version, Connection was) {
        return new Connection(was.id(), issuer, was.organization(), was.type(), was.displayName(), was.state(),
                was.testers(), was.sharedWith(), was.enforcedShare(), was.enforcedSince(), was.settings(), version);
    }
}
