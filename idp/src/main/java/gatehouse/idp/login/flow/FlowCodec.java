package gatehouse.idp.login.flow;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationContext;
import com.fasterxml.jackson.databind.MapperFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.deser.std.StdScalarDeserializer;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.module.SimpleModule;
import com.fasterxml.jackson.databind.ser.std.ToStringSerializer;
import com.fasterxml.jackson.datatype.jdk8.Jdk8Module;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;
import gatehouse.sessions.SessionId;
import gatehouse.spi.ConnectionId;
import gatehouse.spi.OrganizationId;
import gatehouse.spi.UserId;
import java.io.IOException;
import java.util.function.Function;

/** Flows and what belongs to them as bytes: JSON, what is empty left out. The store seals it. */
final class FlowCodec {

    private static final ObjectMapper JSON = JsonMapper.builder()
            .addModule(new Jdk8Module())
            .addModule(new JavaTimeModule())
            .addModule(ids())
            .defaultPropertyInclusion(JsonInclude.Value.construct(
                    JsonInclude.Include.NON_ABSENT, JsonInclude.Include.NON_ABSENT))
            .disable(MapperFeature.AUTO_DETECT_IS_GETTERS)
            .build();

    private FlowCodec() {}

    static byte[] write(Record record) {
        try {
            return JSON.writeValueAsBytes(record);
        } catch (JsonProcessingException impossible) {
            throw new IllegalStateException("a flow could not be written", impossible);
        }
    }

    static <T extends Record> T read(byte[] bytes, Class<T> type) {
        try {
            return JSON.readValue(bytes, type);
        } catch (IOException unreadable) {
            throw new IllegalStateException("a flow could not be read", unreadable);
        }
    }

    private static SimpleModule ids() {
        var module = new SimpleModule();
        id(module, UserId.class, UserId::new);
        id(module, OrganizationId.class, OrganizationId::new);
        id(module, ConnectionId.class, ConnectionId::new);
        id(module, SessionId.class, SessionId::new);
        return module;
    }

    private static <T> void id(SimpleModule module, Class<T> type, Function<String, T> constructor) {
        module.addSerializer(type, ToStringSerializer.instance);
        module.addDeserializer(type, new StdScalarDeserializer<T>(type) {
            @Override
            public T deserialize(JsonParser parser, DeserializationContext context) throws IOException {
                return constructor.apply(parser.getText());
            }
        });
    }
}
