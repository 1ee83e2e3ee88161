package gatehouse.idp.admin.resource;

import com.fasterxml.jackson.databind.node.ObjectNode;
import gatehouse.idp.audit.AuditAction;
import gatehouse.idp.schema.Access;
import gatehouse.idp.schema.RecordJson;
import gatehouse.idp.schema.ResourceSchema;
import gatehouse.idp.sql.Rows;
import gatehouse.idp.sql.Transaction;
import gatehouse.spi.Deadline;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jdbi.v3.core.Handle;

/** One kind of resource: its rows, its fields, and what is special about it. */
public interface Kind<T extends Record> {

    /** Segment of its path and key of its list in files: {@code service-providers}. */
    String path();

    Rows<T> rows();

    ResourceSchema schema();

    /** The field that names it among its siblings. */
    String idField();

    /** An id for one that was sent without; empty if it has to have one. */
    default Optional<String> newId() {
        return Optional.empty();
    }

    /** Query parameters that narrow a listing, and what they mean. */
    default Map<String, String> filters() {
        return Map.of();
    }

    /**
     * Brings a valid document into its one spelling and adds what the server decides.
     *
     * @param before what is being changed; empty for a new one
     */
    default void complete(ObjectNode document, Optional<T> before) {
    }

    /**
     * Checks what a schema cannot say.
     *
     * @throws gatehouse.idp.schema.InvalidDocument with every problem found
     */
    default void check(T value, Optional<T> before, Admin admin) {
    }

    /**
     * Checks what only stored rows can say, in the transaction of the change.
     *
     * @throws gatehouse.idp.schema.InvalidDocument with every problem found
     */
    default void checkStored(Handle sql, T value, Optional<T> before, Admin admin) {
    }

    /** What is kept of write-only fields in the record itself, and what must be shown now or never. */
    default Taken<T> take(T value, ObjectNode writeOnly, Optional<T> before) {
        return new Taken<>(value, Map.of());
    }

    /** A record with its secrets taken in. @param revealed fields to show this once: secrets that were made here */
    record Taken<T>(T value, Map<String, String> revealed) {}

    /** Keeps write-only fields that have their own column; answers whether anything changed. */
    default boolean storeSecrets(Transaction transaction, T stored, ObjectNode writeOnly) {
        return false;
    }

    /** Copies into {@code sent} the secrets that a replacement may leave out. */
    default void keepSecrets(ObjectNode sent, ObjectNode current) {
    }

    /** Fields that are made when the resource is shown; sent back, they are left out. */
    default Set<String> derived() {
        return Set.of();
    }

    /** Fields that stay as they are in a replacement that does not name them, instead of going back to a default. */
    default Set<String> staying() {
        return Set.of();
    }

    /** The resource as it may be read: without secrets and internals. */
    default ObjectNode shown(T value) {
        var document = RecordJson.write(value);
        var known = schema().fields();
        document.retain(known.values().stream()
                .filter(field -> field.access() != Access.WRITE_ONLY)
                .map(ResourceSchema.Field::name)
                .toList());
        return document;
    }

    /** What a change means beyond its fields: further entries of the audit trail. @param before empty for a new one */
    default List<Happened> happened(Optional<T> before, T after) {
        return List.of();
    }

    /** Something worth an entry of its own in the audit trail. */
    record Happened(AuditAction action, Map<String, String> details) {}

    /** What a change ends beside itself, after it is committed: sessions. {@code after} is empty if it was deleted. */
    default void committed(T before, Optional<T> after, Deadline deadline) {
    }
}
