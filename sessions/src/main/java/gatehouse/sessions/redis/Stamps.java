package gatehouse.sessions.redis;

import java.nio.ByteBuffer;

/** Milliseconds since the epoch in six bytes, as headers hold them. */
final class Stamps {

    static final int BYTES = 6;

    private Stamps() {}

    static long millis(byte[] bytes, int at) {
        var buffer = ByteBuffer.wrap(bytes);
        return (buffer.getShort(at) & 0xffffL) << 32 | buffer.getInt(at + 2) & 0xffff_ffffL;
    }

    static ByteBuffer put(ByteBuffer buffer, long millis) {
        return buffer.putShort((short) (millis >>> 32)).putInt((int) millis);
    }
}
