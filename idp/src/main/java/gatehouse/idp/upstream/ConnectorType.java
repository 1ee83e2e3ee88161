package gatehouse.idp.upstream;

import com.fasterxml.jackson.databind.node.ObjectNode;
import gatehouse.idp.tenancy.Connection;
import gatehouse.idp.upstream.xray.Message;
import gatehouse.idp.upstream.xray.Outline;
import gatehouse.idp.upstream.xray.Trace;
import gatehouse.spi.Deadline;
import gatehouse.spi.Issuer;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
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

    /**
     * What an administrator should know of settings that are valid: one plain sentence each, beginning with the name of
     * the setting. Never a secret.
     */
    default List<String> warnings(ObjectNode settings) {
        return List.of();
    }

    /**
     * What a message that was refused looks like, masked; empty if this protocol has none to show, or it cannot be
     * read at all. Not on the way of a request.
     */
    default Optional<Outline> outline(Connection connection, Message message) {
        return Optional.empty();
    }

    /**
     * Judges a message again that was refused, by the settings of {@code draft} and as if it were {@code at}: for an
     * administrator who wants to know whether a change would mend it. Remembers nothing, signs nobody in; {@code trace}
     * is told what holds.
     *
     * @throws UpstreamRefusal if it would be refused again
     * @throws UnsupportedOperationException if messages of this protocol cannot be judged twice
     */
    default UpstreamIdentity judge(
            Connection draft, Issuer issuer, Message message, Instant at, Trace trace, Deadline deadline) {
        throw new UnsupportedOperationException("messages of type " + name() + " are judged once");
    }

    /** Opens a connector. Does not wait: what must be fetched is fetched when first needed. */
    Connector open(Connection connection, Issuer issuer);
}
