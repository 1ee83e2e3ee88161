package gatehouse.idp.samlwire;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Optional;

/** Base64 as XML and form posts carry it: white space anywhere, nothing else beside the alphabet (RFC 4648 §4). */
final class Base64Text {

    private Base64Text() {}

    /** The octets; empty if the text is not base64. */
    static Optional<byte[]> decode(String text) {
        var packed = new byte[text.length()];
        int length = 0;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == ' ' || c == '\n' || c == '\r' || c == '\t') {
                continue;
            }
            if (c > 0x7f) {
                return Optional.empty();
            }
            packed[length++] = (byte) c;
        }
        try {
            var exact = length == packed.length ? packed : java.util.Arrays.copyOf(packed, length);
            return Optional.of(Base64.getDecoder().decode(exact));
        } catch (IllegalArgumentException malformed) {
            return Optional.empty();
        }
    }

    static String encode(byte[] octets) {
        return new String(Base64.getEncoder().encode(octets), StandardCharsets.ISO_8859_1);
    }
}
