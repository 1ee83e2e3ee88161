package gatehouse.spi.host;

import java.net.URI;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;

/**
 * What a realm of providers is opened with.
 *
 * @param providerJars  the jars whose providers are wanted, as they stand on the loader's path
 * @param configuration {@code provider.<spi>.<id>.<key>} and {@code realm.[<issuer>.]attribute.<key>} to values
 * @param publicUrl     URL of the deployment, as providers put it in links
 * @param directory     answers questions about issuers, users and clients
 * @param calls         runs foreign code within a time budget
 * @param clock         tells the time of the wall
 */
public record RealmSetting(
        List<Path> providerJars,
        Map<String, String> configuration,
        URI publicUrl,
        Directory directory,
        BoundedCalls calls,
        InstantSource clock) {

    public RealmSetting {
        providerJars = List.copyOf(providerJars);
        configuration = Map.copyOf(configuration);
    }
}
