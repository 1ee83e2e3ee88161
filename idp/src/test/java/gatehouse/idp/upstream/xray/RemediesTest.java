package gatehouse.idp.upstream.xray;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import gatehouse.idp.http.Compared;
import gatehouse.idp.upstream.xray.Remedy.ChangeSetting;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What one button may offer to mend, and what it must never offer. */
final class RemediesTest {

    private static final Instant NOW = Instant.parse("2026-11-20T10:00:00Z");

    private static ObjectNode settings() {
        return JsonNodeFactory.instance.objectNode();
    }

    private static List<Remedy> remedies(Diagnosis diagnosis, Compared compared, ObjectNode settings) {
        return Remedies.of(TestAttempts.refused(diagnosis, compared, List.of("uid", "userMail"), NOW),
                TestAttempts.connection("a", "c", settings));
    }

    private static String patch(List<Remedy> remedies) {
        assertThat(remedies).hasSize(1);
        return ((ChangeSetting) remedies.getFirst()).patch().toString();
    }

    @Test
    void theAudienceThatWasReceivedIsOfferedBesideThoseThatAreThere() {
        var settings = settings();
        settings.putArray("additional_audiences").add("urn:old");
        var offered = remedies(Diagnosis.SAML_AUD_01, Compared.of("https://ours", "spn:2dd"), settings);
        assertThat(patch(offered)).isEqualTo("{\"settings\":{\"additional_audiences\":[\"urn:old\",\"spn:2dd\"]}}");
        assertThat(offered.getFirst().lowersSecurity()).isTrue();
    }

    @Test
    void anAudienceThatIsOneOfManyOrCutIsNotOffered() {
        assertThat(remedies(Diagnosis.SAML_AUD_01, Compared.of("o", List.of("a", "b")), settings())).isEmpty();
        assertThat(remedies(Diagnosis.SAML_AUD_01, Compared.of("o", "x".repeat(400)), settings())).isEmpty();
        assertThat(remedies(Diagnosis.SAML_AUD_01, Compared.of("o", Optional.empty()), settings())).isEmpty();
    }

    @Test
    void anUnknownCertificateIsNeverTakenFromTheMessage() {
        var compared = Compared.of("SHA-256 AA", "SHA-256 BB");
        assertThat(remedies(Diagnosis.SAML_SIG_01, compared, settings())).isEmpty();
        assertThat(remedies(Diagnosis.SAML_SIG_01, compared, settings().put("metadata_url", "https://idp.example/m")))
                .containsExactly(new Remedy.RefreshMetadata());
    }

    @ParameterizedTest
    @CsvSource({"2026-11-20T10:02:59Z, 180", "2026-11-20T10:01:30Z, 91", "2026-11-20T10:03:00Z, ''",
        "2026-11-20T10:00:30Z, ''", "yesterday, ''"})
    void aClockThatIsALittleOffMayBeAcceptedAndOneThatIsWrongNot(String received, String seconds) {
        var offered = remedies(Diagnosis.SAML_TIME_01, Compared.of("≤ 2026-11-20T10:01:00Z", received), settings());
        if (seconds.isEmpty()) {
            assertThat(offered).isEmpty();
        } else {
            assertThat(patch(offered)).isEqualTo("{\"settings\":{\"clock_skew_seconds\":" + seconds + "}}");
        }
    }

    @Test
    void anIssuerIsOnlyOfferedIfNothingButASlashDiffers() {
        var settings = settings().put("issuer", "https://idp.example/t");
        assertThat(patch(remedies(Diagnosis.OIDC_META_02, Compared.of("x", "https://idp.example/t/"), settings)))
                .isEqualTo("{\"settings\":{\"issuer\":\"https://idp.example/t/\"}}");
        assertThat(remedies(Diagnosis.OIDC_META_02, Compared.of("x", "https://evil.example/t"), settings)).isEmpty();
    }

    @Test
    void signInBegunAtTheProviderIsOfferedWhereItHasSomewhereToLeadTo() {
        var settings = settings();
        assertThat(remedies(Diagnosis.LOGIN_UNSOLICITED_01, Compared.NOTHING, settings)).isEmpty();
        settings.putArray("idp_initiated_targets").add("https://app.example/");
        assertThat(patch(remedies(Diagnosis.LOGIN_UNSOLICITED_01, Compared.NOTHING, settings)))
                .isEqualTo("{\"settings\":{\"allows_idp_initiated\":true}}");
    }

    @Test
    void theAttributeThatLooksLikeAnAddressIsOffered() {
        assertThat(patch(remedies(Diagnosis.LOGIN_EMAIL_01, Compared.NOTHING, settings())))
                .isEqualTo("{\"settings\":{\"attribute_mapping\":{\"email\":\"userMail\"}}}");
    }

    @Test
    void aSettingIsTakenAwayOnlyWhereItIsSet() {
        assertThat(remedies(Diagnosis.SAML_STATUS_04, Compared.NOTHING, settings())).isEmpty();
        assertThat(patch(remedies(Diagnosis.SAML_STATUS_04, Compared.NOTHING,
                settings().put("name_id_format", "urn:x")))).isEqualTo("{\"settings\":{\"name_id_format\":null}}");
    }

    @Test
    void aDomainIsToBeProvedNotWavedThrough() {
        assertThat(remedies(Diagnosis.LOGIN_EMAIL_02, Compared.received("x.example"), settings()))
                .containsExactly(new Remedy.ProveDomain("x.example"));
    }

    @ParameterizedTest
    @CsvSource({
        "http://www.okta.com/exk1, OKTA", "https://acme.okta.com, OKTA",
        "https://okta.com.evil.example/x, GENERIC", "https://notokta.com, GENERIC",
        "https://sts.windows.net/2dd/, ENTRA", "https://login.microsoftonline.com/2dd/v2.0, ENTRA",
        "https://accounts.google.com/o/saml2?idpid=C0, GOOGLE",
        "http://fs.acme.example/adfs/services/trust, ADFS", "https://auth.pingone.eu/e1, PING",
        "https://app.onelogin.com/saml/metadata/1, ONELOGIN", "https://sso.jumpcloud.com/saml2/x, JUMPCLOUD",
        "https://idp.uni.example/idp/shibboleth, SHIBBOLETH", "https://id.acme.example/realms/acme, KEYCLOAK",
        "urn:anything, GENERIC", "'not an address', GENERIC"})
    void theProductIsRecognizedByItsAddressLabelByLabel(String issuer, Product product) {
        var connection = TestAttempts.connection("a", "c", settings().put("idp_entity_id", issuer));
        assertThat(Product.of(connection)).isEqualTo(product);
        assertThat(Product.of(TestAttempts.connection("a", "c", settings().put("issuer", issuer)))).isEqualTo(product);
    }
}
