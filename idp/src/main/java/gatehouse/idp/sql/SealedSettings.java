package gatehouse.idp.sql;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import gatehouse.idp.schema.RecordJson;
import java.util.Set;
import java.util.function.Function;
import java.util.function.UnaryOperator;

/** Seals and opens the secret settings of connections on their way to and from the database. */
final class SealedSettings {

    private final SecretBox box;
    private final Function<String, Set<String>> secretsOfType;

    /** @param secretsOfType names of the secret settings of a connection type */
    SealedSettings(SecretBox box, Function<String, Set<String>> secretsOfType) {
        this.box = box;
        this.secretsOfType = secretsOfType;
    }

    /** The connection as it is kept. */
    ObjectNode sealed(ObjectNode connection) {
        return each(connection, place -> secret -> box.seal(secret, place));
    }

    /** The connection as it is used. */
    ObjectNode opened(ObjectNode connection) {
        return each(connection, place -> kept -> box.open(kept, place));
    }

    private ObjectNode each(ObjectNode connection, Function<String, UnaryOperator<String>> change) {
        var settings = (ObjectNode) connection.get("settings");
        for (var name : secretsOfType.apply(connection.path("type").asText())) {
            var value = settings.get(name);
            if (value != null && value.isTextual()) {
                var place = String.join("|", connection.path("issuer").asText(), connection.path("id").asText(), name);
                settings.put(name, change.apply(place).apply(value.asText()));
            } else if (value != null) {
                throw new IllegalStateException("secret setting " + name + " is not a text");
            }
        }
        return connection;
    }

    /** {@code json} as a tree. */
    static JsonNode parse(String json) {
        try {
            return RecordJson.MAPPER.readTree(json);
        } catch (JsonProcessingException broken) {
            throw new IllegalStateException("a JSON column is not readable", broken);
        }
    }
}
