package gatehouse.idp.apply;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;

/** What an application changed, or would change. Shows no secret. */
public final class ApplyReport {

    private static final int VALUE_LENGTH_MAX = 120;
    private static final String MASK = "•••";

    private final List<String> lines = new ArrayList<>();
    private int created;
    private int changed;
    private int unchanged;

    void created(String kind, String key) {
        created++;
        lines.add("+ " + kind + " " + key);
    }

    void changed(String kind, String key, ObjectNode before, ApplyTarget.Patched now) {
        changed++;
        lines.add("~ " + kind + " " + key);
        for (var field : now.fields()) {
            var old = at(before, field);
            var is = at(now.document(), field);
            lines.add("    " + field + ": " + (old.isMissingNode() && is.isMissingNode()
                    ? MASK + " → " + MASK
                    : shown(old) + " → " + shown(is)));
        }
    }

    void unchanged() {
        unchanged++;
    }

    private static JsonNode at(ObjectNode document, String field) {
        JsonNode node = document;
        for (var name : field.startsWith("settings.") ? field.split("\\.", 2) : new String[] {field}) {
            node = node.path(name);
        }
        return node;
    }

    private static String shown(JsonNode value) {
        if (value.isMissingNode()) {
            return "nothing";
        }
        var text = value.toString();
        return text.length() > VALUE_LENGTH_MAX ? text.substring(0, VALUE_LENGTH_MAX) + "…" : text;
    }

    /** How many resources were, or would be, made. */
    public int createdCount() {
        return created;
    }

    /** How many resources were, or would be, changed. */
    public int changedCount() {
        return changed;
    }

    /** How many resources were as the file says. */
    public int unchangedCount() {
        return unchanged;
    }

    /** One line for each resource made ({@code +}) or changed ({@code ~}, with its fields), and a sum. */
    public String text() {
        var all = new ArrayList<>(lines);
        all.add(created + " created, " + changed + " changed, " + unchanged + " unchanged");
        return String.join("\n", all);
    }
}
