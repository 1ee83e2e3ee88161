package gatehouse.idp.oauth.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

class JsonBytesTest {

    private static final ObjectMapper JSON = new ObjectMapper();

    @Test
    void kindsOfMembersAreWritten() {
        var json = new JsonBytes().field("s", "x").field("n", -5L).field("b", true).field("l", List.of("a", "b"))
                .any("m", Map.of("k", List.of(1, true, "z"))).audience(List.of("one"));
        assertThat(text(json)).isEqualTo(
                "{\"s\":\"x\",\"n\":-5,\"b\":true,\"l\":[\"a\",\"b\"],\"m\":{\"k\":[1,true,\"z\"]},\"aud\":\"one\"}");
        assertThat(text(new JsonBytes())).isEqualTo("{}");
        assertThat(text(new JsonBytes().audience(List.of("a", "b")))).isEqualTo("{\"aud\":[\"a\",\"b\"]}");
    }

    private static String text(JsonBytes json) {
        return new String(json.toBytes(), StandardCharsets.UTF_8);
    }

    /** Whatever the text, another parser reads the same text back. */
    @Test
    void anyTextIsReadBackByAnotherParser() throws IOException {
        var random = new Random(3);
        for (int i = 0; i < 5_000; i++) {
            var text = new StringBuilder();
            for (int n = random.nextInt(40); n > 0; n--) {
                text.appendCodePoint(switch (random.nextInt(4)) {
                    case 0 -> random.nextInt(0x20);
                    case 1 -> "\"\\/<>&'\u007f".charAt(random.nextInt(8));
                    case 2 -> random.nextInt(0xd800);
                    default -> 0x10000 + random.nextInt(0xfffff);
                });
            }
            var read = JSON.readTree(new JsonBytes().field("x", text.toString()).field(text.toString(), 1).toBytes());
            assertThat(read.get("x").asText()).isEqualTo(text.toString().equals("x") ? "1" : text.toString());
            assertThat(read.has(text.toString())).isTrue();
        }
    }

    @Test
    void unpairedSurrogateBecomesAQuestionMark() throws IOException {
        var read = JSON.readTree(new JsonBytes().field("x", "a\ud800b\udc00").toBytes());
        assertThat(read.get("x").asText()).isEqualTo("a?b?");
    }

    @Test
    void whatIsNoJsonIsAFault() {
        assertThatThrownBy(() -> new JsonBytes().any("x", new Object())).isInstanceOf(IllegalArgumentException.class);
    }
}
