package gatehouse.idp.upstream;

import com.fasterxml.jackson.databind.node.ObjectNode;
import gatehouse.spi.Deadline;

/** Turns the metadata of an identity provider into settings of a connection, for one {@link ConnectorType}. */
public interface MetadataImporter {

    /** The connector type it knows the metadata of. */
    String type();

    /**
     * The settings that the metadata says, to be merged into those of a connection: its keys and addresses, never a
     * weaker rule than the connection has.
     *
     * @param source {@code metadata_url} (fetched here, within {@code deadline}) or {@code metadata_xml}, one of them
     * @throws InvalidSettings if there is neither, or the metadata is no good
     * @throws gatehouse.idp.http.Refusal if it cannot be fetched
     */
    ObjectNode settings(ObjectNode source, Deadline deadline);
}
