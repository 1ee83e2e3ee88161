package gatehouse.sessions.secret;

import java.nio.charset.StandardCharsets;
import java.util.Base64;

/** Text to bytes and back: UTF-8, ASCII and base64url without padding. */
public final class Text {

    private static final Base64.Encoder ENCODER = Base64.getUrlEncoder().withoutPadding();
    private static final Base64.Decoder DECODER = Base64.getUrlDecoder();
    private static final char[] HEX = "0123456789abcdef".toCharArray();

    private Text() {}

    public static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    public static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.ISO_8859_1);
    }

    public static String ascii(byte[] bytes) {
        return new String(bytes, StandardCharsets.ISO_8859_1);
    }

    public static String base64Url(byte[] bytes) {
        return ENCODER.encodeToString(bytes);
    }

    /** Decodes what is known to be base64url. */
    public static byte[] fromBase64Url(String text) {
        return DECODER.decode(text);
    }

    /** The two hexadecimal digits of {@code shard}. */
    public static String hex(int shard) {
        return String.valueOf(new char[] {HEX[shard >> 4], HEX[shard & 15]});
    }

    /** The number that two lower-case hexadecimal digits mean; -1 if they are not such digits. */
    public static int fromHex(char high, char low) {
        var h = Character.digit(high, 16);
        var l = Character.digit(low, 16);
        var fits = h >= 0 && l >= 0 && high < 'g' && low < 'g' && !isUpper(high) && !isUpper(low);
        return fits ? h << 4 | l : -1;
    }

    private static boolean isUpper(char c) {
        return c >= 'A' && c <= 'F';
    }

    /** Whether {@code text} from {@code begin} on is {@code length} characters of base64url and nothing more. */
    public static boolean isBase64Url(String text, int begin, int length) {
        if (text.length() != begin + length) {
            return false;
        }
        for (var i = begin; i < text.length(); i++) {
            var c = text.charAt(i);
            var fits = c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c >= '0' && c <= '9' || c == '-' || c == '_';
            if (!fits) {
                return false;
            }
        }
        return true;
    }
}
