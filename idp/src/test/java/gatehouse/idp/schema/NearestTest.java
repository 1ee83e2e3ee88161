package gatehouse.idp.schema;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class NearestTest {

    private static final List<String> WORDS = List.of("display_name", "enabled", "id");

    @Test
    void theNearestWordIsMeantOrNone() {
        assertThat(Nearest.to("displayname", WORDS)).contains("display_name");
        assertThat(Nearest.to("enable", WORDS)).contains("enabled");
        assertThat(Nearest.to("ID", WORDS)).isEmpty();
        assertThat(Nearest.to("something else", WORDS)).isEmpty();
        assertThat(Nearest.to("x".repeat(100_000), WORDS)).isEmpty();
    }

    @Test
    void whatWasTypedIsQuotedWithoutHarm() {
        assertThat(Nearest.unknown("field", "enabld", WORDS))
                .isEqualTo("unknown field \"enabld\", did you mean \"enabled\"?");
        assertThat(Nearest.quoted("a\nb\u001b")).isEqualTo("\"a?b?\"");
        assertThat(Nearest.quoted("x".repeat(100))).hasSize(67);
    }
}
