package gatehouse.idp.upstream.xray;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;

/**
 * A mistake that can be mended here by one button. It only says what would change: changing it is an ordinary change of
 * the connection, judged and on record like any other. A message never vouches for itself: certificates come from
 * metadata or an administrator, and what is taken from a message was signed.
 */
public sealed interface Remedy {

    /** What its button says: a message key with arguments. */
    String key();

    List<String> arguments();

    /** Whether less is checked afterwards, so that the administrator must be told and asked. */
    boolean lowersSecurity();

    /**
     * A setting of the connection gets another value.
     *
     * @param value its new value; null: it is taken away
     */
    record ChangeSetting(String setting, JsonNode value, boolean lowersSecurity) implements Remedy {

        @Override
        public String key() {
            return value.isNull() ? "remedy.remove_setting" : "remedy.change_setting";
        }

        @Override
        public List<String> arguments() {
            return value.isNull() ? List.of(setting) : List.of(setting, value.isTextual() ? value.asText()
                    : value.toString());
        }

        /** The change as a merge patch of the connection. */
        public ObjectNode patch() {
            var patch = JsonNodeFactory.instance.objectNode();
            patch.putObject("settings").set(setting, value);
            return patch;
        }
    }

    /** The identity provider's metadata is fetched again, and what it says held against what is known. */
    record RefreshMetadata() implements Remedy {

        @Override
        public String key() {
            return "remedy.refresh_metadata";
        }

        @Override
        public List<String> arguments() {
            return List.of();
        }

        @Override
        public boolean lowersSecurity() {
            return false;
        }
    }

    /** The organization proves {@code domain}. */
    record ProveDomain(String domain) implements Remedy {

        @Override
        public String key() {
            return "remedy.prove_domain";
        }

        @Override
        public List<String> arguments() {
            return List.of(domain);
        }

        @Override
        public boolean lowersSecurity() {
            return false;
        }
    }
}
