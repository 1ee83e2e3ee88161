package gatehouse.idp.upstream.oidc;

import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jose.crypto.ECDSAVerifier;
import com.nimbusds.jose.crypto.MACVerifier;
import com.nimbusds.jose.crypto.RSASSAVerifier;
import com.nimbusds.jwt.SignedJWT;
import gatehouse.idp.keys.TestKeys;
import gatehouse.idp.upstream.DepartureCall;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What leaves for the provider: the authorization request, and the proof of who we are at the token endpoint. */
class OidcDepartureTest {

    private final OidcJourney journey = new OidcJourney();
    private final FakeOpenIdProvider provider = journey.provider;

    @Test
    void departureCarriesWhatWasAsked() {
        journey.settings.put("prompt", "select_account");
        journey.settings.putArray("acr_values").add("ours");
        journey.settings.putObject("authorization_parameters").put("domain_hint", "acme-ads.example");
        var call = new DepartureCall("handle", Optional.of("ada@acme-ads.example"), false, false,
                Optional.of(Duration.ofMinutes(5)), List.of("urn:mfa", "urn:pwd"), List.of("de", "en"));

        var departure = journey.depart(call);
        var query = OidcJourney.query(departure);

        assertThat(departure.url()).startsWith(FakeOpenIdProvider.ISSUER + "/authorize?tenant=7&");
        assertThat(query.optional("response_type")).contains("code");
        assertThat(query.optional("client_id")).contains(FakeOpenIdProvider.CLIENT);
        assertThat(query.optional("redirect_uri")).contains("https://sso.example/login/arrive/acme-oidc");
        assertThat(query.optional("scope")).contains("openid profile email");
        assertThat(query.optional("state")).contains("handle");
        assertThat(query.optional("code_challenge_method")).contains("S256");
        assertThat(query.optional("code_challenge").orElseThrow()).hasSize(43);
        assertThat(query.optional("nonce").orElseThrow()).hasSize(43);
        assertThat(query.optional("prompt")).contains("select_account");
        assertThat(query.optional("max_age")).contains("300");
        assertThat(query.optional("login_hint")).contains("ada@acme-ads.example");
        assertThat(query.optional("acr_values")).contains("urn:mfa urn:pwd");
        assertThat(query.optional("ui_locales")).contains("de en");
        assertThat(query.optional("domain_hint")).contains("acme-ads.example");
        assertThat(query.repeated()).isEmpty();
    }

    @Test
    void everyDepartureHasItsOwnNonceAndVerifierAndTellsNoneOfThem() {
        var one = journey.depart(OidcJourney.call());
        var two = journey.depart(OidcJourney.call());

        assertThat(OidcJourney.query(one).optional("nonce")).isNotEqualTo(OidcJourney.query(two).optional("nonce"));
        assertThat(OidcJourney.query(one).optional("code_challenge"))
                .isNotEqualTo(OidcJourney.query(two).optional("code_challenge"));
        var verifier = new String(one.pending(), StandardCharsets.UTF_8).split("\n")[3];
        assertThat(FakeOpenIdProvider.s256(verifier))
                .isEqualTo(OidcJourney.query(one).optional("code_challenge").orElseThrow());
        assertThat(one.url()).doesNotContain(verifier);
    }

    @ParameterizedTest
    @CsvSource({"true, false, login", "false, true, none", "true, true, none", "false, false, ''"})
    void promptFollowsTheCall(boolean forced, boolean passive, String prompt) {
        var call = new DepartureCall(
                "h", Optional.of("x".repeat(321)), forced, passive, Optional.empty(), List.of(), List.of());
        var query = OidcJourney.query(journey.depart(call));

        assertThat(query.optional("prompt").orElse("")).isEqualTo(prompt);
        assertThat(query.optional("login_hint")).isEmpty();
        assertThat(query.optional("max_age")).isEmpty();
    }

    @Test
    void settingsKeepHintAndAcrValuesBack() {
        journey.settings.put("send_login_hint", false).put("pass_acr_values", false);
        var call = new DepartureCall(
                "h", Optional.of("ada@acme-ads.example"), false, false, Optional.empty(), List.of("a"), List.of());
        var query = OidcJourney.query(journey.depart(call));

        assertThat(query.optional("login_hint")).isEmpty();
        assertThat(query.optional("acr_values")).isEmpty();
    }

