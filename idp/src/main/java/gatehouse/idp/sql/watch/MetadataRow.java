package gatehouse.idp.sql.watch;

import java.time.Instant;
import java.util.Optional;

/**
 * What is kept of one connection's published metadata.
 *
 * @param issuer     name of the issuer
 * @param connection id of the connection
 * @param terms      what it was accepted under
 * @param accepted   what logins use
 * @param fetched    how the last fetch went
 * @param nextAt     when to fetch next
 * @param held       what waits for an administrator
 * @param rejected   the drift that an administrator refused last
 */
public record MetadataRow(
        String issuer,
        String connection,
        String terms,
        Optional<Accepted> accepted,
        Fetched fetched,
        Instant nextAt,
        Optional<Held> held,
        Optional<String> rejected) {

    /**
     * A document in use.
     *
     * @param signed     whether it came with a signature
     * @param pinned     whether a signer named in the settings signed it
     * @param validUntil its own end
     * @param at         when it was accepted
     */
    public record Accepted(
            byte[] document, String digest, boolean signed, boolean pinned, Optional<Instant> validUntil, Instant at) {}

    /**
     * The last fetch.
     *
     * @param at       when it ended
     * @param failures fetches in a row that came to nothing
     * @param problem  why the last one did
     * @param etag     entity tag of what the address answered last
     * @param modified its {@code Last-Modified}
     */
    public record Fetched(
            Optional<Instant> at, int failures, Optional<String> problem, Optional<String> etag,
            Optional<String> modified) {

        public static final Fetched NEVER =
                new Fetched(Optional.empty(), 0, Optional.empty(), Optional.empty(), Optional.empty());
    }

    /** A document that an administrator has to accept. @param drift names what it would change */
    public record Held(byte[] document, boolean signed, String drift, Instant at) {}

    /** A row without anything in it yet. */
    public static MetadataRow fresh(String issuer, String connection, String terms, Instant now) {
        return new MetadataRow(issuer, connection, terms, Optional.empty(), Fetched.NEVER, now, Optional.empty(),
                Optional.empty());
    }

    public MetadataRow accepting(Accepted now) {
        return new MetadataRow(issuer, connection, terms, Optional.of(now), fetched, nextAt, Optional.empty(),
                Optional.empty());
    }

    public MetadataRow holding(Optional<Held> now) {
        return new MetadataRow(issuer, connection, terms, accepted, fetched, nextAt, now, rejected);
    }

    public MetadataRow rejecting(String drift) {
        return new MetadataRow(issuer, connection, terms, accepted, fetched, nextAt, Optional.empty(),
                Optional.of(drift));
    }

    public MetadataRow fetched(Fetched now, Instant next) {
        return new MetadataRow(issuer, connection, terms, accepted, now, next, held, rejected);
    }
}
