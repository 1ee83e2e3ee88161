package gatehouse.idp.edge;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Set;
import org.junit.jupiter.api.Test;

class ClientAddressTest {

    private final ClientAddress address = new ClientAddress(Set.of("10.0.0.1", "10.0.0.2"));

    @Test
    void forwardedForIsBelievedOnlyFromTrustedProxies() {
        assertThat(address.of("203.0.113.9", "198.51.100.7")).isEqualTo("203.0.113.9");
        assertThat(address.of("10.0.0.1", "198.51.100.7")).isEqualTo("198.51.100.7");
        assertThat(address.of("10.0.0.1", null)).isEqualTo("10.0.0.1");
    }

    @Test
    void lastUntrustedHopCounts() {
        assertThat(address.of("10.0.0.1", "1.1.1.1, 198.51.100.7, 10.0.0.2")).isEqualTo("198.51.100.7");
        assertThat(address.of("10.0.0.1", "10.0.0.2")).isEqualTo("10.0.0.1");
    }

    @Test
    void whatIsNoAddressIsNotBelieved() {
        assertThat(address.of("10.0.0.1", "evil\" injected")).isEqualTo("10.0.0.1");
        assertThat(address.of("10.0.0.1", "")).isEqualTo("10.0.0.1");
    }
}
