package gatehouse.idp.edge;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;

/** Percent-decoding of a path segment (RFC 3986 §2.1): a plus sign is a plus sign. */
final class PathSegment {

    private PathSegment() {}

    /** @throws IllegalArgumentException if an escape is malformed or decodes to a control character */
    static String decode(String segment) {
        if (segment.indexOf('%') < 0) {
            return segment;
        }
        var decoded = URLDecoder.decode(segment.replace("+", "%2B"), StandardCharsets.UTF_8);
        if (decoded.chars().anyMatch(c -> c < ' ' || c == 0x7f)) {
            throw new IllegalArgumentException("control character in a path");
        }
        return decoded;
    }
}
