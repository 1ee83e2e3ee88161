package gatehouse.sessions.redis;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/**
 * Reads what {@link BodyWriter} wrote, element by element in the order of writing. Elements that a later version added
 * at the end are passed over; those that an earlier one did not have are absent.
 */
final class BodyReader {

    private static final Object ABSENT = new Object();

    private final Iterator<?> elements;

    BodyReader(byte[] body) {
        try (var cbor = BodyWriter.CBOR.createParser(body)) {
            elements = value(cbor, cbor.nextToken()) instanceof List<?> all ? all.iterator() : List.of().iterator();
        } catch (IOException broken) {
            throw new IllegalStateException("a sealed record is not CBOR", broken);
        }
    }

    String text() {
        return optionalText().orElseThrow(() -> new IllegalStateException("a sealed record lacks an element"));
    }

    Optional<String> optionalText() {
        var next = next();
        return next == ABSENT ? Optional.empty() : Optional.of(asText(next));
    }

    Instant instant() {
        return next() instanceof Long millis ? Instant.ofEpochMilli(millis) : Instant.EPOCH;
    }

    List<String> texts() {
        if (!(next() instanceof List<?> values)) {
            return List.of();
        }
        var texts = new ArrayList<String>(values.size());
        for (var value : values) {
            texts.add(asText(value));
        }
        return texts;
    }

    Map<String, String> map() {
        var flat = texts();
        var map = new LinkedHashMap<String, String>();
        for (var i = 0; i + 1 < flat.size(); i += 2) {
            map.put(flat.get(i), flat.get(i + 1));
        }
        return map;
    }

    private Object next() {
        return elements.hasNext() ? elements.next() : ABSENT;
    }

    private static Object value(JsonParser cbor, JsonToken token) throws IOException {
        return switch (token) {
            case VALUE_STRING -> cbor.getText();
            case VALUE_NUMBER_INT -> cbor.getLongValue();
            case VALUE_NULL -> ABSENT;
            case VALUE_EMBEDDED_OBJECT -> uuid(cbor.getBinaryValue());
            case START_ARRAY -> {
                var values = new ArrayList<Object>();
                for (var next = cbor.nextToken(); next != JsonToken.END_ARRAY; next = cbor.nextToken()) {
                    values.add(value(cbor, next));
                }
                yield values;
            }
            case null, default -> throw new IllegalStateException("a sealed record holds " + token);
        };
    }

    private static String uuid(byte[] bytes) {
        var buffer = ByteBuffer.wrap(bytes);
        var uuid = new UUID(buffer.getLong(), buffer.getLong()).toString();
        return bytes.length == BodyWriter.PREFIXED_UUID_BYTES ? '_' + uuid : uuid;
    }

    private static String asText(Object value) {
        return value instanceof Long word ? Words.word(Math.toIntExact(word)) : (String) value;
    }
}
