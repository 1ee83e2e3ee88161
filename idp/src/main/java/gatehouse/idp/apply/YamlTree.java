package gatehouse.idp.apply;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import gatehouse.idp.schema.FieldProblem;
import gatehouse.idp.schema.Nearest;
import java.io.StringReader;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;
import org.yaml.snakeyaml.error.Mark;
import org.yaml.snakeyaml.error.MarkedYAMLException;
import org.yaml.snakeyaml.error.YAMLException;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.ScalarNode;
import org.yaml.snakeyaml.nodes.SequenceNode;
import org.yaml.snakeyaml.nodes.Tag;

/**
 * A YAML document as a JSON tree that knows where each part of it stood. Variables <code>${name}</code> in texts are
 * replaced; {@code $$} is a dollar sign. Duplicate keys, merge keys and unknown variables are problems.
 */
final class YamlTree {

    /** Longest file, in characters. */
    static final int LENGTH_MAX = 4 << 20;
    private static final int DEPTH_MAX = 30;
    private static final Pattern VARIABLE = Pattern.compile("\\$\\$|\\$\\{([^}]*)}");

    private final String file;
    private final Map<String, String> variables;
    private final Map<String, Mark> places = new HashMap<>();
    private final List<InvalidFile.Problem> problems = new ArrayList<>();
    private JsonNode root = JsonNodeFactory.instance.objectNode();

    private YamlTree(String file, Map<String, String> variables) {
        this.file = file;
        this.variables = variables;
    }

    /**
     * Reads {@code text}.
     *
     * @param file what to call it in problems
     * @throws InvalidFile if it is not YAML, too large, or names unknown variables
     */
    static YamlTree read(String file, String text, Map<String, String> variables) {
        var tree = new YamlTree(file, variables);
        var options = new LoaderOptions();
        options.setCodePointLimit(LENGTH_MAX);
        options.setNestingDepthLimit(DEPTH_MAX);
        options.setMaxAliasesForCollections(20);
        try {
            var composed = new Yaml(new SafeConstructor(options)).compose(new StringReader(text));
            if (composed != null) {
                tree.root = tree.convert(composed, "");
            }
        } catch (MarkedYAMLException broken) {
            throw tree.broken(broken.getProblemMark(), broken.getProblem());
        } catch (YAMLException broken) {
            throw tree.broken(null, broken.getMessage());
        }
        tree.stopIfInvalid();
        return tree;
    }

    private InvalidFile broken(Mark mark, String what) {
        return new InvalidFile(file, List.of(mark == null
                ? new InvalidFile.Problem(1, 1, what)
                : new InvalidFile.Problem(mark.getLine() + 1, mark.getColumn() + 1, what)));
    }

    JsonNode root() {
        return root;
    }

    /** Notes a problem at a JSON Pointer of the tree, or at the nearest part around it. */
    void problem(FieldProblem problem) {
        var pointer = problem.field();
        while (!places.containsKey(pointer) && !pointer.isEmpty()) {
            pointer = pointer.substring(0, pointer.lastIndexOf('/'));
        }
        var mark = places.get(pointer);
        var rest = problem.field().substring(pointer.length());
        var name = rest.isEmpty() ? problem.field().substring(problem.field().lastIndexOf('/') + 1) : rest.substring(1);
        boolean nameless = name.isEmpty() || name.chars().allMatch(Character::isDigit);
        var what = nameless ? problem.problem() : name + ": " + problem.problem();
        problems.add(new InvalidFile.Problem(
                mark == null ? 1 : mark.getLine() + 1, mark == null ? 1 : mark.getColumn() + 1, what));
    }

    /** @throws InvalidFile if any problem was noted */
    void stopIfInvalid() {
        if (!problems.isEmpty()) {
            throw new InvalidFile(file, problems);
        }
    }

    private JsonNode convert(Node node, String pointer) {
        places.putIfAbsent(pointer, node.getStartMark());
        return switch (node) {
            case MappingNode mapping -> object(mapping, pointer);
            case SequenceNode sequence -> array(sequence, pointer);
            case ScalarNode scalar -> scalar(scalar, pointer);
            default -> throw new IllegalStateException("a YAML node of an unknown kind");
        };
    }

    private ObjectNode object(MappingNode mapping, String pointer) {
        var object = JsonNodeFactory.instance.objectNode();
        for (var tuple : mapping.getValue()) {
            if (!(tuple.getKeyNode() instanceof ScalarNode key) || key.getTag().equals(Tag.MERGE)) {
                problems.add(at(tuple.getKeyNode(), "a key must be a plain text"));
                continue;
            }
            var inner = pointer + FieldProblem.of(key.getValue(), "").field();
            if (object.has(key.getValue())) {
                problems.add(at(key, "the key \"" + key.getValue() + "\" is given twice"));
                continue;
            }
            places.put(inner, key.getStartMark());
            object.set(key.getValue(), convert(tuple.getValueNode(), inner));
        }
        return object;
    }

    private ArrayNode array(SequenceNode sequence, String pointer) {
        var array = JsonNodeFactory.instance.arrayNode();
        for (int i = 0; i < sequence.getValue().size(); i++) {
            array.add(convert(sequence.getValue().get(i), pointer + "/" + i));
        }
        return array;
    }

    private JsonNode scalar(ScalarNode scalar, String pointer) {
        var text = scalar.getValue();
        var nodes = JsonNodeFactory.instance;
        if (scalar.getTag().equals(Tag.NULL)) {
            return nodes.nullNode();
        }
        if (scalar.getTag().equals(Tag.BOOL) && (text.equals("true") || text.equals("false"))) {
            return nodes.booleanNode(text.equals("true"));
        }
        if (scalar.getTag().equals(Tag.INT) && text.matches("-?\\d{1,18}")) {
            return nodes.numberNode(Long.parseLong(text));
        }
        return nodes.textNode(replaced(scalar, text));
    }

    private String replaced(ScalarNode scalar, String text) {
        return VARIABLE.matcher(text).replaceAll(found -> {
            var name = found.group(1);
            if (name == null) {
                return "\\$";
            }
            var value = variables.get(name);
            if (value == null) {
                problems.add(at(scalar, Nearest.unknown("variable", name, variables.keySet())));
                return "";
            }
            return Matcher.quoteReplacement(value);
        });
    }

    private static InvalidFile.Problem at(Node node, String what) {
        return new InvalidFile.Problem(node.getStartMark().getLine() + 1, node.getStartMark().getColumn() + 1, what);
    }
}
