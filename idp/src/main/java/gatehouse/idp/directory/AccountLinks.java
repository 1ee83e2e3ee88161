package gatehouse.idp.directory;

import gatehouse.spi.ConnectionId;
import gatehouse.spi.Deadline;
import gatehouse.spi.UserId;
import java.util.List;
import java.util.Optional;

/**
 * The links from upstream identities to people, as far as it takes to see that a provider has begun to name its people
 * in another way, so that nobody silently becomes a second person.
 *
 * <p>A link has a kind: what of an identity its subject was, such as the NameID or an attribute by its name. Links that
 * were made before kinds were noted have none.
 */
public interface AccountLinks {

    /** A link and whose it is. @param kind if it was noted */
    record Linked(AccountLink link, Optional<String> kind, UserId user) {}

    /** Links through {@code connection} of people with this e-mail address, two at most. */
    List<Linked> ofEmail(String issuer, ConnectionId connection, String email, Deadline deadline);

    /** A kind that links of {@code connection} have, if some have one and none has {@code kind}. */
    Optional<String> otherKind(String issuer, ConnectionId connection, String kind, Deadline deadline);

    /** Notes the kind of a link. */
    void note(String issuer, AccountLink link, String kind, Deadline deadline);

    /**
     * Puts {@code now} in the place of a link. Atomic.
     *
     * @return whether it was done: not if the old link is gone, or the new one is somebody's
     */
    boolean rekey(String issuer, Linked before, AccountLink now, String kind, Deadline deadline);
}
