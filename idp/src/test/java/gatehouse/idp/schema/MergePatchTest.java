package gatehouse.idp.schema;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.node.ObjectNode;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MergePatchTest {

    @ParameterizedTest
    @DisplayName("RFC 7396, Appendix A: the cases between objects")
    @CsvSource(delimiter = '|', textBlock = """
            {"a":"b"}             | {"a":"c"}                  | {"a":"c"}
            {"a":"b"}             | {"b":"c"}                  | {"a":"b","b":"c"}
            {"a":"b"}             | {"a":null}                 | {}
            {"a":"b","b":"c"}     | {"a":null}                 | {"b":"c"}
            {"a":["b"]}           | {"a":"c"}                  | {"a":"c"}
            {"a":"c"}             | {"a":["b"]}                | {"a":["b"]}
            {"a":{"b":"c"}}       | {"a":{"b":"d","c":null}}   | {"a":{"b":"d"}}
            {"a":[{"b":"c"}]}     | {"a":[1]}                  | {"a":[1]}
            {"e":null}            | {"a":1}                    | {"e":null,"a":1}
            {}                    | {"a":{"bb":{"ccc":null}}}  | {"a":{"bb":{}}}
            """)
    void merges(String target, String patch, String result) throws JsonProcessingException {
        assertThat(MergePatch.apply(object(target), object(patch))).isEqualTo(object(result));
    }

    private static ObjectNode object(String json) throws JsonProcessingException {
        return (ObjectNode) RecordJson.MAPPER.readTree(json);
    }
}
