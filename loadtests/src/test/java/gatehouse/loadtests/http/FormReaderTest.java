package gatehouse.loadtests.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class FormReaderTest {

    private static final URI BASE = URI.create("http://localhost:8080/realms/one/login");

    private final FormReader forms = new FormReader(Optional.empty(), Optional.empty());

    @Test
    void nameAndPasswordOfAnotherProvidersPageAreFound() {
        var page = forms.read(sample("keycloak-login"), BASE);

        assertThat(page.usernameField()).contains("username");
        assertThat(page.passwordField()).contains("password");
        assertThat(page.posts()).isTrue();
        assertThat(page.action().getRawQuery()).isEqualTo("session_code=a&execution=b&client_id=app&tab_id=c");
        assertThat(page.fields()).containsEntry("credentialId", "").containsEntry("login", "in")
            .doesNotContainKey("rememberMe");
    }

    @Test
    void aFormThatAsksWhoIsThereWinsOverAMenuOfLanguages() {
        var page = forms.read(sample("gatehouse-identifier"), BASE);

        assertThat(page.action()).isEqualTo(URI.create("http://localhost:8080/login/f1/identifier"));
        assertThat(page.usernameField()).contains("identifier");
        assertThat(page.passwordField()).isEmpty();
        assertThat(page.fields()).containsEntry("step", "7");
    }

    @Test
    void aPageThatPostsItselfGoesOnWithItsHiddenFields() {
        var page = forms.read(sample("saml-auto-post"), BASE);

        assertThat(page.sendsItself()).isTrue();
        assertThat(page.action()).isEqualTo(URI.create("http://localhost:8080/realms/broker/partner/endpoint"));
        assertThat(page.fields()).isEqualTo(Map.of("SAMLResponse", "PHNhbWw+", "RelayState", "a&b"));
    }

    @Test
    void anErrorPageIsNamedByItsTitle() {
        assertThatThrownBy(() -> forms.read(sample("error"), BASE))
            .isInstanceOf(UnexpectedAnswer.class).hasMessageContaining("We are sorry");
    }

    @Test
    void configuredFieldNamesWinOverTypes() {
        var named = new FormReader(Optional.of("who"), Optional.of("pin"));
        var page = named.read("<form action='/x'><input name='who'><input name='pin' type='tel'>"
            + "<input type='password' name='password'><input name='username'></form>", BASE);

        assertThat(page.usernameField()).contains("who");
        assertThat(page.passwordField()).contains("pin");
        assertThat(page.posts()).isFalse();
    }

    @Test
    void aFormThatAsksForSomethingUnknownIsNotSentBlindly() {
        var page = "<title>Enter the code</title><form method='post'><input name='otp'><button>OK</button></form>";

        assertThatThrownBy(() -> forms.read(page, BASE)).hasMessageContaining("Enter the code");
    }

    private static String sample(String name) {
        try (var stream = FormReaderTest.class.getResourceAsStream("/pages/" + name + ".html")) {
            return new String(stream.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException failure) {
            throw new IllegalStateException(failure);
        }
    }
}
