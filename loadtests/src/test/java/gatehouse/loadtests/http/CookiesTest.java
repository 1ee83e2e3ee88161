package gatehouse.loadtests.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.util.List;
import org.junit.jupiter.api.Test;

class CookiesTest {

    private final Cookies cookies = new Cookies();

    @Test
    void cookiesGoBackToTheirPathAndHostOnly() {
        cookies.take(uri("http://op.example/realms/one/login"), List.of("a=1; Path=/realms/one", "b=2; Path=/"));

        assertThat(cookies.header(uri("http://op.example/realms/one/x"))).isEqualTo("a=1; b=2");
        assertThat(cookies.header(uri("http://op.example/realms/onemore"))).isEqualTo("b=2");
        assertThat(cookies.header(uri("http://sub.op.example/realms/one"))).isEmpty();
    }

    @Test
    void aSecureCookieTravelsInTheClearToLoopbackOnly() {
        cookies.take(uri("http://localhost:8080/"), List.of("s=1; Secure; HttpOnly"));
        cookies.take(uri("http://op.example/"), List.of("s=1; Secure"));

        assertThat(cookies.header(uri("http://localhost:8080/token"))).isEqualTo("s=1");
        assertThat(cookies.header(uri("http://op.example/token"))).isEmpty();
        assertThat(cookies.header(uri("https://op.example/token"))).isEqualTo("s=1");
    }

    @Test
    void aCookieIsReplacedAndDeleted() {
        var op = uri("http://op.example/");
        cookies.take(op, List.of("a=1; Path=/"));
        cookies.take(op, List.of("a=2; Path=/"));
        assertThat(cookies.header(op)).isEqualTo("a=2");

        cookies.take(op, List.of("a=; Path=/; Max-Age=0"));
        assertThat(cookies.header(op)).isEmpty();
    }

    @Test
    void aHostCannotSetCookiesForAnother() {
        cookies.take(uri("http://evil.example/"), List.of("a=1; Domain=op.example"));

        assertThat(cookies.header(uri("http://op.example/"))).isEmpty();
    }

    @Test
    void theNumberOfCookiesIsLimited() {
        var op = uri("http://op.example/");
        for (var number = 0; number < 101; number++) {
            cookies.take(op, List.of("c" + number + "=1; Path=/"));
        }

        assertThat(cookies.header(op).split("; ")).hasSize(100).doesNotContain("c100=1");
    }

    private static URI uri(String text) {
        return URI.create(text);
    }
}
