package gatehouse.idp.admin;

import static org.assertj.core.api.Assertions.assertThat;

import gatehouse.idp.schema.RecordJson;
import io.swagger.v3.oas.models.OpenAPI;
import io.swagger.v3.oas.models.PathItem;
import io.swagger.v3.parser.OpenAPIV3Parser;
import io.swagger.v3.parser.core.models.ParseOptions;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.TreeSet;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class OpenApiTest {

    private static TestAdmin admin;
    private static String document;

    @BeforeAll
    static void open() {
        admin = new TestAdmin();
        // Public: it says nothing but what can be done.
        var reply = admin.answer("GET", "/admin/v1/openapi.json", Map.of(), new byte[0]);
        document = new String(reply.body(), StandardCharsets.UTF_8);
    }

    @AfterAll
    static void close() {
        admin.close();
    }

    private static OpenAPI parsed(boolean resolved) {
        var options = new ParseOptions();
        options.setResolve(resolved);
        var result = new OpenAPIV3Parser().readContents(document, null, options);
        assertThat(result.getMessages()).isEmpty();
        return result.getOpenAPI();
    }

    @Test
    void anotherParserFindsNothingWrongWithIt() {
        assertThat(parsed(true).getOpenapi()).isEqualTo("3.1.0");
    }

    @Test
    void everyRouteIsInItAndNothingElse() {
        var told = new TreeSet<String>();
        parsed(true).getPaths().forEach((path, item) -> item.readOperationsMap().keySet()
                .forEach((PathItem.HttpMethod method) -> told.add(method + " /admin/v1" + path)));
        var answered = new TreeSet<String>();
        admin.admin.routes().forEach(route -> answered.add(route.method() + " " + route.path()));
        answered.remove("GET /admin/v1/openapi.json");
        assertThat(told).isEqualTo(answered);
    }

    @Test
    void everyReferenceLeadsSomewhereAndNoSchemaShowsASecret() throws IOException {
        var json = RecordJson.MAPPER.readTree(document);
        json.findValuesAsText("$ref").forEach(reference ->
                assertThat(json.at(reference.substring(1)).isMissingNode()).as(reference).isFalse());
        assertThat(json.at("/components/schemas/client/properties").has("secrets")).isFalse();
        assertThat(json.at("/components/schemas/client/properties/client_secret/writeOnly").asBoolean()).isTrue();
        assertThat(json.at("/components/schemas/user/properties/password/writeOnly").asBoolean()).isTrue();
        assertThat(json.at("/components/schemas/oidc_settings/properties").has("issuer")).isTrue();
        assertThat(json.at("/components/schemas/client/properties/first_party/default").asBoolean(true)).isFalse();
        assertThat(json.at("/paths/~1clients~1{id}/patch/responses").has("428")).isTrue();
    }
}
