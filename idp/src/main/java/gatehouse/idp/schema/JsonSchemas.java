package gatehouse.idp.schema;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import gatehouse.spi.ClientId;
import gatehouse.spi.ConnectionId;
import gatehouse.spi.OrganizationId;
import gatehouse.spi.UserId;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.net.URI;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** JSON Schema (2020-12) of the types that records are made of, as {@link RecordJson} writes them. */
final class JsonSchemas {

    private static final Set<Class<?>> TEXTS = Set.of(String.class, URI.class, OrganizationId.class, ClientId.class,
            UserId.class, ConnectionId.class, X509Certificate.class, Instant.class);
    private static final Set<Class<?>> NUMBERS =
            Set.of(int.class, long.class, Integer.class, Long.class, Duration.class);

    private JsonSchemas() {
    }

    /** The JSON name of a record's component. */
    static String name(RecordComponent component) {
        var told = component.getAnnotation(JsonProperty.class);
        return told != null && !told.value().isEmpty()
                ? told.value()
                : new PropertyNamingStrategies.SnakeCaseStrategy().translate(component.getName());
    }

    /** Whether a component may be absent. */
    static boolean isOptional(RecordComponent component) {
        return component.getType() == Optional.class;
    }

    /** The schema of a record's component, with the limits of its {@link Described}. */
    static ObjectNode of(RecordComponent component) {
        var described = Optional.ofNullable(component.getAnnotation(Described.class));
        var schema = of(component.getGenericType(), described);
        described.ifPresent(words -> {
            schema.put("description", words.value());
            switch (words.access()) {
                case READ_ONLY -> schema.put("readOnly", true);
                case WRITE_ONLY -> schema.put("writeOnly", true);
                case EDITABLE, OPERATOR, IDENTITY, INTERNAL -> { }
            }
        });
        return schema;
    }

    /** The schema of an object with the components of {@code record}, none of them required, no others allowed. */
    static ObjectNode object(Class<?> record) {
        var schema = JsonNodeFactory.instance.objectNode().put("type", "object");
        var properties = schema.putObject("properties");
        for (var component : record.getRecordComponents()) {
            properties.set(name(component), of(component));
        }
        return schema.put("additionalProperties", false);
    }

    private static ObjectNode of(Type type, Optional<Described> described) {
        if (type instanceof ParameterizedType generic) {
            return ofGeneric(generic, described);
        }
        var schema = JsonNodeFactory.instance.objectNode();
        if (!(type instanceof Class<?> plain)) {
            return schema;
        }
        if (TEXTS.contains(plain)) {
            text(schema.put("type", "string"), described);
        } else if (NUMBERS.contains(plain)) {
            schema.put("type", "integer");
            described.ifPresent(limits -> schema.put("minimum", limits.min()).put("maximum", limits.max()));
        } else if (plain == boolean.class || plain == Boolean.class) {
            schema.put("type", "boolean");
        } else if (plain.isEnum()) {
            var values = schema.put("type", "string").putArray("enum");
            for (var constant : plain.getEnumConstants()) {
                values.add(constant.toString());
            }
        } else if (plain.isRecord()) {
            return object(plain);
        } else {
            schema.put("type", "object");
        }
        return schema;
    }

    private static ObjectNode ofGeneric(ParameterizedType type, Optional<Described> described) {
        var raw = (Class<?>) type.getRawType();
        var arguments = type.getActualTypeArguments();
        if (raw == Optional.class) {
            return of(arguments[0], described);
        }
        var schema = JsonNodeFactory.instance.objectNode();
        if (Collection.class.isAssignableFrom(raw)) {
            schema.put("type", "array");
            schema.set("items", of(arguments[0], described));
            described.ifPresent(limits -> schema.put("maxItems", limits.entriesMax()));
            schema.put("uniqueItems", Set.class.isAssignableFrom(raw));
        } else if (Map.class.isAssignableFrom(raw)) {
            schema.put("type", "object");
            schema.set("additionalProperties", of(arguments[1], described));
            described.ifPresent(limits -> schema.put("maxProperties", limits.entriesMax()));
        }
        return schema;
    }

    private static void text(ObjectNode schema, Optional<Described> described) {
        described.ifPresent(limits -> {
            if (limits.oneOf().length > 0) {
                var values = schema.putArray("enum");
                for (var value : limits.oneOf()) {
                    values.add(value);
                }
                return;
            }
            schema.put("minLength", limits.min()).put("maxLength", limits.max());
            if (!limits.pattern().isEmpty()) {
                schema.put("pattern", limits.pattern());
            }
            if (!limits.format().isEmpty()) {
                schema.put("format", limits.format());
            }
        });
    }
}
