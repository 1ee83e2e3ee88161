package gatehouse.idp.upstream.metadata;

import com.fasterxml.jackson.databind.node.ObjectNode;
import gatehouse.idp.tenancy.Connection;
import gatehouse.idp.upstream.metadata.Drift.Difference;
import java.net.URI;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** What one upstream protocol knows about the metadata that its identity providers publish. */
public interface PublishedMetadata {

    /** The upstream protocol, as in {@link Connection#type()}. */
    String type();

    /** Where a connection with these settings finds its metadata; empty if it needs none. */
    Optional<URI> address(ObjectNode settings);

    /**
     * Names what the settings demand of the metadata: address, entity and signers. A copy that was accepted on other
     * terms is none.
     */
    String terms(ObjectNode settings);

    /** Media types to ask for. */
    String accept();

    /**
     * What is kept of {@code fetched}: the part about this provider, once its signature holds if the settings name who
     * has to sign.
     *
     * @throws MetadataRefused if it is not what the settings ask for
     */
    Candidate candidate(ObjectNode settings, byte[] fetched);

    /** A document that could be accepted. @param signed whether it came with a signature, verified or not */
    record Candidate(byte[] document, boolean signed) {}

    /**
     * What a kept document says, usable or not.
     *
     * @throws MetadataRefused if it cannot be read
     */
    MetadataFacts facts(ObjectNode settings, byte[] document);

    /**
     * Checks that logins can use {@code document} at {@code at}.
     *
     * @throws MetadataRefused if not: no key, or its time is over
     */
    void requireUsable(ObjectNode settings, byte[] document, Instant at);

    /** Whether the settings name who has to sign the metadata: then its signer is trusted with changes. */
    boolean isPinned(ObjectNode settings);

    /** What the settings themselves say, for a connection that uses no published metadata. */
    Optional<MetadataFacts> settled(ObjectNode settings);

    /** What {@code after} itself demands less of the provider, or of its metadata, than {@code before}. */
    List<Difference> loosened(ObjectNode before, ObjectNode after);
}
