package gatehouse.spi.hosting;

import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;

/**
 * How provider jars are hosted.
 *
 * @param keycloakLib     folder of the Keycloak jars that packaging ships
 * @param providersFolder folder that people drop provider jars into
 * @param publicUrl       URL of the deployment, as providers put it in links
 * @param configuration   {@code provider.<spi>.<id>.<key>}, {@code realm.[<issuer>.]attribute.<key>} to values
 * @param limits          what a provider may take
 */
public record ProviderHostConfig(
        Path keycloakLib, Path providersFolder, URI publicUrl, Map<String, String> configuration, Limits limits) {

    public ProviderHostConfig {
        configuration = Map.copyOf(configuration);
    }

    /**
     * What a provider may take.
     *
     * @param startBudget  time for one step of one provider's start
     * @param eventBudget  time for one event
     * @param hashBudget   time for one password, waiting for a core included
     * @param closeBudget  time for queued events, and again for all providers, to end
     * @param eventQueueMax events that wait for one listener; the oldest goes when there are more
     * @param cores         processors that hashing may share, all but one
     */
    public record Limits(Duration startBudget, Duration eventBudget, Duration hashBudget, Duration closeBudget,
                         int eventQueueMax, int cores) {

        public Limits {
            if (eventQueueMax < 1 || cores < 1) {
                throw new IllegalArgumentException("providers need a queue and a core");
            }
        }

        /** The limits that are used unless others are configured. */
        public static Limits usual() {
            return new Limits(Duration.ofSeconds(10), Duration.ofSeconds(10), Duration.ofSeconds(2),
                    Duration.ofSeconds(2), 10_000, Runtime.getRuntime().availableProcessors());
        }
    }
}
