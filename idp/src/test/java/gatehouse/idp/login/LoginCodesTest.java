package gatehouse.idp.login;

import static org.assertj.core.api.Assertions.assertThat;

import gatehouse.idp.http.Refusal;
import gatehouse.idp.login.account.EmailAddress;
import gatehouse.idp.page.PageRenderer;
import gatehouse.idp.page.Theme;
import gatehouse.idp.page.ThemeResources;
import gatehouse.idp.samlwire.SamlReason;
import gatehouse.idp.upstream.UpstreamRefusal;
import gatehouse.idp.upstream.UpstreamRefusal.Fault;
import gatehouse.idp.upstream.oidc.OidcReason;
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
    void everySamlReasonIsWorded(SamlReason reason) {
        for (var fault : Fault.values()) {
            var error = LoginError.of(new UpstreamRefusal(reason, fault, reason.text()), "saml", Optional.empty());
            assertThat(error.page().code()).matches("(SAML|LOGIN)-[A-Z]+-01");
            assertThat(shown(error, "en")).doesNotContain("The request could not be completed.");
        }
    }

    @ParameterizedTest
    @EnumSource
    void everyOidcReasonIsWorded(OidcReason reason) {
        for (var fault : Fault.values()) {
            var error = LoginError.of(new UpstreamRefusal(reason, fault, "Plain."), "oidc", Optional.empty());
            assertThat(error.page().code()).matches("(OIDC|LOGIN)-[A-Z]+-01");
            assertThat(shown(error, "de")).doesNotContain("Die Anfrage konnte nicht abgeschlossen werden.");
        }
    }

    @Test
    void subjectsAreRecognized() {
        assertThat(UpstreamCodes.code(new UpstreamRefusal(OidcReason.NONCE_MISMATCH, Fault.HOSTILE, ""), "oidc"))
                .isEqualTo("OIDC-NONCE-01");
        assertThat(UpstreamCodes.code(new UpstreamRefusal(OidcReason.CLIENT_REFUSED, Fault.CONFIGURATION, ""), "oidc"))
                .isEqualTo("OIDC-SECRET-01");
        assertThat(code(SamlReason.AUDIENCE_MISMATCH, Fault.CONFIGURATION)).isEqualTo("SAML-AUD-01");
        assertThat(code(SamlReason.UNSIGNED, Fault.HOSTILE)).isEqualTo("SAML-SIG-01");
        assertThat(code(SamlReason.REPLAYED, Fault.HOSTILE)).isEqualTo("SAML-REPLAY-01");
        assertThat(code(SamlReason.AUTHN_TOO_OLD, Fault.CONFIGURATION)).isEqualTo("LOGIN-AGE-01");
        assertThat(code(SamlReason.DECRYPTION_FAILED, Fault.CONFIGURATION)).isEqualTo("SAML-ENC-01");
        assertThat(code(SamlReason.STATUS_REQUEST_DENIED, Fault.USER)).isEqualTo("SAML-DENIED-01");
        assertThat(code(SamlReason.TOO_LARGE, Fault.HOSTILE)).isEqualTo("SAML-CHECK-01");
    }

    private static String code(SamlReason reason, Fault fault) {
        return UpstreamCodes.code(new UpstreamRefusal(reason, fault, ""), "saml");
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
