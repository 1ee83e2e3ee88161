package gatehouse.loadtests.target;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.StringReader;
import java.net.URI;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TargetFileTest {

    @ParameterizedTest
    @ValueSource(strings = {"gatehouse.properties", "gatehouse-compare.properties", "keycloak.properties"})
    void bundledFilesDescribeEveryJourney(String name) {
        var target = TargetFile.bundled(name, Map.of());

        assertThat(target.requireService().secret()).isNotEmpty();
        assertThat(target.requireApp().redirectUri().isAbsolute()).isTrue();
        assertThat(target.signIns()).containsOnlyKeys("password-login", "saml-login", "oidc-login");
    }

    @Test
    void anOverriddenIssuerReachesTheAddressesMadeFromIt() {
        var target = TargetFile.bundled("gatehouse.properties", Map.of("issuer", "http://localhost:9999"));

        assertThat(target.requireApp().redirectUri()).isEqualTo(URI.create("http://localhost:9999/demo/callback"));
    }

    @Test
    void visitorsAreNumberedRoundAndRoundAndNamesAreEncoded() {
        var way = new SignIn("user-%d@x.example", 3, "pw", "login_hint=%s");

        assertThat(way.visitor(4).name()).isEqualTo("user-1@x.example");
        assertThat(way.parametersFor(way.visitor(4))).isEqualTo("login_hint=user-1%40x.example");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
        name=x                               | issuer is missing
        issuer=http://a\\nisuer=b            | unknown key isuer
        issuer=http://a b                    | issuer cannot be read
        issuer=http://a\\nservice.id=s       | service.secret is missing
        issuer=http://a\\napp.id=s           | app.redirect-uri is missing
        issuer=http://a\\nserver.port=many   | server.port cannot be read
        issuer=http://a\\ndriver.sessions=0  | driver.sessions must be 1..10000
        issuer=http://a\\ndriver.connections=4097 | driver.connections must be 1..4096
        issuer=http://a\\nrate.refresh=fast  | rate.refresh cannot be read
        """)
    void whatIsWrongIsRefusedByName(String text, String message) {
        assertThatThrownBy(() -> read(text.replace("\\n", "\n")))
            .isInstanceOf(TargetFileError.class).hasMessageContaining(message);
    }

    @Test
    void theLargestEffortIsAccepted() throws IOException {
        var effort = read("issuer=http://a\ndriver.connections=4096\ndriver.sessions=10000").effort();

        assertThat(effort.connections()).isEqualTo(4096);
        assertThat(effort.sessions()).isEqualTo(10_000);
    }

    @Test
    void secretsStayOutOfMessages() {
        var target = TargetFile.bundled("gatehouse.properties", Map.of());

        assertThat(target.toString()).doesNotContain("demo-service-secret").doesNotContain("demo-password");
    }

    private static Target read(String text) throws IOException {
        return TargetFile.read(new StringReader(text), Map.of());
    }
}
