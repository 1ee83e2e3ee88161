package gatehouse.idp.http;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Parameters of a query or of an {@code application/x-www-form-urlencoded} body, in order, with their repetitions. */
public final class Form {

    /** Parameters read at most; more are refused. */
    public static final int PARAMETERS_MAX = 200;

    public static final Form EMPTY = new Form(Map.of());

    private final Map<String, List<String>> values;

    private Form(Map<String, List<String>> values) {
        this.values = values;
    }

    /** The form of these names and values, each in its order. */
    static Form of(Map<String, List<String>> values) {
        return new Form(values);
    }

    /**
     * Reads {@code a=b&c=d}.
     *
     * @throws BadRequest if there are more than {@link #PARAMETERS_MAX}, an escape is malformed, or a NUL is among them
     */
    public static Form parse(String encoded) {
        if (encoded.isEmpty()) {
            return EMPTY;
        }
        var values = new LinkedHashMap<String, List<String>>();
        int from = 0;
        int count = 0;
        while (from <= encoded.length()) {
            int to = encoded.indexOf('&', from);
            if (to < 0) {
                to = encoded.length();
            }
            if (to > from) {
                if (++count > PARAMETERS_MAX) {
                    throw new BadRequest(BadRequest.Reason.TOO_MANY_PARAMETERS, "more than " + PARAMETERS_MAX + " parameters");
                }
                int equals = encoded.indexOf('=', from);
                boolean bare = equals < 0 || equals > to;
                var name = decode(encoded.substring(from, bare ? to : equals));
                var value = bare ? "" : decode(encoded.substring(equals + 1, to));
                values.computeIfAbsent(name, _ -> new ArrayList<>(1)).add(value);
            }
            from = to + 1;
        }
        return new Form(values);
    }

    private static String decode(String text) {
        var decoded = unescaped(text);
        if (decoded.indexOf('\0') >= 0) {
            // No parameter of any protocol here may hold one, and no text in SQL can.
            throw new BadRequest(BadRequest.Reason.MALFORMED_PARAMETERS, "a parameter holds a NUL character");
        }
        return decoded;
    }

    private static String unescaped(String text) {
        if (text.indexOf('%') < 0 && text.indexOf('+') < 0) {
            return text;
        }
        try {
            return URLDecoder.decode(text, StandardCharsets.UTF_8);
        } catch (IllegalArgumentException malformed) {
            throw new BadRequest(BadRequest.Reason.MALFORMED_PARAMETERS, "a parameter is not correctly percent-encoded");
        }
    }

    /** The value of {@code name}; empty if it is absent, the first if it is repeated (see {@link #repeated()}). */
    public Optional<String> optional(String name) {
        var all = values.get(name);
        return all == null ? Optional.empty() : Optional.of(all.getFirst());
    }

    /** The value of {@code name} unless it is absent or empty (RFC 6749 §3.1 treats the two alike). */
    public Optional<String> nonEmpty(String name) {
        return optional(name).filter(value -> !value.isEmpty());
    }

    /** All values of {@code name}, in order. */
    public List<String> all(String name) {
        return values.getOrDefault(name, List.of());
    }

    /** Names in the order they first came. */
    public Set<String> names() {
        return values.keySet();
    }

    /** The first name that was sent more than once, if any. */
    public Optional<String> repeated() {
        for (var entry : values.entrySet()) {
            if (entry.getValue().size() > 1) {
                return Optional.of(entry.getKey());
            }
        }
        return Optional.empty();
    }
}
