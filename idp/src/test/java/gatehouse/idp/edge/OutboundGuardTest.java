package gatehouse.idp.edge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import gatehouse.idp.http.OutboundRefused.Reason;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Where outgoing requests must not go. */
class OutboundGuardTest extends OutboundScene {

    @ParameterizedTest
    @CsvSource({
        "http://localhost:PORT/hello, ADDRESS_NOT_ALLOWED",
        "http://127.0.0.1:1/hello, ADDRESS_NOT_ALLOWED",
        "https://127.0.0.1:PORT/hello, ADDRESS_NOT_ALLOWED",
        "//169.254.169.254/latest/meta-data, ADDRESS_NOT_ALLOWED",
        "http://user@127.0.0.1:PORT/hello, MALFORMED",
        "file:///etc/passwd, SCHEME_NOT_ALLOWED",
        "gopher://127.0.0.1:PORT/, SCHEME_NOT_ALLOWED",
        "'http://[', MALFORMED",
    })
    void redirectToAnywhereElseIsNotFollowed(String location, Reason reason) {
        var target = location.replace("PORT", Integer.toString(server.getAddress().getPort()));
        int before = HITS.get();

        assertThat(refused(() -> open.get(
                at("/to?" + java.net.URLEncoder.encode(target, StandardCharsets.UTF_8)), Map.of(), soon())))
                .isEqualTo(reason);
        assertThat(HITS).hasValue(before);
    }

    @ParameterizedTest
    @ValueSource(strings = {
        "http://127.0.0.1:PORT/hello", "http://127.1:PORT/hello", "http://2130706433:PORT/hello",
                "http://0x7f.1:PORT/hello",
        "http://0177.0.0.1:PORT/hello", "http://localhost:PORT/hello", "http://LOCALHOST.:PORT/hello",
                "http://[::1]:PORT/hello",
        "http://[::ffff:127.0.0.1]:PORT/hello", "http://[::ffff:7f00:1]:PORT/hello", "http://0.0.0.0:PORT/hello",
                "http://0:PORT/hello"
    })
    void loopbackIsNotReachedUnderAnySpelling(String url) {
        int before = HITS.get();
        try (var guarded = new OutboundHttp(vertx, HTTP_BUT_PUBLIC)) {
            var target = URI.create(url.replace("PORT", Integer.toString(server.getAddress().getPort())));
            for (Callable<?> call : List.<Callable<?>>of(
                    () -> guarded.get(target, Map.of(), soon()),
                            () -> guarded.post(target, Map.of(), new byte[1], soon()))) {
                assertThat(refused(call)).isIn(Reason.ADDRESS_NOT_ALLOWED, Reason.UNRESOLVED, Reason.MALFORMED);
            }
        }
        assertThat(HITS).hasValue(before);
    }

    @Test
    void nameWithOnePrivateAddressAmongPublicOnesIsRefused() {
        try (var guarded = resolving(HTTP_BUT_PUBLIC, "1.1.1.1", "10.0.0.1")) {
            assertThat(refused(() -> guarded.get(URI.create("http://mixed.example/"), Map.of(), soon())))
                    .isEqualTo(Reason.ADDRESS_NOT_ALLOWED);
        }
    }

    @Test
    void connectionGoesToTheAddressThatWasJudgedAndNamesTheHostThatWasAsked() {
        var looks = new AtomicInteger();
        try (var caller = new OutboundHttp(vertx, LAPTOP, _ -> {
            looks.incrementAndGet();
            return CompletableFuture.completedFuture(List.of(address("127.0.0.1")));
        })) {
            var url = URI.create("http://changes.invalid:" + server.getAddress().getPort() + "/echo");
            assertThat(caller.post(url, Map.of(), new byte[1], soon()).status()).isEqualTo(201);
        }
        assertThat(looks).hasValue(1);
        assertThat(SEEN).containsEntry("host", "changes.invalid:" + server.getAddress().getPort());
    }

    @ParameterizedTest
    @CsvSource({
        "http://idp.example/, SCHEME_NOT_ALLOWED",
        "ftp://idp.example/, SCHEME_NOT_ALLOWED",
        "/relative, SCHEME_NOT_ALLOWED",
        "https:opaque, MALFORMED",
        "https:///path, MALFORMED",
        "https://user:secret@idp.example/, MALFORMED",
        "https://idp.example:22/, ADDRESS_NOT_ALLOWED",
        "https://idp.example:1023/, ADDRESS_NOT_ALLOWED",
        "https://idp.example:0/, ADDRESS_NOT_ALLOWED",
        "https://idp.example:70000/, ADDRESS_NOT_ALLOWED",
        "https://10.0.0.1/, ADDRESS_NOT_ALLOWED",
    })
    void strictDefaults(String url, Reason reason) {
        try (var strict = new OutboundHttp(vertx, OutboundConfig.DEFAULTS,
                host -> CompletableFuture.completedFuture(
                        List.of(address(host.equals("10.0.0.1") ? host : "1.1.1.1"))))) {
            assertThat(refused(() -> strict.get(URI.create(url), Map.of(), soon()))).isEqualTo(reason);
        }
    }

    @Test
    void overlongUrlIsRefused() {
        assertThat(refused(() -> open.get(at("/" + "x".repeat(4096)), Map.of(), soon()))).isEqualTo(Reason.MALFORMED);
    }

    @Test
    void configIsBornValid() {
        for (Callable<?> building : List.<Callable<?>>of(
                () -> new OutboundConfig(false, false, Optional.empty(), 1023, Duration.ofSeconds(1), 1),
                () -> new OutboundConfig(false, false, Optional.empty(), (64 << 20) + 1, Duration.ofSeconds(1), 1),
                () -> new OutboundConfig(false, false, Optional.empty(), 1024, Duration.ZERO, 1),
                () -> new OutboundConfig(false, false, Optional.empty(), 1024, Duration.ofSeconds(61), 1),
                () -> new OutboundConfig(false, false, Optional.empty(), 1024, Duration.ofSeconds(1), 0),
                () -> new OutboundConfig(false, false, Optional.empty(), 1024, Duration.ofSeconds(1), 1001))) {
            assertThatThrownBy(building::call).isInstanceOf(IllegalArgumentException.class)
                    .hasMessageStartingWith("outbound.");
        }
    }
}
