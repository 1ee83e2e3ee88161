package gatehouse.sessions;

import gatehouse.spi.Deadline;
import gatehouse.spi.OrganizationId;
import gatehouse.spi.UserId;
import java.util.List;
import java.util.Optional;

/**
 * Browser sessions. The cookie value is {@code v1.<sid>.<secret>}; the store keeps the secret's SHA-256 only, and the
 * session's body encrypted. A session that is expired, ended, or older than its organization's cut-off is not found.
 */
public interface SessionStore {

    /**
     * Opens a session. Atomic with the count of the user's sessions: above {@link SessionLimits#maxPerUser()} the
     * oldest are ended first. A call that times out may have opened it.
     *
     * @param first the relying party that the person signs in for, as if it had joined at once
     */
    OpenedSession open(
            Authentication authentication, SessionLimits limits, Optional<Participant> first, Deadline deadline);

    /** Opens a session that no relying party is told about yet. */
    default OpenedSession open(Authentication authentication, SessionLimits limits, Deadline deadline) {
        return open(authentication, limits, Optional.empty(), deadline);
    }

    /**
     * The session that {@code cookieValue} opens; marks it as used. Any malformed, foreign or stale value is
     * simply not found.
     */
    Optional<Session> find(String cookieValue, Deadline deadline);

    /** The live session named by a {@code sid} claim. Does not mark it as used. */
    Optional<Session> findById(SessionId id, Deadline deadline);

    /**
     * Records a new authentication (re-authentication, step-up) in the same session, under a new cookie value; the
     * old value opens nothing any more. Empty if the session has ended, or belongs to another user.
     */
    Optional<OpenedSession> renew(SessionId id, Authentication authentication, Deadline deadline);

    /** Adds a relying party unless it is already there. Answers whether the session is alive. */
    boolean join(SessionId id, Participant participant, Deadline deadline);

    /** Ends a session: exactly one caller gets it, and with it the participants to tell. Empty if it had ended. */
    Optional<Session> end(SessionId id, String reason, Deadline deadline);

    /** The live sessions of a user, newest first. */
    List<Session> ofUser(String issuer, UserId user, Deadline deadline);

    /**
     * The live sessions that came from an upstream session, newest first: what a logout at the identity provider is
     * about.
     *
     * @param linked whose account the name in {@code reference} is linked to: where the name is the key of the link,
     *               sessions are found by it alone, and no store keeps a second way to them
     */
    List<Session> ofUpstream(UpstreamReference reference, Optional<UserId> linked, Deadline deadline);

    /** Ends every session of a user; answers those it ended. */
    List<Session> endAllOfUser(String issuer, UserId user, String reason, Deadline deadline);

    /**
     * Ends every session of an organization that was opened until now, at once on this node and within seconds on
     * the others, by a cut-off instant and not by deleting keys: the cost does not grow with the organization.
     */
    void endAllOfOrganization(OrganizationId organization, Deadline deadline);
}
