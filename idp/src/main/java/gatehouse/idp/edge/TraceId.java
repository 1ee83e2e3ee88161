package gatehouse.idp.edge;

import java.util.concurrent.ThreadLocalRandom;

/** The id that names a request in logs and errors: the caller's W3C trace id if it sent one, else a new one. */
final class TraceId {

    private static final char[] HEX = "0123456789abcdef".toCharArray();

    private TraceId() {}

    /** @param traceparent the header field (W3C Trace Context §3.2), or null */
    static String of(String traceparent) {
        if (traceparent != null && traceparent.length() == 55 && traceparent.startsWith("00-") && isTraceId(traceparent)) {
            return traceparent.substring(3, 35);
        }
        var random = ThreadLocalRandom.current();
        var id = new char[32];
        write(random.nextLong(), id, 0);
        write(random.nextLong(), id, 16);
        return new String(id);
    }

    private static boolean isTraceId(String traceparent) {
        boolean zero = true;
        for (int i = 3; i < 35; i++) {
            char c = traceparent.charAt(i);
            if (!(c >= '0' && c <= '9' || c >= 'a' && c <= 'f')) {
                return false;
            }
            zero &= c == '0';
        }
        return !zero;
    }

    private static void write(long bits, char[] to, int at) {
        for (int i = 0; i < 16; i++) {
            to[at + i] = HEX[(int) (bits >>> (60 - 4 * i)) & 15];
        }
    }
}
