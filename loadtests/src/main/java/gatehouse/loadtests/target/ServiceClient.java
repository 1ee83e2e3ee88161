package gatehouse.loadtests.target;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Base64;

/**
 * A confidential client that gets tokens for itself and introspects tokens of others.
 *
 * @param scope asked for with client credentials; empty for none
 */
public record ServiceClient(String id, String secret, String scope) {

    /** The {@code Authorization} header of {@code client_secret_basic} (RFC 6749 §2.3.1). */
    public String basicCredentials() {
        return basic(id, secret);
    }

    static String basic(String id, String secret) {
        var pair = encode(id) + ":" + encode(secret);
        return "Basic " + Base64.getEncoder().encodeToString(pair.getBytes(StandardCharsets.UTF_8));
    }

    private static String encode(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }

    @Override
    public String toString() {
        return "ServiceClient[" + id + "]";
    }
}
