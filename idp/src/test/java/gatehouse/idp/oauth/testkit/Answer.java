package gatehouse.idp.oauth.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import gatehouse.idp.http.Form;
import gatehouse.idp.http.Reply;
import gatehouse.idp.page.Page;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;

/** A reply, read as a client would. @param page the page it shows, if it is one */
public record Answer(Reply reply, Optional<Page> page) {

    private static final ObjectMapper JSON = new ObjectMapper();

    public int status() {
        return reply.status();
    }

    public Optional<String> header(String name) {
        return reply.headers().stream()
                .filter(header -> header.name().equalsIgnoreCase(name))
                .map(Reply.Header::value)
                .findFirst();
    }

    public String text() {
        return new String(reply.body(), StandardCharsets.UTF_8);
    }

    public Map<String, Object> json() {
        try {
            return JSON.readValue(reply.body(), new TypeReference<Map<String, Object>>() {});
        } catch (IOException unreadable) {
            throw new UncheckedIOException(text(), unreadable);
        }
    }

    public String json(String name) {
        return (String) json().get(name);
    }

    /** The page, which is an error page with {@code code}. */
    public Answer isErrorPage(String code) {
        assertThat(page).isPresent();
        assertThat(page.get()).isInstanceOfSatisfying(Page.Error.class, error -> assertThat(error.code())
                .isEqualTo(code));
        assertThat(header("location")).isEmpty();
        return this;
    }

    /** JSON of RFC 6749 §5.2 with {@code status} and {@code error}, not to be stored. */
    public Answer isError(int status, String error) {
        assertThat(json()).containsEntry("error", error).containsEntry("trace_id", OAuthHarness.TRACE);
        assertThat(status()).isEqualTo(status);
        assertThat(header("cache-control")).contains("no-store");
        return this;
    }

    /** A redirect; its parameters are {@link #redirected()}. */
    public Answer isRedirectTo(String uri) {
        assertThat(status()).isEqualTo(303);
        assertThat(header("location").orElseThrow()).startsWith(uri);
        return this;
    }

    /** An error redirected to the client's address. */
    public Answer isRedirectedError(String error) {
        isRedirectTo(TestClients.REDIRECT + "?");
        assertThat(redirected().optional("error")).contains(error);
        assertThat(redirected().optional("iss")).contains(OAuthHarness.MAIN.url());
        assertThat(redirected().optional("code")).isEmpty();
        return this;
    }

    /** Parameters of the address that the browser is sent to. */
    public Form redirected() {
        return Form.parse(Optional.ofNullable(URI.create(header("location").orElseThrow()).getRawQuery()).orElse(""));
    }
}
