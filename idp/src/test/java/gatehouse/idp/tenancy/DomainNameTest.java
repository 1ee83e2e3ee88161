package gatehouse.idp.tenancy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

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
}
