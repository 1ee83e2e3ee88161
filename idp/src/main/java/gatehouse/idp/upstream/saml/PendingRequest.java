package gatehouse.idp.upstream.saml;

import gatehouse.idp.samlwire.SamlError;
import gatehouse.idp.samlwire.SamlReason;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;

/**
 * What a departure leaves for the arrival that answers it. The login keeps it sealed, so that it is known to be ours.
 *
 * @param connection the connection that was left through: an answer through another one is not an answer
 * @param requestId  ID of the request
 * @param sentAt     when it was sent, to the second
 * @param forced     whether the person was to be asked again
 * @param contexts   one of these ways of signing in was asked for, and no other will do; empty: any will do
 */
record PendingRequest(String connection, String requestId, Instant sentAt, boolean forced, List<String> contexts) {

    private static final String VERSION = "2";

    byte[] encode() {
        return String.join("\n", VERSION, connection, requestId, Long.toString(sentAt.getEpochSecond()),
                Boolean.toString(forced), String.join("\t", contexts)).getBytes(StandardCharsets.UTF_8);
    }

    static PendingRequest decode(byte[] encoded) {
        var parts = new String(encoded, StandardCharsets.UTF_8).split("\n", -1);
        if (parts.length != 6 || !parts[0].equals(VERSION)) {
            throw new SamlError(SamlReason.UNSOLICITED); // left by another version of this server, or another protocol
        }
        return new PendingRequest(parts[1], parts[2], Instant.ofEpochSecond(Long.parseLong(parts[3])),
                Boolean.parseBoolean(parts[4]), parts[5].isEmpty() ? List.of() : List.of(parts[5].split("\t")));
    }
}
