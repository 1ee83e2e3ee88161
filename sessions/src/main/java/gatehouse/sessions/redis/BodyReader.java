package gatehouse.sessions.redis;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/** Reads what {@link BodyWriter} wrote. A field that this version does not know is passed over. */
final class BodyReader {

    private static final int FIELDS = 32;

    private final Object[] fields = new Object[FIELDS];

    BodyReader(byte[] body) {
        try (var cbor = BodyWriter.CBOR.createParser(body)) {
            expect(cbor.nextToken(), JsonToken.START_OBJECT);
            for (var name = cbor.nextFieldName(); name != null; name = cbor.nextFieldName()) {
                var value = value(cbor, cbor.nextToken());
                var field = Integer.parseInt(name);
                if (field >= 0 && field < FIELDS) {
                    fields[field] = value;
                }
            }
        } catch (IOException broken) {
            throw new IllegalStateException("a sealed record is not CBOR", broken);
        }
    }

    String text(int field) {
        return optionalText(field).orElseThrow(() -> new IllegalStateException("a sealed record lacks field " + field));
    }

    Optional<String> optionalText(int field) {
        return Optional.ofNullable(fields[field]).map(BodyReader::asText);
    }

    Instant instant(int field) {
        return fields[field] instanceof Long millis ? Instant.ofEpochMilli(millis) : Instant.EPOCH;
    }

    List<String> texts(int field) {
        if (!(fields[field] instanceof List<?> values)) {
            return List.of();
        }
        var texts = new ArrayList<String>(values.size());
        for (var value : values) {
            texts.add(asText(value));
        }
        return texts;
    }

    Map<String, String> map(int field) {
        var flat = texts(field);
        var map = new LinkedHashMap<String, String>();
        for (var i = 0; i + 1 < flat.size(); i += 2) {
            map.put(flat.get(i), flat.get(i + 1));
        }
        return map;
    }

    private static Object value(JsonParser cbor, JsonToken token) throws IOException {
        return switch (token) {
            case VALUE_STRING -> cbor.getText();
            case VALUE_NUMBER_INT -> cbor.getLongValue();
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
        return new UUID(buffer.getLong(), buffer.getLong()).toString();
    }

    private static String asText(Object value) {
        return value instanceof Long word ? Words.word(Math.toIntExact(word)) : (String) value;
    }

    private static void expect(JsonToken actual, JsonToken expected) {
        if (actual != expected) {
            throw new IllegalStateException("a sealed record holds " + actual + ", not " + expected);
        }
    }
}
