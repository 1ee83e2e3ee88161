package gatehouse.idp.edge;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

/**
 * What outgoing requests may do.
 *
 * @param allowPrivateAddresses whether loopback, private and link-local addresses may be reached: development only
 * @param allowHttp             whether plain HTTP may be spoken: development only
 * @param caFile                certificates (PEM) of authorities trusted beside the public ones
 * @param responseBytesMax      largest body that is read
 * @param timeout               longest time for one request with its redirects; a deadline may be earlier
 * @param perHostMax            requests to one host at once; more wait within their deadline
 */
public record OutboundConfig(
        boolean allowPrivateAddresses,
        boolean allowHttp,
        Optional<Path> caFile,
        int responseBytesMax,
        Duration timeout,
        int perHostMax) {

    public static final OutboundConfig DEFAULTS =
            new OutboundConfig(false, false, Optional.empty(), 1024 * 1024, Duration.ofSeconds(10), 16);

    public OutboundConfig {
        require(responseBytesMax >= 1024 && responseBytesMax <= 64 * 1024 * 1024,
                "outbound.response-bytes-max must be 1024 to 64 MiB");
        require(timeout.toMillis() >= 1 && timeout.compareTo(Duration.ofMinutes(1)) <= 0,
                "outbound.timeout must be 1ms to 1 minute");
        require(perHostMax >= 1 && perHostMax <= 1000, "outbound.per-host-max must be 1..1000");
    }

    private static void require(boolean holds, String message) {
        if (!holds) {
            throw new IllegalArgumentException(message);
        }
    }
}
