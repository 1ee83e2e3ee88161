package gatehouse.idp.admin.resource;

import gatehouse.idp.schema.ResourceSchema;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The fields of every kind, for those who write documents without being where they are kept. */
public final class Schemas {

    /** What names a resource among its siblings. @param path its kind @param idField the field */
    public record Named(String path, String idField, ResourceSchema schema) {}

    private static final Map<String, Named> BY_PATH = byPath(List.of(
            new Named("issuers", "name", Issuers.SCHEMA),
            new Named("organizations", "id", Organizations.SCHEMA),
            new Named("domains", "name", Domains.SCHEMA),
            new Named("connections", "id", Connections.SCHEMA),
            new Named("clients", "client_id", Clients.SCHEMA),
            new Named("service-providers", "entity_id", ServiceProviders.SCHEMA),
            new Named("users", "email", Users.SCHEMA),
            new Named("webhooks", "id", Webhooks.SCHEMA)));

    private Schemas() {
    }

    private static Map<String, Named> byPath(List<Named> all) {
        var map = new LinkedHashMap<String, Named>();
        all.forEach(named -> map.put(named.path(), named));
        return map;
    }

    /** The kind at {@code path}. */
    public static Named of(String path) {
        return BY_PATH.get(path);
    }
}
