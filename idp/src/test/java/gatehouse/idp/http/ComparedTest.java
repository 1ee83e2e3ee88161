package gatehouse.idp.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What administrators are shown of a message is bounded and harmless, whoever wrote it. */
final class ComparedTest {

    @Test
    void theLongestValueIsKeptAndOneLongerIsCut() {
        var longest = "x".repeat(Compared.LENGTH_MAX);
        assertThat(Compared.of(longest, longest).received()).contains(longest);
        assertThat(Compared.of("", longest + "x").received()).contains("x".repeat(Compared.LENGTH_MAX - 1) + "…");
    }

    @Test
    void whatCouldDisturbALogOrATerminalIsReplaced() {
        assertThat(Compared.received("a\r\nb\033[31m\u202Ec\u2028").received())
                .contains("a\uFFFD\uFFFDb\uFFFD[31m\uFFFDc\uFFFD");
    }

    @Test
    void severalValuesAreOneTextAndNoneIsNone() {
        assertThat(Compared.of("a", List.of("b", "c")).received()).contains("b, c");
        assertThat(Compared.of("a", List.of())).isEqualTo(Compared.of("a", Optional.empty()));
    }
}
