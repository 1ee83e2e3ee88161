package gatehouse.idp.upstream.oidc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.nimbusds.jose.crypto.ECDSAVerifier;
import com.nimbusds.jose.crypto.RSASSAVerifier;
import com.nimbusds.jwt.SignedJWT;
import gatehouse.idp.http.HttpCaller.Answer;
import gatehouse.idp.keys.TestKeys;
import gatehouse.idp.upstream.Arrival;
import gatehouse.idp.upstream.Departure;
import gatehouse.idp.upstream.DepartureCall;
import gatehouse.idp.upstream.UpstreamRefusal;
import gatehouse.idp.upstream.UpstreamRefusal.Fault;
import gatehouse.spi.ConnectionId;
import gatehouse.spi.Deadline;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class OidcConnectorTest {

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
    void nothingIsFetchedBeforeItIsNeeded() {
        journey.connector();

        assertThat(provider.calls).isEmpty();
    }

    @Test
    void metadataAndKeysAreFetchedOnceForManySignIns() {
        for (int i = 0; i < 5; i++) {
            journey.signIn();
        }
        assertThat(provider.count("/.well-known/openid-configuration")).isEqualTo(1);
        assertThat(provider.count("/keys")).isEqualTo(1);
        assertThat(provider.count("/token")).isEqualTo(5);
        assertThat(provider.count("/userinfo")).isZero();
    }

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
    void privateKeyProofIsSignedByOurIssuer(String algorithm, String audience, String expected) throws Exception {
        journey.settings.put("token_endpoint_auth_method", "private_key_jwt")
                .put("token_endpoint_auth_signing_alg", algorithm)
                .put("client_assertion_audience", audience)
                .remove("client_secret");
        journey.signIn();

        var form = provider.lastTokenForm;
        assertThat(form.optional("client_assertion_type"))
                .contains("urn:ietf:params:oauth:client-assertion-type:jwt-bearer");
        var assertion = SignedJWT.parse(form.optional("client_assertion").orElseThrow());
        var key = TestKeys.published(OidcJourney.KEYS, "main").getKeyByKeyId(assertion.getHeader().getKeyID());
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
    void answerByFormPostIsReadToo() {
        var departure = journey.depart(OidcJourney.call());
        var body = provider.authorize(departure.url());

        assertThat(journey.connector().handleOf(OidcJourney.post(body))).contains("handle-22-characters__");
        var arrival = new Arrival(OidcJourney.post(body), Optional.of(departure.pending()));
        assertThat(journey.connector().arrive(arrival, OidcJourney.soon()).session().subject()).isEqualTo("ada-7");
    }

    @Test
    void handleIsReadFromTheAnswer() {
        assertThat(journey.connector().handleOf(OidcJourney.get("state=abc&code=x"))).contains("abc");
        assertThat(journey.connector().handleOf(OidcJourney.get("code=x&state="))).isEmpty();
        assertThat(journey.connector().handleOf(OidcJourney.get(""))).isEmpty();
    }

    @Test
    void answerThatNobodyAskedForIsRefused() {
        var unasked = new Arrival(OidcJourney.get("code=c&state=s"), Optional.empty());

        assertThat(OidcJourney.refusal(() -> journey.connector().arrive(unasked, OidcJourney.soon())))
                .isEqualTo("unsolicited");
        for (var left : List.of(
                "", "1\nacme-oidc", "2\nacme-oidc\nn\nv\n1\nfalse\n", "1\nacme-oidc\nrequest\n1\nfalse")) {
            var pending = left.getBytes(StandardCharsets.UTF_8);
            var foreign = new Arrival(OidcJourney.get("code=c&state=s"), Optional.of(pending));
            assertThat(OidcJourney.refusal(() -> journey.connector().arrive(foreign, OidcJourney.soon())))
                    .isEqualTo("unsolicited");
        }
    }

    @Test
    void departureThroughAnotherConnectionIsRefused() {
        var other = new OidcConnectorType(provider, OidcJourney.KEYS, journey.time, Runnable::run)
                .open(journey.connection("globex-oidc"), OidcJourney.US);
        var departure = journey.depart(OidcJourney.call());
        var query = provider.authorize(departure.url());

        var arrival = new Arrival(OidcJourney.get(query), Optional.of(departure.pending()));
        assertThat(OidcJourney.refusal(() -> other.arrive(arrival, OidcJourney.soon()))).isEqualTo("other_connection");
        assertThat(provider.count("/token")).isZero();
    }

    @ParameterizedTest
    @ValueSource(strings = {"state=s", "code=&state=s", "code=a&code=b&state=s", "code=a&state=s&state=t", "code=a&iss=x&iss=y"})
    void answerWithoutOneCodeIsRefused(String query) {
        var departure = journey.depart(OidcJourney.call());

        assertThat(OidcJourney.refusal(() -> journey.arrive(query, departure))).isEqualTo("malformed_response");
    }

    @Test
    void codeHasALimit() {
        var departure = journey.depart(OidcJourney.call());

        assertThat(OidcJourney.refusal(() -> journey.arrive("code=" + "x".repeat(4097), departure)))
                .isEqualTo("malformed_response");
        assertThat(OidcJourney.refusal(() -> journey.arrive("code=" + "x".repeat(4096), departure)))
                .isEqualTo("code_refused");
    }

    @ParameterizedTest
    @CsvSource({
        "access_denied, access_denied, USER",
        "login_required, interaction_required, USER",
        "consent_required, interaction_required, USER",
        "temporarily_unavailable, provider_busy, UPSTREAM",
        "server_error, provider_busy, UPSTREAM",
        "invalid_request, provider_refused_request, CONFIGURATION",
        "unauthorized_client, provider_refused_request, CONFIGURATION",
        "invalid_scope, provider_refused_request, CONFIGURATION",
        "<script>, provider_error, UPSTREAM",
        "'', provider_error, UPSTREAM",
    })
    void providersErrorNamesWhoseItIsToMend(String error, String reason, Fault fault) {
        var departure = journey.depart(OidcJourney.call());
        var query = "error=" + FakeOpenIdProvider.encoded(error) + "&error_description="
                + FakeOpenIdProvider.encoded("<b>evil</b>") + "&state=s&code=c";

        var refusal = catchThrowableOfType(UpstreamRefusal.class, () -> journey.arrive(query, departure));

        assertThat(refusal.reason()).isEqualTo(reason);
        assertThat(refusal.fault()).isEqualTo(fault);
        assertThat(refusal.description()).doesNotContain("evil", "script");
        assertThat(provider.count("/token")).isZero();
    }

    @ParameterizedTest
    @CsvSource({
        "false, '', ''",
        "true, '', issuer_missing",
        "false, https://op.customer.example/tenant, ''",
        "true, https://op.customer.example/tenant, ''",
        "false, https://evil.example, issuer_mismatch",
        "true, https://evil.example, issuer_mismatch",
        "true, https://op.customer.example/tenant/, issuer_mismatch",
    })
    void senderOfTheAnswerIsCompared(boolean promised, String iss, String reason) {
        provider.metadata.put("authorization_response_iss_parameter_supported", promised);
        var departure = journey.depart(OidcJourney.call());
        var sender = iss.isEmpty() ? "" : "&iss=" + FakeOpenIdProvider.encoded(iss);
        var query = provider.authorize(departure.url()) + sender;

        if (reason.isEmpty()) {
            assertThat(journey.arrive(query, departure).session().subject()).isEqualTo("ada-7");
        } else {
            assertThat(OidcJourney.refusal(() -> journey.arrive(query, departure))).isEqualTo(reason);
            assertThat(OidcJourney.refusal(() -> journey.arrive("error=access_denied" + sender, departure)))
                    .isEqualTo(reason);
            assertThat(provider.count("/token")).isZero();
        }
    }

    @ParameterizedTest
    @CsvSource({
        "400, '{\"error\":\"invalid_grant\"}', code_refused, UPSTREAM",
        "401, '{\"error\":\"invalid_client\"}', client_refused, CONFIGURATION",
        "401, '', client_refused, CONFIGURATION",
        "400, '{\"error\":\"unauthorized_client\"}', client_refused, CONFIGURATION",
        "400, '{\"error\":\"invalid_request\"}', provider_refused_request, CONFIGURATION",
        "400, '{\"error\":[\"x\"]}', token_response_invalid, UPSTREAM",
        "302, '', token_response_invalid, UPSTREAM",
        "500, '{\"error\":\"invalid_grant\"}', provider_unreachable, UPSTREAM",
        "429, '', provider_unreachable, UPSTREAM",
        "200, '', token_response_invalid, UPSTREAM",
        "200, '[]', token_response_invalid, UPSTREAM",
        "200, 'null', token_response_invalid, UPSTREAM",
        "200, '{}', token_response_invalid, UPSTREAM",
        "200, '{\"id_token\":7}', token_response_invalid, UPSTREAM",
        "200, '{\"id_token\":\"a\",\"id_token\":\"b\"}', token_response_invalid, UPSTREAM",
        "200, '<html>', token_response_invalid, UPSTREAM",
    })
    void tokenEndpointThatSaysNoOrNonsense(int status, String body, String reason, Fault fault) {
        provider.tokenError = Optional.of(new Answer(status, Map.of(), body.getBytes(StandardCharsets.UTF_8)));

        var refusal = catchThrowableOfType(UpstreamRefusal.class, journey::signIn);

        assertThat(refusal.reason()).isEqualTo(reason);
        assertThat(refusal.fault()).isEqualTo(fault);
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
        assertThat(identity.attributes().values()).allSatisfy(values -> assertThat(values).hasSizeLessThanOrEqualTo(64));
        assertThat(identity.displayName()).isEmpty();
        assertThat(identity.email()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"/.well-known/openid-configuration", "/keys", "/token"})
    void slowProviderIsRefusedInsideTheBudget(String path) {
        provider.slow = Optional.of(path);
        var type = new OidcConnectorType(
                provider, OidcJourney.KEYS, journey.time, task -> Thread.ofVirtual().start(task));
        var slow = type.open(journey.connection("acme-oidc"), OidcJourney.US);
        var budget = Deadline.after(Duration.ofMillis(400));

        assertThat(OidcJourney.refusal(() -> {
            var departure = (Departure.Redirect) slow.depart(OidcJourney.call(), budget);
            var request = OidcJourney.get(provider.authorize(departure.url()));
            slow.arrive(new Arrival(request, Optional.of(departure.pending())), budget);
        })).isEqualTo("provider_timed_out");
        assertThat(budget.hasPassed()).as("time is left to say so").isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"/.well-known/openid-configuration", "/keys", "/token"})
    void deadProviderIsRefused(String path) {
        provider.down = Optional.of(path);

        assertThat(journey.refusal()).isEqualTo("provider_unreachable");
    }

    @Test
    void providerWithoutDiscoveryIsDescribedBySettings() {
        journey.settings.put("authorization_endpoint", FakeOpenIdProvider.ISSUER + "/authorize")
                .put("token_endpoint", FakeOpenIdProvider.ISSUER + "/token")
                .put("jwks_uri", FakeOpenIdProvider.ISSUER + "/keys");

        assertThat(journey.signIn().session().subject()).isEqualTo("ada-7");
        assertThat(provider.count("/.well-known/openid-configuration")).isZero();
    }
}
