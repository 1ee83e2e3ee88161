package gatehouse.idp.oauth.wire;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Map;

/**
 * Writes one JSON object (RFC 8259) straight into bytes: no tree, no reflection, one growing array. Text is escaped; an
 * unpaired surrogate becomes a question mark. Not for sharing between threads.
 */
public final class JsonBytes {

    private static final byte[] HEX = "0123456789abcdef".getBytes(StandardCharsets.US_ASCII);
    private static final int START_BYTES = 512;

    private byte[] buffer = new byte[START_BYTES];
    private int length;
    private boolean first = true;

    public JsonBytes() {
        put('{');
    }

    /** A string member. */
    public JsonBytes field(String name, String value) {
        name(name);
        text(value);
        return this;
    }

    /** A number member. */
    public JsonBytes field(String name, long value) {
        name(name);
        ascii(Long.toString(value));
        return this;
    }

    /** A boolean member. */
    public JsonBytes field(String name, boolean value) {
        name(name);
        ascii(value ? "true" : "false");
        return this;
    }

    /** An array of strings. */
    public JsonBytes field(String name, Collection<String> values) {
        name(name);
        array(values);
        return this;
    }

    /** A member of any kind that a JWT's claims can be: text, number, boolean, list, map. */
    public JsonBytes any(String name, Object value) {
        name(name);
        value(value);
        return this;
    }

    /** The object so far, closed. Nothing may be added afterwards. */
    public byte[] toBytes() {
        put('}');
        return Arrays.copyOf(buffer, length);
    }

    private void name(String name) {
        if (first) {
            first = false;
        } else {
            put(',');
        }
        text(name);
        put(':');
    }

    private void value(Object value) {
        switch (value) {
            case String text -> text(text);
            case Boolean flag -> ascii(flag.toString());
            case Number number -> ascii(number.toString());
            case Collection<?> values -> array(values);
            case Map<?, ?> members -> members(members);
            default -> throw new IllegalArgumentException("no JSON for " + value.getClass());
        }
    }

    private void array(Collection<?> values) {
        put('[');
        boolean more = false;
        for (var value : values) {
            if (more) {
                put(',');
            }
            more = true;
            value(value);
        }
        put(']');
    }

    private void members(Map<?, ?> members) {
        put('{');
        boolean more = false;
        for (var member : members.entrySet()) {
            if (more) {
                put(',');
            }
            more = true;
            text((String) member.getKey());
            put(':');
            value(member.getValue());
        }
        put('}');
    }

    private void text(String value) {
        reserve(value.length() + 2);
        buffer[length++] = '"';
        for (int i = 0; i < value.length(); i++) {
            char c = value.charAt(i);
            if (c < 0x80 && c >= ' ' && c != '"' && c != '\\') {
                put(c);
            } else if (c < 0x80) {
                escape(c);
            } else {
                int end = Character.isHighSurrogate(c) ? Math.min(i + 2, value.length()) : i + 1;
                bytes(value.substring(i, end).getBytes(StandardCharsets.UTF_8));
                i = end - 1;
            }
        }
        put('"');
    }

    private void escape(char c) {
        put('\\');
        if (c == '"' || c == '\\') {
            put(c);
        } else {
            ascii("u00");
            put(HEX[c >> 4]);
            put(HEX[c & 15]);
        }
    }

    private void ascii(String text) {
        reserve(text.length());
        for (int i = 0; i < text.length(); i++) {
            buffer[length++] = (byte) text.charAt(i);
        }
    }

    private void bytes(byte[] more) {
        reserve(more.length);
        System.arraycopy(more, 0, buffer, length, more.length);
        length += more.length;
    }

    private void put(int c) {
        reserve(1);
        buffer[length++] = (byte) c;
    }

    private void reserve(int more) {
        if (length + more > buffer.length) {
            buffer = Arrays.copyOf(buffer, Math.max(buffer.length * 2, length + more));
        }
    }

    /** A JWT audience: one string, or an array of several (RFC 7519 §4.1.3). */
    public JsonBytes audience(List<String> values) {
        return values.size() == 1 ? field("aud", values.getFirst()) : field("aud", values);
    }
}
