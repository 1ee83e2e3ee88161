package gatehouse.idp.oauth.token;

import gatehouse.idp.directory.User;
import gatehouse.sessions.Authentication;
import gatehouse.sessions.FamilyId;
import gatehouse.sessions.SessionId;
import java.util.List;
import java.util.Optional;

/** What a grant allows: the tokens follow from it. */
public sealed interface Authorization {

    List<String> scopes();

    /** The client acts for itself. */
    record OfClient(List<String> scopes) implements Authorization {}

    /**
     * The client acts for a person.
     *
     * @param scopes         scopes of the access token
     * @param authentication who signed in, when and how
     * @param user           the same person, as the directory knows them now
     * @param family         the family that the tokens belong to
     * @param session        the session that the access token lives and dies with; empty for offline access
     * @param idTokenSession the {@code sid} of the ID token
     * @param nonce          the {@code nonce} of the ID token
     * @param refreshToken   the refresh token to hand out; a secret
     */
    record OfUser(
            List<String> scopes,
            Authentication authentication,
            User user,
            FamilyId family,
            Optional<SessionId> session,
            Optional<SessionId> idTokenSession,
            Optional<String> nonce,
            Optional<String> refreshToken)
            implements Authorization {

        @Override
        public String toString() {
            return "OfUser[" + authentication.user() + ", " + scopes + "]";
        }
    }
}