    @Test
    void basicProofIsFormEncodedBeforeItIsJoined() {
        journey.signIn();

        var expected = Base64.getEncoder()
                .encodeToString("gate%3Ahouse:s3%3Acret%26%25".getBytes(StandardCharsets.US_ASCII));
        assertThat(provider.lastTokenHeaders).containsEntry("Authorization", "Basic " + expected);
        assertThat(provider.lastTokenForm.names())
                .containsExactlyInAnyOrder("grant_type", "code", "redirect_uri", "code_verifier");
    }

    @Test
    void postProofIsInTheForm() {
        journey.settings.put("token_endpoint_auth_method", "client_secret_post");
        journey.signIn();

        assertThat(provider.lastTokenForm.optional("client_id")).contains(FakeOpenIdProvider.CLIENT);
        assertThat(provider.lastTokenForm.optional("client_secret")).contains("s3:cret&%");
        assertThat(provider.lastTokenHeaders).doesNotContainKey("Authorization");
    }

    @Test
    void publicClientSendsItsNameOnly() {
        journey.settings.put("token_endpoint_auth_method", "none").remove("client_secret");
        journey.signIn();

        assertThat(provider.lastTokenForm.optional("client_id")).contains(FakeOpenIdProvider.CLIENT);
        assertThat(provider.lastTokenForm.names()).doesNotContain("client_secret", "client_assertion");
    }

    @ParameterizedTest
    @CsvSource({
        "RS256, token_endpoint, https://op.customer.example/tenant/token",
        "ES256, issuer, https://op.customer.example/tenant"
    })
    void privateKeyProofIsSignedByAKeyOfOursThatSignsNothingElse(String algorithm, String audience, String expected)
            throws Exception {
        journey.settings.put("token_endpoint_auth_method", "private_key_jwt")
                .put("token_endpoint_auth_signing_alg", algorithm)
                .put("client_assertion_audience", audience)
                .remove("client_secret");
        journey.signIn();

        var form = provider.lastTokenForm;
        assertThat(form.optional("client_assertion_type"))
                .contains("urn:ietf:params:oauth:client-assertion-type:jwt-bearer");
        var assertion = SignedJWT.parse(form.optional("client_assertion").orElseThrow());
        var kid = assertion.getHeader().getKeyID();
        var key = TestKeys.published(OidcJourney.KEYS::assertionKeys, "main").getKeyByKeyId(kid);
        assertThat(TestKeys.published(OidcJourney.KEYS, "main").getKeyByKeyId(kid)).isNull();
        assertThat(assertion.verify(algorithm.equals("RS256")
                ? new RSASSAVerifier(key.toRSAKey())
                : new ECDSAVerifier(key.toECKey()))).isTrue();
        var claims = assertion.getJWTClaimsSet();
        assertThat(claims.getIssuer()).isEqualTo(FakeOpenIdProvider.CLIENT);
        assertThat(claims.getSubject()).isEqualTo(FakeOpenIdProvider.CLIENT);
        assertThat(claims.getAudience()).containsExactly(expected);
        assertThat(claims.getJWTID()).hasSize(22);
        assertThat(claims.getExpirationTime().toInstant()).isEqualTo(claims.getIssueTime().toInstant().plusSeconds(60));
    }

    @Test
    void sharedSecretProofIsSignedWithTheSecret() throws Exception {
        var secret = "a secret of at least thirty-two bytes";
        journey.settings.put("token_endpoint_auth_method", "client_secret_jwt").put("client_secret", secret);
        journey.signIn();

        var assertion = SignedJWT.parse(provider.lastTokenForm.optional("client_assertion").orElseThrow());
        assertThat(assertion.verify(new MACVerifier(secret))).isTrue();
        assertThat(assertion.getJWTClaimsSet().getSubject()).isEqualTo(FakeOpenIdProvider.CLIENT);
        assertThat(provider.lastTokenForm.names()).doesNotContain("client_secret");
    }
}
