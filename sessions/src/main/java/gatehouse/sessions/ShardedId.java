package gatehouse.sessions;

/** The form that session and family ids share: two hexadecimal digits of the shard, then 22 base64url characters. */
final class ShardedId {

    private static final int LENGTH = 24;

    private ShardedId() {}

    static boolean isWellFormed(String text) {
        if (text.length() != LENGTH || hex(text.charAt(0)) < 0 || hex(text.charAt(1)) < 0) {
            return false;
        }
        for (var i = 2; i < LENGTH; i++) {
            if (!isBase64Url(text.charAt(i))) {
                return false;
            }
        }
        return true;
    }

    static int shard(String wellFormed) {
        return hex(wellFormed.charAt(0)) << 4 | hex(wellFormed.charAt(1));
    }

    private static int hex(char c) {
        if (c >= '0' && c <= '9') {
            return c - '0';
        }
        return c >= 'a' && c <= 'f' ? c - 'a' + 10 : -1;
    }

    private static boolean isBase64Url(char c) {
        return c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c >= '0' && c <= '9' || c == '-' || c == '_';
    }
}
