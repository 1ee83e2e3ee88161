package gatehouse.idp.apply;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Optional;

/** Where a file is applied: the stores in this process, or the admin API of a running server. */
public interface ApplyTarget {

    /**
     * A resource as it is there.
     *
     * @param id       how the target names it
     * @param document its fields, without secrets
     */
    record Known(String id, ObjectNode document) {}

    /** A resource after a change. @param fields names of the fields that changed, secrets among them */
    record Patched(ObjectNode document, List<String> fields) {}

    /**
     * The resource that {@code declared} is about.
     *
     * @param path   its kind
     * @param issuer name of its issuer
     */
    Optional<Known> find(String path, String issuer, ObjectNode declared);

    /**
     * Makes a resource.
     *
     * @throws gatehouse.idp.schema.InvalidDocument if it is not complete and correct
     * @throws TargetRefused if the target does not allow it
     */
    void create(String path, String issuer, ObjectNode declared);

    /** Changes a resource to what {@code declared} says; what it does not say stays. As {@link #create} otherwise. */
    Patched patch(String path, String issuer, Known known, ObjectNode declared);

    /** A change that the target does not allow, in words for the file's author. */
    final class TargetRefused extends RuntimeException {
        TargetRefused(String what) {
            super(what, null, false, false);
        }
    }
}
