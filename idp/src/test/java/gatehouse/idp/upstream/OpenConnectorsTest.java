package gatehouse.idp.upstream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import gatehouse.idp.http.Request;
import gatehouse.idp.tenancy.Connection;
import gatehouse.idp.tenancy.TestConnections;
import gatehouse.spi.ConnectionId;
import gatehouse.spi.Deadline;
import gatehouse.spi.Issuer;
import gatehouse.spi.OrganizationId;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

class OpenConnectorsTest {

    private final CountingType type = new CountingType();
    private final OpenConnectors connectors =
            new OpenConnectors(List.of(type), name -> Issuer.of(name, "https://sso.example"), 100);

    private static Connection connection(String issuer, String id, long version, String type) {
        return TestConnections.at(issuer, version, TestConnections.connection(id, "acme", type));
    }

    @Test
    void oneVersionIsOpenedOnce() {
        var first = connectors.open(connection("main", "a", 1, "counted"));

        assertThat(connectors.open(connection("main", "a", 1, "counted"))).isSameAs(first);
        assertThat(type.opened).containsExactly("https://sso.example a 1");
    }

    @Test
    void changedConnectionIsOpenedAnew() {
        var first = connectors.open(connection("main", "a", 1, "counted"));

        assertThat(connectors.open(connection("main", "a", 2, "counted"))).isNotSameAs(first);
        assertThat(type.opened).hasSize(2);
    }

    @Test
    void oneIdInTwoIssuersIsTwoConnections() {
        connectors.open(connection("main", "a", 1, "counted"));
        connectors.open(connection("other", "a", 1, "counted"));

        assertThat(type.opened).containsExactly("https://sso.example a 1", "https://sso.example/realms/other a 1");
    }

    @Test
    void numberOfOpenOnesIsBounded() {
        for (int i = 0; i < 1_000; i++) {
            connectors.open(connection("main", "c" + i, 1, "counted"));
        }
        for (int i = 0; i < 1_000; i++) {
            connectors.open(connection("main", "c" + i, 1, "counted"));
        }
        assertThat(type.opened).hasSizeGreaterThan(1_500);
    }

    @Test
    void unknownTypeIsAFault() {
        assertThatThrownBy(() -> connectors.open(connection("main", "a", 1, "kerberos")))
                .isInstanceOf(IllegalStateException.class);
    }

    /** A protocol that only says that it was opened. */
    private static final class CountingType implements ConnectorType {

        private record Nothing() {}

        private final List<String> opened = new ArrayList<>();

        @Override
        public String name() {
            return "counted";
        }

        @Override
        public Class<? extends Record> settingsType() {
            return Nothing.class;
        }

        @Override
        public Set<String> secretSettings() {
            return Set.of();
        }

        @Override
        public void validate(ObjectNode settings) {
            assertThat(settings).isEmpty();
        }

        @Override
        public Connector open(Connection connection, Issuer issuer) {
            opened.add(issuer.url() + " " + connection.id() + " " + connection.version());
            return new Connector() {
                @Override
                public Departure depart(DepartureCall call, Deadline deadline) {
                    return new Departure.PostForm("https://idp.example", Map.of(), new byte[0]);
                }

                @Override
                public Optional<String> handleOf(Request request) {
                    return Optional.empty();
                }

                @Override
                public UpstreamIdentity arrive(Arrival arrival, Deadline deadline) {
                    throw new AssertionError("nobody arrives here");
                }
            };
        }
    }
}
