package gatehouse.idp.schema;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.DeserializationContext;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.MapperFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.SerializerProvider;
import com.fasterxml.jackson.databind.deser.std.StdDeserializer;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.module.SimpleModule;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.ser.std.StdSerializer;
import com.fasterxml.jackson.datatype.jdk8.Jdk8Module;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;
import com.nimbusds.jose.jwk.JWKSet;
import gatehouse.spi.ClientId;
import gatehouse.spi.ConnectionId;
import gatehouse.spi.OrganizationId;
import gatehouse.spi.UserId;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.security.cert.CertificateEncodingException;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.text.ParseException;
import java.time.Duration;
import java.util.Base64;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * How records are written as JSON, in SQL and on the wire alike: names in snake_case, typed identifiers as text,
 * durations as whole seconds, certificates as Base64 DER, sets sorted, absent values left out. Unknown names are
 * refused, nesting and sizes are bounded.
 */
public final class RecordJson {

    /** Deepest nesting of arrays and objects that is read. */
    public static final int DEPTH_MAX = 32;
    /** Longest text that is read: room for SAML metadata. */
    public static final int TEXT_LENGTH_MAX = 1 << 20;

    /** The mapper of all control plane JSON. Its configuration is not to be changed. */
    public static final ObjectMapper MAPPER = mapper();

    private static final Comparator<JsonNode> NUMBERS = (one, other) ->
            one.isIntegralNumber() && other.isIntegralNumber()
                    ? one.bigIntegerValue().compareTo(other.bigIntegerValue())
                    : one.equals(other) ? 0 : 1;

    private RecordJson() {
    }

