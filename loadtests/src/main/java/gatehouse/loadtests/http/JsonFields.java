package gatehouse.loadtests.http;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonToken;
import io.vertx.core.buffer.Buffer;
import java.io.IOException;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** Fields of the outermost JSON object of an answer, read by streaming: nothing else is kept or built. */
public final class JsonFields {

    private static final JsonFactory JSON = new JsonFactory();

    private JsonFields() {
    }

    /** The text of one scalar field, or empty if there is no such field or no JSON object. */
    public static Optional<String> find(Buffer body, String name) {
        return Optional.ofNullable(scalars(body).get(name));
    }

    /** Every scalar field of the outermost object, as text; empty where the body is not a JSON object. */
    public static Map<String, String> scalars(Buffer body) {
        var fields = new HashMap<String, String>();
        try (var parser = JSON.createParser(body.getBytes())) {
            if (parser.nextToken() != JsonToken.START_OBJECT) {
                return Map.of();
            }
            while (parser.nextToken() == JsonToken.FIELD_NAME) {
                var name = parser.currentName();
                if (parser.nextToken().isScalarValue()) {
                    fields.put(name, parser.getText());
                } else {
                    parser.skipChildren();
                }
            }
            return fields;
        } catch (IOException notJson) {
            return Map.of();
        }
    }
}
