package gatehouse.sessions;

import gatehouse.spi.ClientId;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What an authorization code stands for (RFC 6749 §4.1.2).
 *
 * @param client         the client it was issued to
 * @param redirectUri    the redirect_uri of the request; empty if the request named none
 * @param scopes         granted scopes
 * @param authentication who signed in
 * @param session        the session it came from
 * @param family         family of the refresh tokens that its redemption may open; named here so that a replay can
 *                       revoke them
 * @param codeChallenge  PKCE challenge (RFC 7636), S256
 * @param nonce          OIDC nonce
 * @param audience       resources asked for (RFC 8707), or empty
 * @param parameters     further facts the issuing protocol wants back; small
 * @param expiresAt      when it expires
 */
public record AuthorizationCode(
        ClientId client,
        Optional<String> redirectUri,
        List<String> scopes,
        Authentication authentication,
        SessionId session,
        FamilyId family,
        Optional<String> codeChallenge,
        Optional<String> nonce,
        List<String> audience,
        Map<String, String> parameters,
        Instant expiresAt) {

    public AuthorizationCode {
        scopes = List.copyOf(scopes);
        audience = List.copyOf(audience);
        parameters = Map.copyOf(parameters);
        expiresAt = expiresAt.truncatedTo(ChronoUnit.MILLIS); // what every store keeps
    }
}
