package gatehouse.idp.upstream.oidc;

import gatehouse.idp.tenancy.Connection;
import gatehouse.idp.upstream.metadata.AcceptedMetadata;
import gatehouse.idp.upstream.metadata.MetadataRefused;
import gatehouse.spi.Deadline;
import java.net.URI;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Function;

/**
 * The provider of one connection: its metadata, as it was last accepted or taken from the settings, and its keys.
 */
final class Provider {

    private static final Duration METADATA_FRESH = Duration.ofHours(1);

    private final Connection connection;
    private final OidcConnection settings;
    private final OidcConnector.Tools tools;
    private final Function<Deadline, ProviderMetadata> metadata;
    private final Remembered<ProviderMetadata> unaccepted;
    private final AtomicReference<Keys> keys = new AtomicReference<>();
    private volatile Optional<Read> read = Optional.empty();

    private record Keys(URI address, RemoteKeys keys) {}

    /** An accepted copy and what it says. */
    private record Read(String digest, ProviderMetadata metadata) {}

    Provider(Connection connection, OidcConnection settings, OidcConnector.Tools tools) {
        this.connection = connection;
        this.settings = settings;
        this.tools = tools;
        this.unaccepted = new Remembered<>(
                deadline -> ProviderMetadata.of(settings, JsonFetch.get(tools.http(),
                        settings.issuerIdentifier().discovery(), OidcReason.METADATA_INVALID, deadline)),
                METADATA_FRESH, tools.time(), tools.background());
        if (settings.isSelfContained()) {
            var told = ProviderMetadata.of(settings);
            this.metadata = _ -> told;
        } else {
            this.metadata = this::published;
        }
    }

    /** The accepted copy. Where there has never been one, the document is asked for here, to say what is wrong with it. */
    private ProviderMetadata published(Deadline deadline) {
        try {
            return read(tools.memory().published().current(connection, deadline));
        } catch (MetadataRefused neverAccepted) {
            return unaccepted.current(deadline);
        }
    }

    private ProviderMetadata read(AcceptedMetadata.Copy copy) {
        var known = read.filter(one -> one.digest().equals(copy.digest()));
        if (known.isPresent()) {
            return known.get().metadata();
        }
        var fresh = ProviderMetadata.of(settings, JsonFetch.object(copy.document())
                .orElseThrow(OidcReason.METADATA_INVALID::refusal));
        read = Optional.of(new Read(copy.digest(), fresh));
        return fresh;
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
