package gatehouse.idp.upstream.oidc;

import static org.assertj.core.api.Assertions.assertThat;

import gatehouse.spi.ConnectionId;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ProfilesTest {

    private final OidcJourney journey = new OidcJourney();
    private final FakeOpenIdProvider provider = journey.provider;

    @Test
    void personComesBackWithWhatTheProviderSaidAndNothingOfTheProtocol() {
        provider.claims = claims -> {
            claims.put("given_name", "Ada");
            claims.put("family_name", "Lovelace");
            claims.put("name", "Ada Lovelace");
            claims.put("locale", "en-GB");
            claims.put("acr", "urn:mfa");
            claims.put("amr", List.of("pwd", "otp"));
            claims.put("sid", "s-1");
            claims.put("groups", List.of("buyers", "admins"));
            claims.put("employee", 4711);
            claims.put("session_expiry", provider.time.instant().plusSeconds(3600).getEpochSecond());
        };

        var identity = journey.signIn();

        assertThat(identity.session().connection()).isEqualTo(new ConnectionId("acme-oidc"));
        assertThat(identity.session().subject()).isEqualTo("ada-7");
        assertThat(identity.session().index()).contains("s-1");
        assertThat(identity.session().format()).isEmpty();
        assertThat(identity.email()).contains("ada@acme-ads.example");
        assertThat(identity.emailVerified()).isTrue();
        assertThat(identity.givenName()).contains("Ada");
        assertThat(identity.familyName()).contains("Lovelace");
        assertThat(identity.displayName()).contains("Ada Lovelace");
        assertThat(identity.locale()).contains("en-GB");
        assertThat(identity.acr()).contains("urn:mfa");
        assertThat(identity.amr()).containsExactly("pwd", "otp");
        assertThat(identity.authTime()).isPresent();
        assertThat(identity.notOnOrAfter()).isPresent();
        assertThat(identity.attributes())
                .containsEntry("groups", List.of("buyers", "admins"))
                .containsEntry("employee", List.of("4711"))
                .doesNotContainKeys("iss", "sub", "aud", "exp", "iat", "nonce", "auth_time", "acr", "amr", "sid");
    }

    @Test
    void userinfoFillsWhatTheIdTokenLeavesOutAndNothingElse() {
        provider.claims = claims -> claims.remove("email");
        provider.userinfo.put("given_name", "Ada");
        provider.userinfo.put("email_verified", false);

        var identity = journey.signIn();

        assertThat(identity.email()).contains("ada@acme-ads.example");
        assertThat(identity.givenName()).contains("Ada");
        assertThat(identity.emailVerified()).as("what is signed wins").isTrue();
    }

    @ParameterizedTest
    @CsvSource({"never, 0", "always, 1", "auto, 0"})
    void userinfoIsAskedAsConfigured(String use, int asked) {
        journey.settings.put("userinfo", use);
        journey.signIn();

        assertThat(provider.count("/userinfo")).isEqualTo(asked);
    }

    @Test
    void userinfoAboutSomebodyElseIsRefused() {
        journey.settings.put("userinfo", "always");
        provider.userinfo.put("sub", "grace-8");
        assertThat(journey.refusal()).isEqualTo("userinfo_other_subject");

        provider.userinfo.remove("sub");
        assertThat(journey.refusal()).isEqualTo("userinfo_other_subject");
    }

    @Test
    void accessTokenThatIsNoBearerTokenIsNotSentAnywhere() {
        journey.settings.put("userinfo", "always");
        for (var bent : List.<Map<String, Object>>of(Map.of("token_type", "DPoP"),
                Map.of("access_token", "a\r\nHost: evil"), Map.of("access_token", ""))) {
            provider.tokenAnswer = answer -> answer.putAll(bent);
            assertThat(journey.refusal()).isEqualTo("token_response_invalid");
        }
        assertThat(provider.count("/userinfo")).isZero();
    }

    @Test
    void mappingChoosesTheClaims() {
        journey.settings.putObject("claim_mapping")
                .put("email", "upn").put("email_verified", "xms_edov").put("display_name", "nick");
        provider.claims = claims -> claims.putAll(Map.of(
                "upn", "ada@acme-ads.example", "xms_edov", "true", "nick", "A", "email", "other@x.example"));

        var identity = journey.signIn();

        assertThat(identity.email()).contains("ada@acme-ads.example");
        assertThat(identity.emailVerified()).isTrue();
        assertThat(identity.displayName()).contains("A");
    }

    @Test
    void floodOfClaimsIsBounded() {
        provider.claims = claims -> {
            for (int i = 0; i < 70; i++) {
                claims.put("c" + i, Collections.nCopies(66, "v"));
            }
            claims.put("c0", "x".repeat(1025));
            claims.put("c1", Map.of("deep", 1));
            claims.put("name", "x".repeat(321));
            claims.put("email", "no-address");
        };
        journey.settings.put("userinfo", "never");

        var identity = journey.signIn();

        assertThat(identity.attributes()).hasSize(64).doesNotContainKeys("c0", "c1");
        assertThat(identity.attributes().values())
                .allSatisfy(values -> assertThat(values).hasSizeLessThanOrEqualTo(64));
        assertThat(identity.displayName()).isEmpty();
        assertThat(identity.email()).isEmpty();
    }
}
