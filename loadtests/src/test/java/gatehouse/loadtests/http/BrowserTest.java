package gatehouse.loadtests.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import gatehouse.loadtests.TinyServer;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import java.net.URI;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class BrowserTest {

    private static final URI DESTINATION = URI.create("http://app.example/callback");
    private static final Visitor ADA = new Visitor("ada@acme.example", "right");

    private final TinyServer server = new TinyServer(BrowserTest::login);

    @AfterEach
    void stop() {
        server.close();
    }

    @Test
    void aVisitorGetsThroughTwoPagesToTheRedirectUri() {
        var arrival = browser(Duration.ofSeconds(5)).travel(server.uri("/start"), DESTINATION, ADA);

        assertThat(arrival).isEqualTo(URI.create("http://app.example/callback?code=for-ada%40acme.example"));
    }

    @Test
    void aRefusedPasswordEndsTheJourney() {
        assertThatThrownBy(() -> browser(Duration.ofSeconds(5))
            .travel(server.uri("/start"), DESTINATION, new Visitor("ada@acme.example", "wrong")))
            .isInstanceOf(UnexpectedAnswer.class).hasMessageContaining("password refused");
    }

    @Test
    void aRingOfRedirectsEnds() {
        assertThatThrownBy(() -> browser(Duration.ofSeconds(5)).travel(server.uri("/ring"), DESTINATION, ADA))
            .hasMessageContaining("no end after 30 steps");
    }

    @Test
    void aPageOverTheLimitIsRefused() {
        assertThatThrownBy(() -> browser(Duration.ofSeconds(5)).travel(server.uri("/huge"), DESTINATION, ADA))
            .hasMessageContaining("body over");
    }

    @Test
    void aServerThatNeverAnswersIsGivenUp() {
        assertThatThrownBy(() -> browser(Duration.ofMillis(300)).travel(server.uri("/silence"), DESTINATION, ADA))
            .isInstanceOf(UnexpectedAnswer.class);
    }

    @Test
    void aFormPostedToTheRedirectUriIsAnArrival() {
        var arrival = browser(Duration.ofSeconds(5)).travel(server.uri("/form-post"), DESTINATION, ADA);

        assertThat(arrival).isEqualTo(URI.create("http://app.example/callback?code=c1"));
    }

    private Browser browser(Duration timeout) {
        return new Browser(new HttpDriver(server.vertx(), 4, timeout), Optional.empty(), Optional.empty());
    }

    private static void login(HttpServerRequest request) {
        var response = request.response();
        switch (request.path()) {
            case "/start" -> response.setStatusCode(302).putHeader("Location", "/identifier")
                .putHeader("Set-Cookie", "flow=f1; Path=/; HttpOnly").end();
            case "/identifier" -> page(response, "<form method=post action=/password><input name=identifier></form>");
            case "/password" -> request.setExpectMultipart(true).endHandler(_ -> page(response,
                "<title>Password</title><form method=post action=/check><input type=password name=secret>"
                    + "<input type=hidden name=who value='" + request.getFormAttribute("identifier") + "'></form>"));
            case "/check" -> request.setExpectMultipart(true).endHandler(_ -> check(request));
            case "/ring" -> response.setStatusCode(302).putHeader("Location", "/ring").end();
            case "/huge" -> response.end("x".repeat(HttpDriver.LARGEST_BODY + 1));
            case "/form-post" -> page(response, "<form method=post action=" + DESTINATION
                + "><input type=hidden name=code value=c1></form>");
            default -> { }
        }
    }

    private static void check(HttpServerRequest request) {
        var knowsTheBrowser = "flow=f1".equals(request.getHeader("Cookie"));
        if (knowsTheBrowser && "right".equals(request.getFormAttribute("secret"))) {
            request.response().setStatusCode(303)
                .putHeader("Location", DESTINATION + "?code=for-" + request.getFormAttribute("who").replace("@", "%40"))
                .end();
        } else {
            page(request.response(),
                "<title>Again</title><form method=post action=/check><input type=password name=secret></form>");
        }
    }

    private static void page(HttpServerResponse response, String html) {
        response.putHeader("Content-Type", "text/html").end(html);
    }
}
