package gatehouse.idp.schema;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.networknt.schema.Error;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SchemaRegistryConfig;
import com.networknt.schema.SpecificationVersion;
import com.networknt.schema.path.PathType;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * The fields of one resource, from the components of its records: what may be sent, what is shown, and the JSON Schema
 * that says so to machines. Immutable.
 */
public final class ResourceSchema {

    /**
     * One field.
     *
     * @param name     its JSON name
     * @param access   who may set it
     * @param required whether a document without it is incomplete
     * @param json     its JSON Schema
     */
    public record Field(String name, Access access, boolean required, ObjectNode json) {}

    /** Compiled on first use: most starts of the server need none. */
    private static final class Compiled {
        private static final SchemaRegistry REGISTRY = SchemaRegistry.withDefaultDialect(
                SpecificationVersion.DRAFT_2020_12,
                builder -> builder.schemaRegistryConfig(SchemaRegistryConfig.builder()
                        .pathType(PathType.JSON_POINTER)
                        .locale(Locale.ENGLISH)
                        .build()));
    }

    private final String name;
    private final ObjectNode defaults;
    private final Map<String, Field> fields;
    private volatile Schema compiled;

    private ResourceSchema(String name, ObjectNode defaults, Map<String, Field> fields) {
        this.name = name;
        this.defaults = defaults;
        this.fields = fields;
    }

    /**
     * The schema of resource {@code name}.
     *
     * @param defaults values of fields that a new resource need not name
     * @param records  whose components are its fields: the stored record, and what is accepted beside it
     */
    public static ResourceSchema of(String name, ObjectNode defaults, List<Class<? extends Record>> records) {
        var fields = new LinkedHashMap<String, Field>();
        for (var record : records) {
            for (var component : record.getRecordComponents()) {
                var described = Optional.ofNullable(component.getAnnotation(Described.class));
                var access = described.map(Described::access).orElse(Access.EDITABLE);
                if (access == Access.INTERNAL) {
                    continue;
                }
                var field = JsonSchemas.name(component);
                var json = JsonSchemas.of(component);
                if (defaults.has(field)) {
                    json.set("default", defaults.get(field));
                }
                boolean given = access == Access.READ_ONLY || access == Access.WRITE_ONLY;
                fields.put(field, new Field(field, access,
                        !given && !JsonSchemas.isOptional(component) && !defaults.has(field), json));
            }
        }
        return new ResourceSchema(name, defaults, fields);
    }

    /** The schema of settings that are read into {@code record}: nothing is required, nothing else is allowed. */
    public static ResourceSchema ofSettings(String name, Class<? extends Record> record) {
        var fields = new LinkedHashMap<String, Field>();
        Arrays.stream(record.getRecordComponents()).forEach(component -> {
            var field = JsonSchemas.name(component);
            fields.put(field, new Field(field, Access.EDITABLE, false, JsonSchemas.of(component)));
        });
        return new ResourceSchema(name, JsonNodeFactory.instance.objectNode(), fields);
    }

    /** Name of the resource, singular. */
    public String name() {
        return name;
    }

    /** Its fields by name, in order. */
    public Map<String, Field> fields() {
        return Collections.unmodifiableMap(fields);
    }

    /** A fresh document with nothing but defaults. */
    public ObjectNode defaults() {
        return defaults.deepCopy();
    }

    /** The JSON Schema of a whole document. */
    public ObjectNode json() {
        var json = JsonNodeFactory.instance.objectNode().put("type", "object");
        var required = JsonNodeFactory.instance.arrayNode();
        var properties = json.putObject("properties");
        fields.values().forEach(field -> {
            properties.set(field.name(), field.json().deepCopy());
            if (field.required()) {
                required.add(field.name());
            }
        });
        if (!required.isEmpty()) {
            json.set("required", required);
        }
        return json.put("additionalProperties", false);
    }

    /**
     * Judges a document.
     *
     * @throws InvalidDocument with every problem found
     */
    public void validate(JsonNode document) {
        var problems = problems(document, "");
        if (!problems.isEmpty()) {
            throw new InvalidDocument(problems);
        }
    }

    /** What is wrong with {@code document}, which lies at {@code pointer} of a larger one. */
    public List<FieldProblem> problems(JsonNode document, String pointer) {
        var problems = new ArrayList<FieldProblem>();
        for (var error : compiled().validate(document)) {
            problems.add(problem(error, pointer));
        }
        findUnstorable(document, pointer, problems);
        return problems;
    }

    /** JSON can escape what is no character, and NUL, which no text in SQL can hold. */
    private static void findUnstorable(JsonNode node, String pointer, List<FieldProblem> problems) {
        if (node.isTextual() && !isStorable(node.textValue())) {
            problems.add(new FieldProblem(pointer, "holds a character that cannot be stored"));
        }
        node.properties().forEach(member -> {
            if (isStorable(member.getKey())) {
                findUnstorable(member.getValue(), pointer + FieldProblem.of(member.getKey(), "").field(), problems);
            } else {
                problems.add(new FieldProblem(pointer, "has a key with a character that cannot be stored"));
            }
        });
        if (node.isArray()) {
            for (int i = 0; i < node.size(); i++) {
                findUnstorable(node.get(i), pointer + '/' + i, problems);
            }
        }
    }

    private static boolean isStorable(String text) {
        return text.indexOf('\0') < 0 && StandardCharsets.UTF_8.newEncoder().canEncode(text);
    }

    private Schema compiled() {
        var known = compiled;
        if (known == null) {
            // Two threads may compile it at once: both get the same.
            known = Compiled.REGISTRY.getSchema(json());
            compiled = known;
        }
        return known;
    }

    private FieldProblem problem(Error error, String pointer) {
        var at = pointer + error.getInstanceLocation();
        var property = error.getProperty();
        return switch (error.getKeyword()) {
            case "required" -> new FieldProblem(at + FieldProblem.of(property, "").field(), "is required");
            case "additionalProperties" -> new FieldProblem(at + FieldProblem.of(property, "").field(),
                    Nearest.unknown("field", property, known(error)));
            case "enum" -> new FieldProblem(at, "must be one of " + error.getSchemaNode()
                    + Nearest.to(error.getInstanceNode().asText(), values(error.getSchemaNode()))
                            .map(word -> ", did you mean \"" + word + "\"?").orElse(""));
            case "pattern" -> new FieldProblem(at, "does not have the form " + error.getSchemaNode().asText());
            default -> new FieldProblem(at, error.getMessage());
        };
    }

    private List<String> known(Error error) {
        return error.getInstanceLocation().getNameCount() == 0 ? List.copyOf(fields.keySet()) : List.of();
    }

    private static List<String> values(JsonNode list) {
        var values = new ArrayList<String>();
        list.forEach(value -> values.add(value.asText()));
        return values;
    }
}
