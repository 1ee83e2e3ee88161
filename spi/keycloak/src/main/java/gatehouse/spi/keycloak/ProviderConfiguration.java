package gatehouse.spi.keycloak;

import java.util.Map;
import org.keycloak.Config;

/**
 * Keycloak's view of the configuration: the scope {@code (spi, id)} holds the keys below
 * {@code provider.<spi>.<id>.}. Nothing else of the server's configuration can be seen from here.
 */
final class ProviderConfiguration implements Config.ConfigProvider {

    private final Map<String, String> values;

    ProviderConfiguration(Map<String, String> values) {
        this.values = values;
    }

    /** Whether the provider is wanted: {@code provider.<spi>.<id>.enabled}, true unless set to false. */
    boolean enables(String spi, String id) {
        return scope(spi, id).getBoolean("enabled", true);
    }

    @Override
    public String getProvider(String spi) {
        return values.get("provider." + spi + ".provider");
    }

    @Override
    public String getDefaultProvider(String spi) {
        return values.get("provider." + spi + ".provider-default");
    }

    @Override
    public Config.Scope scope(String... path) {
        return new ConfigurationScope(values, "provider." + String.join(".", path) + ".");
    }
}
