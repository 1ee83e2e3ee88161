package gatehouse.idp.upstream.xray;

/**
 * A message that was refused, as it came, so that it can be judged again. Holds personal data: kept sealed, for a short
 * time, and never shown.
 *
 * @param contentType of {@code body}
 * @param body        the body of the request
 * @param pending     what the departure had left; empty if nobody had departed
 */
public record Message(String contentType, byte[] body, byte[] pending) {

    /** Largest body that is kept, in bytes. */
    public static final int BYTES_MAX = 128 * 1024;

    @Override
    public String toString() {
        return "Message[" + body.length + " bytes]";
    }
}
