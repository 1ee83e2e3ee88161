package gatehouse.loadtests.target;

import java.net.URI;
import java.util.Map;
import java.util.Optional;

/**
 * The client that people sign in to: authorization code with PKCE.
 *
 * @param secret empty for a public client, which names itself in the body
 */
public record AppClient(String id, Optional<String> secret, URI redirectUri, String scope) {

    /** Headers of a token request: {@code client_secret_basic}, or none for a public client. */
    public Map<String, String> tokenHeaders() {
        return secret.map(value -> Map.of("Authorization", ServiceClient.basic(id, value))).orElse(Map.of());
    }

    @Override
    public String toString() {
        return "AppClient[" + id + "]";
    }
}
