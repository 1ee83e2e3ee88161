package gatehouse.idp.upstream.oidc;

import gatehouse.spi.Deadline;
import java.net.URI;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Function;

/**
 * The provider of one connection: its metadata, discovered when first needed or taken from the settings, and its keys.
 */
final class Provider {

    private static final Duration METADATA_FRESH = Duration.ofHours(1);

    private final OidcConnector.Tools tools;
    private final Function<Deadline, ProviderMetadata> metadata;
    private final AtomicReference<Keys> keys = new AtomicReference<>();

    private record Keys(URI address, RemoteKeys keys) {}

    Provider(OidcConnection settings, OidcConnector.Tools tools) {
        this.tools = tools;
        if (settings.isSelfContained()) {
            var told = ProviderMetadata.of(settings);
            this.metadata = _ -> told;
        } else {
            var discovered = new Remembered<>(
                    deadline -> ProviderMetadata.of(settings, JsonFetch.get(
                            tools.http(), settings.issuerIdentifier().discovery(),
                            OidcReason.METADATA_INVALID, deadline)),
                    METADATA_FRESH, tools.time(), tools.background());
            this.metadata = discovered::current;
        }
    }

    ProviderMetadata metadata(Deadline deadline) {
        return metadata.apply(deadline);
    }

    /** The keys at the address that {@code metadata} names; remembered until it names another. */
    RemoteKeys keys(ProviderMetadata metadata) {
        var address = metadata.jwksUri();
        return keys.updateAndGet(known -> known != null && known.address().equals(address)
                        ? known
                        : new Keys(address, new RemoteKeys(tools.http(), address, tools.time(), tools.background())))
                .keys();
    }
}
