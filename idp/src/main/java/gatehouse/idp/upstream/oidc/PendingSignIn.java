package gatehouse.idp.upstream.oidc;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * What a departure leaves for the arrival that answers it. The login keeps it sealed, so that it is known to be ours.
 *
 * @param connection   the connection that was left through: an answer through another one is not an answer
 * @param nonce        must come back in the ID token
 * @param codeVerifier RFC 7636 §4.1
 * @param departedAt   when, to the second
 * @param forced       whether the person was to be asked again
 * @param maxAge       oldest authentication that is good enough
 */
record PendingSignIn(
        String connection,
        String nonce,
        String codeVerifier,
        Instant departedAt,
        boolean forced,
        Optional<Duration> maxAge) {

    private static final String VERSION = "1";

    byte[] encode() {
        return String.join("\n", VERSION, connection, nonce, codeVerifier, Long.toString(departedAt.getEpochSecond()),
                        Boolean.toString(forced), maxAge.map(age -> Long.toString(age.toSeconds())).orElse(""))
                .getBytes(StandardCharsets.UTF_8);
    }

    static PendingSignIn decode(byte[] encoded) {
        var parts = new String(encoded, StandardCharsets.UTF_8).split("\n", -1);
        if (parts.length != 7 || !parts[0].equals(VERSION)) {
            throw OidcReason.UNSOLICITED.refusal(); // left by another version of this server, or another protocol
        }
        return new PendingSignIn(parts[1], parts[2], parts[3], Instant.ofEpochSecond(Long.parseLong(parts[4])),
                Boolean.parseBoolean(parts[5]),
                parts[6].isEmpty() ? Optional.empty() : Optional.of(Duration.ofSeconds(Long.parseLong(parts[6]))));
    }

    @Override
    public String toString() {
        return "PendingSignIn[" + connection + ", " + departedAt + "]";
    }
}