    private static ObjectMapper mapper() {
        var limits = StreamReadConstraints.builder()
                .maxNestingDepth(DEPTH_MAX)
                .maxStringLength(TEXT_LENGTH_MAX)
                .maxNumberLength(32)
                .maxNameLength(512)
                .build();
        var factory = JsonFactory.builder()
                .streamReadConstraints(limits)
                .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                .build();
        return JsonMapper.builder(factory)
                .propertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE)
                .addModules(new Jdk8Module(), new JavaTimeModule(), types())
                .defaultPropertyInclusion(
                        JsonInclude.Value.construct(JsonInclude.Include.NON_ABSENT, JsonInclude.Include.NON_ABSENT))
                .disable(SerializationFeature.WRITE_DATES_AS_TIMESTAMPS)
                .enable(SerializationFeature.ORDER_MAP_ENTRIES_BY_KEYS)
                .enable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
                .enable(DeserializationFeature.FAIL_ON_NULL_CREATOR_PROPERTIES)
                .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
                .disable(DeserializationFeature.ACCEPT_FLOAT_AS_INT)
                .disable(MapperFeature.ALLOW_COERCION_OF_SCALARS)
                .build();
    }

    private static SimpleModule types() {
        var module = new SimpleModule("gatehouse");
        text(module, OrganizationId.class, OrganizationId::new, OrganizationId::value);
        text(module, ClientId.class, ClientId::new, ClientId::value);
        text(module, UserId.class, UserId::new, UserId::value);
        text(module, ConnectionId.class, ConnectionId::new, ConnectionId::value);
        text(module, X509Certificate.class, RecordJson::certificate, RecordJson::text);
        module.addSerializer(Duration.class, 
                writer(Duration.class, (value, out) -> out.writeNumber(value.toSeconds())));
        module.addDeserializer(Duration.class, reader(Duration.class, in -> Duration.ofSeconds(in.getLongValue())));
        module.addSerializer(JWKSet.class,
                writer(JWKSet.class, (value, out) -> out.writeObject(value.toJSONObject(true))));
        module.addDeserializer(JWKSet.class, reader(JWKSet.class, RecordJson::keys));
        module.addSerializer(new SortedSets());
        return module;
    }

    /** {@code value} as JSON. */
    public static ObjectNode write(Object value) {
        return MAPPER.valueToTree(value);
    }

    /**
     * The record in {@code document}.
     *
     * @throws InvalidDocument naming the field that does not fit
     */
    public static <T> T read(JsonNode document, Class<T> type) {
        try {
            return MAPPER.treeToValue(document, type);
        } catch (JsonMappingException misfit) {
            throw new InvalidDocument(List.of(new FieldProblem(pointer(misfit), reason(misfit))));
        } catch (JsonProcessingException misfit) {
            throw new InvalidDocument(List.of(new FieldProblem("", "is not readable")));
        }
    }

    /** Whether two values, either of which may be absent, say the same: {@code 1} read is {@code 1} written. */
    public static boolean same(@Nullable JsonNode one, @Nullable JsonNode other) {
        return one == null || other == null ? one == other : one.equals(NUMBERS, other);
    }

    private static String pointer(JsonMappingException misfit) {
        return misfit.getPath().stream()
                .map(step -> step.getFieldName() == null ? String.valueOf(step.getIndex()) : step.getFieldName())
                .map(step -> "/" + step)
                .collect(Collectors.joining());
    }

    private static String reason(JsonMappingException misfit) {
        // Constructors of records explain themselves; Jackson's own wording would name our classes.
        return misfit.getCause() instanceof IllegalArgumentException told && told.getMessage() != null
                ? told.getMessage()
                : "does not have the expected form";
    }

    private static <T> void text(
            SimpleModule module, Class<T> type, Function<String, T> read, Function<T, String> write) {
        module.addSerializer(type, writer(type, (value, out) -> out.writeString(write.apply(value))));
        module.addDeserializer(type, reader(type, in -> read.apply(in.getText())));
    }

    private static X509Certificate certificate(String text) {
        var base64 = text.replaceAll("-----(BEGIN|END) CERTIFICATE-----", "").replaceAll("\\s", "");
        try {
            var bytes = new ByteArrayInputStream(Base64.getDecoder().decode(base64));
            return (X509Certificate) CertificateFactory.getInstance("X.509").generateCertificate(bytes);
        } catch (CertificateException unreadable) {
            throw new IllegalArgumentException("is not an X.509 certificate");
        }
    }

    private static String text(X509Certificate certificate) {
        try {
            return Base64.getEncoder().encodeToString(certificate.getEncoded());
        } catch (CertificateEncodingException impossible) {
            throw new IllegalStateException("a parsed certificate can be encoded", impossible);
        }
    }

    private static JWKSet keys(JsonParser in) throws IOException {
        try {
            Map<String, Object> json = in.readValueAs(new TypeReference<>() {});
            var set = JWKSet.parse(json);
            if (set.getKeys().stream().anyMatch(key -> key.isPrivate())) {
                throw new IllegalArgumentException("contains a private key: only public keys are registered");
            }
            return set;
        } catch (ParseException unreadable) {
            throw new IllegalArgumentException("is not a JWK Set");
        }
    }

    private interface Write<T> {
        void to(T value, JsonGenerator out) throws IOException;
    }

    private interface Read<T> {
        T from(JsonParser in) throws IOException;
    }

    private static <T> StdSerializer<T> writer(Class<T> type, Write<T> write) {
        return new StdSerializer<>(type) {
            @Override
            public void serialize(T value, JsonGenerator out, SerializerProvider provider) throws IOException {
                write.to(value, out);
            }
        };
    }

    private static <T> StdDeserializer<T> reader(Class<T> type, Read<T> read) {
        return new StdDeserializer<>(type) {
            @Override
            public T deserialize(JsonParser in, DeserializationContext context) throws IOException {
                try {
                    return read.from(in);
                } catch (IllegalArgumentException refused) {
                    throw JsonMappingException.from(in, "refused", refused);
                }
            }
        };
    }

    /** Sets in the order of their text: the same set is the same JSON on every node. */
    private static final class SortedSets extends StdSerializer<Set<?>> {

        SortedSets() {
            super(Set.class, false);
        }

        @Override
        public void serialize(Set<?> value, JsonGenerator out, SerializerProvider provider) throws IOException {
            out.writeStartArray();
            for (var entry : value.stream().sorted((a, b) -> a.toString().compareTo(b.toString())).toList()) {
                provider.defaultSerializeValue(entry, out);
            }
            out.writeEndArray();
        }
    }
}
