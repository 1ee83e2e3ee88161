package gatehouse.spi.keycloak;

import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.keycloak.Config;

/** The part of the configuration below one prefix. Absent keys are null, as Keycloak's contract has it. */
final class ConfigurationScope implements Config.Scope {

    private final Map<String, String> values;
    private final String prefix;

    ConfigurationScope(Map<String, String> values, String prefix) {
        this.values = values;
        this.prefix = prefix;
    }

    @Override
    public String get(String key) {
        return values.get(prefix + key);
    }

    @Override
    public String get(String key, String fallback) {
        return values.getOrDefault(prefix + key, fallback);
    }

    @Override
    public String[] getArray(String key) {
        return find(key).map(value -> value.trim().split("\\s*,\\s*")).orElse(null);
    }

    @Override
    public Integer getInt(String key, Integer fallback) {
        return find(key).map(Integer::valueOf).orElse(fallback);
    }

    @Override
    public Long getLong(String key, Long fallback) {
        return find(key).map(Long::valueOf).orElse(fallback);
    }

    @Override
    public Boolean getBoolean(String key, Boolean fallback) {
        return find(key).map(Boolean::valueOf).orElse(fallback);
    }

    @Override
    public Config.Scope scope(String... path) {
        return new ConfigurationScope(values, prefix + String.join(".", path) + ".");
    }

    @Override
    public Set<String> getPropertyNames() {
        return values.keySet().stream()
                .filter(key -> key.startsWith(prefix))
                .map(key -> key.substring(prefix.length()))
                .collect(Collectors.toUnmodifiableSet());
    }

    @Override
    public Config.Scope root() {
        return new ConfigurationScope(values, "provider.");
    }

    private Optional<String> find(String key) {
        return Optional.ofNullable(get(key));
    }
}
