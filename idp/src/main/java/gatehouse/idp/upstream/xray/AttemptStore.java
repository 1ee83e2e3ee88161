package gatehouse.idp.upstream.xray;

import gatehouse.spi.ConnectionId;
import gatehouse.spi.Deadline;
import gatehouse.spi.OrganizationId;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** Where attempts are kept. Always asked with the issuer and the organization: another one's are not found. */
public interface AttemptStore {

    /**
     * Whose attempts.
     *
     * @param organization empty: of every organization, for operators
     */
    record Scope(String issuer, Optional<OrganizationId> organization) {}

    /**
     * Which attempts of a listing, newest first.
     *
     * @param before the place of the last one of the page before
     */
    record Filter(
            Optional<ConnectionId> connection,
            Optional<Attempt.Outcome> outcome,
            Optional<Trace.Kind> kind,
            Optional<Diagnosis> diagnosis,
            Optional<String> traceId,
            Optional<Position> before,
            int limit) {}

    /** A place in a listing. */
    record Position(Instant at, String id) {}

    /** Some attempts. */
    List<Attempt> page(Scope scope, Filter filter, Deadline deadline);

    /** The attempt with that id. */
    Optional<Attempt> find(Scope scope, String id, Deadline deadline);

    /** The message of a refused attempt, if it is still kept. */
    Optional<Message> message(Scope scope, String id, Deadline deadline);

    /** What became of the sign-ins over a connection since {@code since}. */
    ConnectionHealth health(Scope scope, ConnectionId connection, Instant since, Deadline deadline);

    /** Keeps {@code kept}, and counts all of {@code entries}, also those that are not kept. */
    void write(List<Entry> entries, List<Entry> kept, Deadline deadline);

    /** Forgets what is older than {@code limits} allow, and of each connection what is too much. */
    void purge(Retention limits, Instant now, Deadline deadline);
}
