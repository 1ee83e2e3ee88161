package gatehouse.idp.login;

import static org.assertj.core.api.Assertions.assertThat;

import gatehouse.idp.http.Compared;
import gatehouse.idp.http.Refusal;
import gatehouse.idp.login.account.EmailAddress;
import gatehouse.idp.page.PageRenderer;
import gatehouse.idp.page.Theme;
import gatehouse.idp.page.ThemeResources;
import gatehouse.idp.samlwire.SamlReason;
import gatehouse.idp.upstream.UpstreamRefusal;
import gatehouse.idp.upstream.UpstreamRefusal.Fault;
import gatehouse.idp.upstream.xray.Diagnosis;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** The codes that people see, and the addresses that they type. */
final class LoginCodesTest {

    private static final Theme THEME = Theme.load(LoginCodesTest.class.getClassLoader(), "gatehouse");
    private static final PageRenderer PAGES =
            new PageRenderer(THEME, new ThemeResources(THEME), "https://id.example", new SecureRandom(), key -> {
                throw new AssertionError("no text for " + key);
            });

    private static String shown(LoginError error, String language) {
        var reply = PAGES.render(error.page(), Requests.get("/login/F", Map.of()), List.of(language));
        return new String(reply.body(), StandardCharsets.UTF_8);
    }

    @ParameterizedTest
    @EnumSource
    void everyReasonHasItsOwnTitle(LoginReason reason) {
        var error = LoginError.of(reason, Optional.empty());
        assertThat(shown(error, "en")).contains(reason.code()).doesNotContain("That did not work");
        assertThat(shown(error, "de")).contains(reason.code()).doesNotContain("Das hat nicht funktioniert");
        assertThat(((Refusal) error).reason()).isEqualTo(error.reason()).matches("[a-z_]+");
    }

    @ParameterizedTest
    @EnumSource
    void everyDiagnosisIsWordedForThePersonToo(Diagnosis diagnosis) {
        var secret = Compared.of("what we expected", "what they sent");
        var refusal = new UpstreamRefusal(
                SamlReason.AUDIENCE_MISMATCH, diagnosis, Fault.CONFIGURATION, "Plain.", Optional.of(secret));
        var error = LoginError.of(refusal, Optional.empty());
        assertThat(error.page().code()).isEqualTo(diagnosis.code());
        assertThat(shown(error, "en")).contains(diagnosis.code())
                .doesNotContain("The request could not be completed.", "what we expected", "what they sent");
        assertThat(shown(error, "de")).contains(diagnosis.code())
                .doesNotContain("Die Anfrage konnte nicht abgeschlossen werden.", "what we expected");
    }

    @ParameterizedTest
    @CsvSource({
        "Ada@ACME-ads.Example, ada@acme-ads.example",
        "'  ada@acme-ads.example ', ada@acme-ads.example",
        "ada@bücher.example, ada@xn--bcher-kva.example",
        "ada+tag@localhost, ada+tag@localhost",
    })
    void addressesAreComparedInOneForm(String typed, String expected) {
        assertThat(EmailAddress.parse(typed)).map(EmailAddress::value).contains(expected);
    }

    @Test
    void theLongestAddressIsTakenAndOneLongerIsNot() {
        var domain = "d".repeat(63) + "." + "d".repeat(63) + "." + "d".repeat(57) + ".ex";
        assertThat(EmailAddress.parse("l".repeat(64) + "@" + domain + "a")).isPresent();
        assertThat(EmailAddress.parse("l".repeat(64) + "@" + domain + "ab")).isEmpty();
        assertThat(EmailAddress.parse("l".repeat(65) + "@acme.example")).isEmpty();
    }
}
