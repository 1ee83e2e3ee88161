package gatehouse.idp.upstream.template;

import java.util.List;
import java.util.Optional;

/**
 * An identity provider that people know by name.
 *
 * @param id          its name in addresses and settings: {@code okta}
 * @param displayName its name as it writes it itself
 * @param ways        the ways to connect it, the advised one first
 */
public record ProviderTemplate(String id, String displayName, List<Way> ways) {

    public ProviderTemplate {
        ways = List.copyOf(ways);
    }

    /** The way called {@code name}, if there is one. */
    public Optional<Way> way(String name) {
        return ways.stream().filter(way -> way.name().equals(name)).findFirst();
    }
}
