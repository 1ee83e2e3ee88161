package gatehouse.idp.tenancy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class DomainNameTest {

    @ParameterizedTest
    @CsvSource({
        "acme-ads.example, acme-ads.example", "ACME.Example., acme.example", "bücher.example, xn--bcher-kva.example",
        "a.b.c.d.example, a.b.c.d.example", "' x.example ', x.example", "1.example, 1.example"})
    void hasOneSpelling(String text, String name) {
        assertThat(DomainName.normalized(text)).isEqualTo(name);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", ".", "com", "example.", "a..b", ".a.b", "-a.example", "a-.example", "a_b.example",
        "a b.example", "127.0.0.1", "a.example/x", "a.example:80", "*.example.org", "a@b.example", "[::1]", "a.1"})
    void isRefusedIfItIsNotOne(String text) {
        assertThatThrownBy(() -> DomainName.normalized(text)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void labelsAndNamesHaveALimit() {
        assertThat(DomainName.normalized("x".repeat(63) + ".example")).hasSize(71);
        assertThatThrownBy(() -> DomainName.normalized("x".repeat(64) + ".example")).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> DomainName.normalized("x.".repeat(200) + "example")).isInstanceOf(IllegalArgumentException.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"co.uk", "*.co.uk", "github.io", "*.github.io", "com", "*.com", "s3.amazonaws.com", "*.*.acme.example",
        "*acme.example", "a.*.example", "*.", "*", "公司.cn", "xn--55qx5d.cn"})
    void whatThePublicRegistersUnderOrIsNoNameIsNobodysToClaim(String text) {
        assertThatThrownBy(() -> DomainName.claimable(text)).isInstanceOf(IllegalArgumentException.class);
    }

    @ParameterizedTest
    @CsvSource({"acme.co.uk, acme.co.uk", "*.Acme.Example, *.acme.example", "*.bücher.example, *.xn--bcher-kva.example",
        "acme.github.io, acme.github.io"})
    void aNameOrAllBelowItIsClaimed(String text, String claim) {
        assertThat(DomainName.claimable(text)).isEqualTo(claim);
    }

    @Test
    void theMostSpecificClaimCoversFirst() {
        assertThat(DomainName.covering("a.b.acme.example"))
                .containsExactly("a.b.acme.example", "*.b.acme.example", "*.acme.example");
        assertThat(DomainName.covering("acme.example")).containsExactly("acme.example");
        assertThat(DomainName.covering("x.".repeat(60) + "acme.example")).hasSize(6);
    }

    @Test
    void aNameThatOnlyLooksLikeOneBelowIsNotCovered() {
        var random = new Random(7);
        for (int i = 0; i < 2_000; i++) {
            var alike = lookalike("acme.example", random);
            var labels = alike.split("\\.");
            boolean below = labels.length > 2 && labels.length <= 7 && alike.endsWith(".acme.example");
            assertThat(DomainName.covering(alike).contains("*.acme.example")).as(alike).isEqualTo(below);
            assertThat(DomainName.covering(alike).contains("acme.example")).as(alike)
                    .isEqualTo(alike.equals("acme.example"));
        }
    }

    /** A name made of {@code name} by a few of the changes that have fooled comparisons of text. */
    private static String lookalike(String name, Random random) {
        var made = name;
        for (int i = random.nextInt(3); i >= 0; i--) {
            made = switch (random.nextInt(7)) {
                case 0 -> "x" + made;
                case 1 -> "x." + made;
                case 2 -> made + ".evil.example";
                case 3 -> "evil-" + made;
                case 4 -> made.replaceFirst("\\.", "-");
                case 5 -> made.replace("acme", "acme.acme");
                default -> made.replace("example", "examp1e");
            };
        }
        return made;
    }
}
