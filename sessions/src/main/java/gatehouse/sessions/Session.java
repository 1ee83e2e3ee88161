package gatehouse.sessions;

import java.time.Instant;
import java.util.List;

/**
 * A user's session at this server, as the store last saw it. Holds no token and no profile.
 *
 * @param id             identifies it
 * @param authentication who signed in, when and how
 * @param participants   relying parties that were told about it, at most {@link #PARTICIPANTS_MAX}
 * @param createdAt      when it was opened
 * @param lastSeenAt     when it was last used, exact to a minute
 * @param expiresAt      its absolute end
 * @param generation     grows with every change; the next change must name it
 */
public record Session(
        SessionId id,
        Authentication authentication,
        List<Participant> participants,
        Instant createdAt,
        Instant lastSeenAt,
        Instant expiresAt,
        int generation) {

    /** Relying parties one session remembers. */
    public static final int PARTICIPANTS_MAX = 64;

    public Session {
        participants = List.copyOf(participants);
    }

    /** Whether relying party {@code id} of {@code kind} was told about this session. */
    public boolean hasParticipant(String kind, String id) {
        return participants.stream().anyMatch(p -> p.kind().equals(kind) && p.id().equals(id));
    }
}
