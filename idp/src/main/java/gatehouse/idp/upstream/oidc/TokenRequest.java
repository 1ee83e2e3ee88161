package gatehouse.idp.upstream.oidc;

import gatehouse.spi.Deadline;
import java.util.LinkedHashMap;
import java.util.Optional;

/** Exchanges a code for tokens (RFC 6749 §4.1.3), with the client's proof of who it is. */
final class TokenRequest {

    private static final int TOKEN_LENGTH_MAX = 32 * 1024;

    private final ClientProof client;

    /** What the token endpoint sent. @param code what it was sent for */
    record Tokens(String idToken, Optional<String> accessToken, String code) {
        @Override
        public String toString() {
            return "Tokens[•••]";
        }
    }

    TokenRequest(ClientProof client) {
        this.client = client;
    }

    /** Redeems {@code code}. After a timeout it may have been spent. */
    Tokens exchange(
            String code, String codeVerifier, String redirectUri, ProviderMetadata provider, Deadline deadline) {
        var form = new LinkedHashMap<String, String>();
        form.put("grant_type", "authorization_code");
        form.put("code", code);
        form.put("redirect_uri", redirectUri);
        form.put("code_verifier", codeVerifier);
        var answer = client.post(provider.tokenEndpoint(), form, provider, deadline);
        if (answer.status() != 200) {
            throw client.refusalOf(answer, OidcReason.TOKEN_RESPONSE_INVALID);
        }
        return tokens(answer.body(), code);
    }

    private static Tokens tokens(byte[] body, String code) {
        var answer = JsonFetch.object(body).orElseThrow(OidcReason.TOKEN_RESPONSE_INVALID::refusal);
        if (!(answer.get("id_token") instanceof String idToken)) {
            throw OidcReason.TOKEN_RESPONSE_INVALID.refusal();
        }
        boolean bearer = answer.get("token_type") instanceof String type && type.equalsIgnoreCase("bearer");
        var accessToken = answer.get("access_token") instanceof String token && bearer && isHeaderSafe(token)
                ? Optional.of(token)
                : Optional.<String>empty();
        return new Tokens(idToken, accessToken, code);
    }

    /** RFC 6750 §2.1: what may stand behind {@code Bearer}. */
    private static boolean isHeaderSafe(String token) {
        return !token.isEmpty() && token.length() <= TOKEN_LENGTH_MAX
                && token.chars().allMatch(c -> c > ' ' && c < 0x7f);
    }
}
