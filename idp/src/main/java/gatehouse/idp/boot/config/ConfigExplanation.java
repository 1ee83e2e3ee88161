package gatehouse.idp.boot.config;

import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/** Every configuration key with its type, default and meaning: printed from the records themselves, so it cannot drift. */
public final class ConfigExplanation {

    private ConfigExplanation() {}

    /** The reference, as text for a terminal. */
    public static String text() {
        var text = new StringBuilder();
        for (var key : ConfigKeys.of(ServerConfig.DEFAULTS)) {
            var written = ConfigValue.write(key.defaultValue());
            text.append(key.path()).append("  (").append(typeName(key.type()));
            text.append(written.isEmpty() || written.equals("[]") || written.equals("{}") ? ", not set" : ", default " + written).append(")\n");
            text.append("    ").append(key.meaning()).append('\n');
            text.append("    Environment: ").append(key.environment()).append("\n\n");
        }
        return text.toString();
    }

    /** The reference, as a Markdown table. */
    public static String markdown() {
        var text = new StringBuilder("| key | type | default | meaning |\n|---|---|---|---|\n");
        for (var key : ConfigKeys.of(ServerConfig.DEFAULTS)) {
            text.append("| `").append(key.path()).append("` | ").append(typeName(key.type())).append(" | ");
            var written = ConfigValue.write(key.defaultValue());
            text.append(written.isEmpty() || written.equals("[]") || written.equals("{}") ? "" : '`' + written + '`');
            text.append(" | ").append(key.meaning()).append(" |\n");
        }
        return text.toString();
    }

    private static String typeName(Class<?> type) {
        if (type == Duration.class) {
            return "duration";
        } else if (type == int.class) {
            return "number";
        } else if (type == boolean.class) {
            return "true or false";
        } else if (type == List.class) {
            return "list";
        } else if (type == Map.class) {
            return "keys and values";
        } else if (type == URI.class) {
            return "URL";
        }
        return type == Secret.class ? "secret: text, or file:PATH" : "text";
    }
}
