package gatehouse.idp.schema;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

/** JSON Merge Patch (RFC 7396). */
public final class MergePatch {

    private MergePatch() {
    }

    /** {@code target} with {@code patch} applied; neither is changed. */
    public static ObjectNode apply(ObjectNode target, ObjectNode patch) {
        var merged = target.deepCopy();
        patch.properties().forEach(entry -> {
            JsonNode value = entry.getValue();
            if (value.isNull()) {
                merged.remove(entry.getKey());
            } else if (value instanceof ObjectNode inner) {
                var base = merged.get(entry.getKey()) instanceof ObjectNode object ? object : merged.objectNode();
                merged.set(entry.getKey(), apply(base, inner));
            } else {
                merged.set(entry.getKey(), value);
            }
        });
        return merged;
    }
}
