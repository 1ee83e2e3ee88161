package gatehouse.sessions.redis;

import com.fasterxml.jackson.dataformat.cbor.CBORFactory;
import com.fasterxml.jackson.dataformat.cbor.CBORGenerator;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/**
 * Writes the part of a record that is sealed: a CBOR array whose elements are known by their place; null is what is
 * absent. A well-known word becomes its number, a UUID its bytes.
 */
final class BodyWriter {

    /** Largest body kept, in bytes: far above what an identity needs, and a wall against a hostile upstream. */
    static final int BYTES_MAX = 16 * 1024;

    static final CBORFactory CBOR = new CBORFactory();

    /** A UUID's 16 bytes and one more: the UUID with an underscore before it. */
    static final int PREFIXED_UUID_BYTES = 17;

    private static final int UUID_LENGTH = 36;

    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream(256);
    private final CBORGenerator cbor;

    BodyWriter() {
        try {
            cbor = CBOR.createGenerator(bytes);
            cbor.writeStartArray();
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
    }

    BodyWriter text(String text) {
        return element(() -> write(text));
    }

    BodyWriter text(Optional<String> text) {
        return text.isPresent() ? text(text.get()) : element(cbor::writeNull);
    }

    BodyWriter instant(Instant instant) {
        return element(() -> cbor.writeNumber(instant.toEpochMilli()));
    }

    BodyWriter texts(List<String> texts) {
        return element(() -> {
            cbor.writeStartArray(texts, texts.size());
            for (var text : texts) {
                write(text);
            }
            cbor.writeEndArray();
        });
    }

    /** Keys and values in turn. */
    BodyWriter texts(Map<String, String> texts) {
        var flat = new ArrayList<String>(2 * texts.size());
        texts.forEach((key, value) -> {
            flat.add(key);
            flat.add(value);
        });
        return texts(flat);
    }

    /** The body. */
    byte[] done() {
        try {
            cbor.writeEndArray();
            cbor.close();
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
        if (bytes.size() > BYTES_MAX) {
            throw new IllegalArgumentException("a record of " + bytes.size() + " bytes is more than is kept");
        }
        return bytes.toByteArray();
    }

    private void write(String text) throws IOException {
        var word = Words.numberOf(text);
        if (word >= 0) {
            cbor.writeNumber(word);
        } else if (isUuid(text, 0)) {
            cbor.writeBinary(bytes(UUID.fromString(text)));
        } else if (text.startsWith("_") && isUuid(text, 1)) { // as an xs:ID has to begin
            cbor.writeBinary(Arrays.copyOf(bytes(UUID.fromString(text.substring(1))), PREFIXED_UUID_BYTES));
        } else {
            cbor.writeString(text);
        }
    }

    /** Whether {@code text} from {@code from} on is a UUID, in just the form in which it will be read back. */
    private static boolean isUuid(String text, int from) {
        if (text.length() != from + UUID_LENGTH) {
            return false;
        }
        for (var i = 0; i < UUID_LENGTH; i++) {
            var c = text.charAt(from + i);
            var dash = i == 8 || i == 13 || i == 18 || i == 23;
            var fits = dash ? c == '-' : c >= '0' && c <= '9' || c >= 'a' && c <= 'f';
            if (!fits) {
                return false;
            }
        }
        return true;
    }

    private static byte[] bytes(UUID uuid) {
        return ByteBuffer.allocate(16)
                .putLong(uuid.getMostSignificantBits())
                .putLong(uuid.getLeastSignificantBits())
                .array();
    }

    private BodyWriter element(Write element) {
        try {
            element.run();
            return this;
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
    }

    private interface Write {
        void run() throws IOException;
    }
}
