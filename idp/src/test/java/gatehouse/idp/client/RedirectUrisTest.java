package gatehouse.idp.client;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RedirectUrisTest {

    private static final String REGISTERED = "https://app.example/cb?tenant=1";
    private static final List<String> WEB = List.of(REGISTERED);
    private static final List<String> NATIVE =
            List.of("http://127.0.0.1/cb?x=1", "http://[::1]:4000/cb", "http://localhost:8080/cb",
                    "com.example.app:/cb");

    @Test
    void registeredUriIsItself() {
        assertThat(RedirectUris.isRegistered(WEB, REGISTERED)).isTrue();
        NATIVE.forEach(uri -> assertThat(RedirectUris.isRegistered(NATIVE, uri)).as(uri).isTrue());
    }

    @ParameterizedTest
    @ValueSource(strings = {
        "https://app.example/cb", "https://app.example/cb?tenant=1&x=2", "https://app.example/cb?tenant=12",
        "https://app.example/cb/?tenant=1", "https://app.example/CB?tenant=1", "https://APP.example/cb?tenant=1",
        "http://app.example/cb?tenant=1", "https://app.example:443/cb?tenant=1", "https://app.example./cb?tenant=1",
        "https://evil.example/cb?tenant=1", "https://app.example.evil.example/cb?tenant=1",
        "https://evilapp.example/cb?tenant=1", "https://app.example@evil.example/cb?tenant=1",
        "https://evil.example/https://app.example/cb?tenant=1", "https://app.example/cb?tenant=1#x",
        "https://app.example/cb?tenant=1#", "https://app.example/x/../cb?tenant=1", "https://app.example/%63b?tenant=1",
        "https://app.example\\@evil.example/cb?tenant=1", "https:/app.example/cb?tenant=1", "//app.example/cb?tenant=1",
        " https://app.example/cb?tenant=1", "https://app.example/cb?tenant=1 ", "https://app.example/cb?tenant=1\n",
        "https://аpp.example/cb?tenant=1", "javascript:alert(1)", "data:text/html,x", ""})
    void lookAlikeIsNot(String presented) {
        assertThat(RedirectUris.isRegistered(WEB, presented)).isFalse();
    }

    @ParameterizedTest
    @DisplayName("RFC 8252 §7.3: any port of the loopback address")
    @ValueSource(strings = {"http://127.0.0.1:1/cb?x=1", "http://127.0.0.1:65535/cb?x=1", "http://[::1]/cb",
            "http://[::1]:9/cb"})
    void loopbackPortIsFree(String presented) {
        assertThat(RedirectUris.isRegistered(NATIVE, presented)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {
        "http://127.0.0.1:80/cb", "http://127.0.0.1:80/cb?x=2", "http://127.0.0.1:80/cb/?x=1",
        "https://127.0.0.1:80/cb?x=1",
        "http://127.0.0.1:0/cb?x=1", "http://127.0.0.1:65536/cb?x=1", "http://127.0.0.1:80@evil.example/cb?x=1",
        "http://user@127.0.0.1:80/cb?x=1", "http://127.0.0.1.evil.example/cb?x=1",
        "http://127.0.0.1:80.evil.example/cb?x=1",
        "http://127.0.0.2:80/cb?x=1", "http://127.1:80/cb?x=1", "http://0x7f000001/cb?x=1", "http://2130706433/cb?x=1",
        "http://127.0.0.1:80/cb?x=1#f", "http://[::ffff:127.0.0.1]:80/cb", "http://[::2]:80/cb",
        "http://[0:0:0:0:0:0:0:1]:80/cb",
        "http://localhost:8081/cb", "http://localhost/cb", "http://localhost.evil.example:8080/cb",
        "com.example.app:/cb2",
        "com.example.app://cb", "http://127.0.0.1:-1/cb?x=1", "http://127.0.0.1:/evil"})
    void loopbackLookAlikeIsNot(String presented) {
        assertThat(RedirectUris.isRegistered(NATIVE, presented)).isFalse();
    }

    @Test
    void mutatedUriIsNeverRegistered() {
        var random = new Random(1);
        for (int i = 0; i < 20_000; i++) {
            var mutated = mutate(REGISTERED, random);
            assertThat(RedirectUris.isRegistered(WEB, mutated)).as(mutated).isEqualTo(mutated.equals(REGISTERED));
        }
    }

    /** Of a loopback URI only digits of the port may differ; whatever else is accepted has the very same rest. */
    @Test
    void mutatedLoopbackUriIsRegisteredOnlyIfNothingButThePortDiffers() {
        var registered = List.of("http://127.0.0.1:4000/cb?x=1");
        var random = new Random(2);
        for (int i = 0; i < 50_000; i++) {
            var mutated = mutate(registered.getFirst(), random);
            if (RedirectUris.isRegistered(registered, mutated)) {
                assertThat(mutated).matches("http://127\\.0\\.0\\.1(:[0-9]{0,5})?/cb\\?x=1");
            }
        }
    }

    private static String mutate(String uri, Random random) {
        var text = new StringBuilder(uri);
        var alphabet = "@:/\\?#.%[]0129aZ \n\t;&=-_~\u0000é";
        for (int n = 1 + random.nextInt(3); n > 0; n--) {
            int at = random.nextInt(text.length());
            char c = alphabet.charAt(random.nextInt(alphabet.length()));
            switch (random.nextInt(3)) {
                case 0 -> text.insert(at, c);
                case 1 -> text.setCharAt(at, c);
                default -> text.deleteCharAt(at);
            }
        }
        return text.toString();
    }

    @Test
    void lengthIsBounded() {
        var base = "https://app.example/";
        var most = base + "a".repeat(RedirectUris.LENGTH_MAX - base.length());
        assertThat(RedirectUris.isRegistered(List.of(most), most)).isTrue();
        assertThat(RedirectUris.isRegistered(List.of(most + 'a'), most + 'a')).isFalse();
    }
}
