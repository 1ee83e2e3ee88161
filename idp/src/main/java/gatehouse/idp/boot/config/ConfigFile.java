package gatehouse.idp.boot.config;

import gatehouse.idp.schema.Nearest;
import java.io.IOException;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.RecordComponent;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.constructor.SafeConstructor;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.error.MarkedYAMLException;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.ScalarNode;
import org.yaml.snakeyaml.nodes.SequenceNode;

/**
 * Reads the server's configuration. What the file does not say is the default; an environment variable
 * {@code GATEHOUSE_…} wins over the file. A key that does not exist stops the start, with its line and a did-you-mean.
 */
public final class ConfigFile {

    private final String name;
    private final Map<String, String> environment;

    private ConfigFile(String name, Map<String, String> environment) {
        this.name = name;
        this.environment = environment;
    }

    /**
     * Reads {@code file} and {@code environment}.
     *
     * @throws InvalidConfig naming the line or variable and what is wrong with it
     */
    public static ServerConfig read(Path file, Map<String, String> environment) {
        try {
            return read(file.toString(), Files.readString(file), environment);
        } catch (IOException unreadable) {
            throw new InvalidConfig("cannot read " + file);
        }
    }

    /** The configuration without a file: defaults and environment. */
    public static ServerConfig read(Map<String, String> environment) {
        return read("(no file)", "", environment);
    }

    static ServerConfig read(String name, String yaml, Map<String, String> environment) {
        var own = new TreeMap<String, String>();
        environment.forEach((key, value) -> {
            if (key.startsWith("GATEHOUSE_") && !LAUNCHER_VARIABLES.contains(key)) {
                own.put(key, value);
            }
        });
        return new ConfigFile(name, own).read(yaml);
    }

    /** Set for the launcher, not for the server. */
    private static final List<String> LAUNCHER_VARIABLES = List.of("GATEHOUSE_HOME", "GATEHOUSE_JAVA_OPTS");

    private ServerConfig read(String yaml) {
        var known = new HashMap<String, ConfigKeys.Key>();
        ConfigKeys.of(ServerConfig.DEFAULTS).forEach(key -> known.put(key.environment(), key));
        environment.keySet().stream().filter(key -> !known.containsKey(key)).findFirst().ifPresent(unknown -> {
            throw new InvalidConfig(Nearest.unknown("environment variable", unknown, known.keySet()));
        });
        Node root;
        try {
            var options = new LoaderOptions();
            options.setAllowDuplicateKeys(false);
            root = new Yaml(new SafeConstructor(options)).compose(new java.io.StringReader(yaml));
        } catch (MarkedYAMLException malformed) {
            var mark = malformed.getProblemMark();
            throw new InvalidConfig(name + (mark == null ? "" : ":" + (mark.getLine() + 1)) + ": " + malformed.getProblem());
        }
        return (ServerConfig) section("", root, ServerConfig.DEFAULTS);
    }

    private Record section(String prefix, Node node, Record defaults) {
        var given = mapping(prefix, node);
        var components = defaults.getClass().getRecordComponents();
        var known = new ArrayList<String>();
        for (var component : components) {
            known.add(ConfigKeys.keyOf(component));
        }
        given.forEach((key, value) -> {
            if (!known.contains(key)) {
                throw new InvalidConfig(at(value) + Nearest.unknown("key", prefix + key, known.stream().map(word -> prefix + word).toList()));
            }
        });
        var values = new Object[components.length];
        for (int i = 0; i < components.length; i++) {
            var key = ConfigKeys.keyOf(components[i]);
            values[i] = value(prefix + key, given.get(key), components[i], ConfigKeys.valueOf(components[i], defaults));
        }
        return build(node, defaults, components, values);
    }

    private Record build(Node node, Record defaults, RecordComponent[] components, Object[] values) {
        var types = new Class<?>[components.length];
        for (int i = 0; i < components.length; i++) {
            types[i] = components[i].getType();
        }
        try {
            return defaults.getClass().getDeclaredConstructor(types).newInstance(values);
        } catch (InvocationTargetException refused) {
            throw new InvalidConfig((node == null ? "" : at(node)) + refused.getCause().getMessage());
        } catch (ReflectiveOperationException impossible) {
            throw new IllegalStateException("configuration records can be made", impossible);
        }
    }

    private Object value(String path, Node node, RecordComponent component, Object defaultValue) {
        if (defaultValue instanceof Record nested && !(nested instanceof Secret)) {
            return section(path + '.', node, nested);
        }
        var variable = new ConfigKeys.Key(path, component.getType(), defaultValue, "").environment();
        var fromEnvironment = environment.get(variable);
        if (fromEnvironment != null) {
            return ConfigValue.read(fromEnvironment, component.getType(), problem ->
                    new InvalidConfig(variable + ' ' + problem));
        }
        return switch (node) {
            case null -> defaultValue;
            case ScalarNode scalar -> ConfigValue.read(scalar.getValue(), component.getType(), problem ->
                    new InvalidConfig(at(scalar) + path + ' ' + problem));
            case SequenceNode sequence when component.getType() == List.class -> sequence.getValue().stream()
                    .map(item -> item instanceof ScalarNode scalar ? scalar.getValue() : "")
                    .toList();
            case MappingNode mapping when component.getType() == Map.class -> texts(path, mapping);
            default -> throw new InvalidConfig(at(node) + path + " has the wrong form");
        };
    }

    private Map<String, String> texts(String path, MappingNode mapping) {
        var texts = new LinkedHashMap<String, String>();
        mapping(path + '.', mapping).forEach((key, node) -> {
            if (!(node instanceof ScalarNode scalar)) {
                throw new InvalidConfig(at(node) + path + '.' + key + " must be text");
            }
            texts.put(key, scalar.getValue());
        });
        return texts;
    }

    private Map<String, Node> mapping(String prefix, Node node) {
        var given = new LinkedHashMap<String, Node>();
        if (node instanceof MappingNode mapping) {
            for (var tuple : mapping.getValue()) {
                var key = ((ScalarNode) tuple.getKeyNode()).getValue();
                if (given.put(key, tuple.getValueNode()) != null) {
                    throw new InvalidConfig(at(tuple.getKeyNode()) + "\"" + prefix + key + "\" is given twice");
                }
            }
        } else if (node != null && !(node instanceof ScalarNode scalar && scalar.getValue().isEmpty())) {
            throw new InvalidConfig(at(node) + (prefix.isEmpty() ? "the file" : prefix.substring(0, prefix.length() - 1))
                    + " must be keys and values");
        }
        return given;
    }

    private String at(Node node) {
        return name + ':' + (node.getStartMark().getLine() + 1) + ": ";
    }
}
