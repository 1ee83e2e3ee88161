package gatehouse.sessions.redis;

import com.fasterxml.jackson.dataformat.cbor.CBORFactory;
import com.fasterxml.jackson.dataformat.cbor.CBORGenerator;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/**
 * Writes the part of a record that is sealed: a CBOR map whose keys are field numbers. A well-known word becomes its
 * number, a UUID its 16 bytes.
 */
final class BodyWriter {

    /** Largest body kept, in bytes: far above what an identity needs, and a wall against a hostile upstream. */
    static final int BYTES_MAX = 16 * 1024;

    static final CBORFactory CBOR = new CBORFactory();

    private static final int UUID_LENGTH = 36;

    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream(256);
    private final CBORGenerator cbor;

    BodyWriter() {
        try {
            cbor = CBOR.createGenerator(bytes);
            cbor.writeStartObject();
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
    }

    BodyWriter text(int field, String text) {
        return write(field, () -> write(text));
    }

    BodyWriter text(int field, Optional<String> text) {
        return text.isEmpty() ? this : text(field, text.get());
    }

    BodyWriter instant(int field, Instant instant) {
        return write(field, () -> cbor.writeNumber(instant.toEpochMilli()));
    }

    BodyWriter texts(int field, List<String> texts) {
        return write(field, () -> {
            cbor.writeStartArray(texts, texts.size());
            for (var text : texts) {
                write(text);
            }
            cbor.writeEndArray();
        });
    }

    /** Keys and values in turn. */
    BodyWriter texts(int field, Map<String, String> texts) {
        if (texts.isEmpty()) {
            return this;
        }
        var flat = new ArrayList<String>(2 * texts.size());
        texts.forEach((key, value) -> {
            flat.add(key);
            flat.add(value);
        });
        return texts(field, flat);
    }

    /** The body. */
    byte[] done() {
        try {
            cbor.writeEndObject();
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
        } else if (isUuid(text)) {
            cbor.writeBinary(bytes(UUID.fromString(text)));
        } else {
            cbor.writeString(text);
        }
    }

    /** Whether {@code text} is a UUID in just the form in which it will be read back. */
    private static boolean isUuid(String text) {
        if (text.length() != UUID_LENGTH) {
            return false;
        }
        for (var i = 0; i < UUID_LENGTH; i++) {
            var c = text.charAt(i);
            var dash = i == 8 || i == 13 || i == 18 || i == 23;
            var fits = dash ? c == '-' : c >= '0' && c <= '9' || c >= 'a' && c <= 'f';
            if (!fits) {
                return false;
            }
        }
        return true;
    }

    private static byte[] bytes(UUID uuid) {
        return java.nio.ByteBuffer.allocate(16)
                .putLong(uuid.getMostSignificantBits())
                .putLong(uuid.getLeastSignificantBits())
                .array();
    }

    private BodyWriter write(int field, Write value) {
        try {
            cbor.writeFieldId(field);
            value.run();
            return this;
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
    }

    private interface Write {
        void run() throws IOException;
    }
}
