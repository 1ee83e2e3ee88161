package gatehouse.idp.upstream;

import com.fasterxml.jackson.databind.node.ObjectNode;
import gatehouse.idp.tenancy.Connection;
import gatehouse.spi.Issuer;
import java.util.Set;

/** One upstream protocol: all that a new one has to bring. */
public interface ConnectorType {

    /** Its name, as in {@link Connection#type()}. */
    String name();

    /** The record its settings are read into: JSON names in snake_case, checked in its constructor, documented. */
    Class<? extends Record> settingsType();

    /** The settings that are secrets: sealed at rest, never read back through the admin API. */
    Set<String> secretSettings();

    /**
     * Checks settings as an administrator gave them.
     *
     * @throws InvalidSettings naming the setting and what is wrong with it
     */
    void validate(ObjectNode settings);

    /** Opens a connector. Does not wait: what must be fetched is fetched when first needed. */
    Connector open(Connection connection, Issuer issuer);
}
