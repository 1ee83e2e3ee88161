package gatehouse.idp.upstream.oidc;

import static org.assertj.core.api.Assertions.assertThat;

import gatehouse.idp.upstream.Arrival;
import gatehouse.idp.upstream.DepartureCall;
import gatehouse.idp.upstream.UpstreamRefusal;
import gatehouse.idp.upstream.xray.Check;
import gatehouse.idp.upstream.xray.Step;
import gatehouse.idp.upstream.xray.Trace;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.assertj.core.api.Assertions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** How requests get to the provider, how answers come back, and what is noted of them. */
class RequestTest {

    private final OidcJourney journey = new OidcJourney();
    private final FakeOpenIdProvider provider = journey.provider;

    private static DepartureCall callOf(String hint) {
        return new DepartureCall("handle-22-characters__", Optional.of(hint), false, false, Optional.empty(),
                List.of(), List.of("de", "en"));
    }

    private void takesPushes() {
        provider.metadata.put("pushed_authorization_request_endpoint", provider.issuer + "/par");
    }

    @Test
    void requestThatIsSentAheadIsNotInTheBrowser() {
        takesPushes();

        var departure = journey.depart(callOf("ada@acme.example"));

        assertThat(OidcJourney.query(departure).names())
                .containsExactlyInAnyOrder("tenant", "client_id", "request_uri");
        assertThat(departure.url()).doesNotContain("ada", "nonce", "code_challenge");
        assertThat(journey.arrive(provider.authorize(departure.url()), departure).session().subject())
                .isEqualTo("ada-7");
    }

    @ParameterizedTest
    @CsvSource({"auto, false, 1", "always, false, 1", "never, false, 0", "never, true, 1"})
    void requestIsSentAheadAsConfiguredAndWhereItMustBe(String use, boolean required, int pushes) {
        takesPushes();
        provider.metadata.put("require_pushed_authorization_requests", required);
        journey.settings.put("pushed_authorization_requests", use);

        journey.signIn();

        assertThat(provider.count("/par")).isEqualTo(pushes);
    }

    @Test
    void settingsShapeTheRequest() {
        journey.settings.put("send_domain_hint", true).put("max_age_seconds", 3600).put("response_mode", "form_post");
        var query = OidcJourney.query(journey.depart(callOf("ada@acme.example")));

        assertThat(query.optional("domain_hint")).contains("acme.example");
        assertThat(query.optional("login_hint")).contains("ada@acme.example");
        assertThat(query.optional("max_age")).contains("3600");
        assertThat(query.optional("response_mode")).contains("form_post");
        assertThat(query.optional("ui_locales")).contains("de en");
    }

    @Test
    void settingsKeepHintsBack() {
        journey.settings.put("send_ui_locales", false).put("send_login_hint", false);
        var query = OidcJourney.query(journey.depart(callOf("not an address")));

        assertThat(query.names()).doesNotContain("domain_hint", "login_hint", "ui_locales", "max_age", "response_mode");
    }

    @Test
    void ageThatTheSettingsAskForIsJudged() {
        journey.settings.put("max_age_seconds", 600);
        provider.claims = claims -> claims.put("auth_time", journey.time.instant().getEpochSecond() - 700);
        assertThat(journey.refusal()).isEqualTo("authentication_too_old");
        provider.claims = claims -> claims.remove("auth_time");
        assertThat(journey.refusal()).isEqualTo("authentication_time_missing");
        provider.claims = claims -> claims.put("auth_time", journey.time.instant().getEpochSecond() - 650);
        journey.signIn();
    }

    @Test
    void signedAnswerIsTakenWithoutBeingAskedForAndFound() {
        journey.settings.put("response_mode", "query.jwt");
        var departure = journey.depart(OidcJourney.call());
        var answer = provider.authorize(departure.url());

        assertThat(journey.connector().handleOf(OidcJourney.get(answer))).contains("handle-22-characters__");
        assertThat(journey.connector().handleOf(OidcJourney.post(answer))).contains("handle-22-characters__");
        assertThat(journey.arrive(answer, departure).session().subject()).isEqualTo("ada-7");
    }

    @Test
    void plainAnswerWhereASignedOneWasAskedForIsRefused() {
        journey.settings.put("response_mode", "query.jwt");
        var departure = journey.depart(OidcJourney.call());

        assertThat(OidcJourney.refusal(() -> journey.arrive("code=code-0&state=x", departure)))
                .isEqualTo("answer_unsigned");
        assertThat(OidcJourney.refusal(() -> journey.arrive("error=access_denied&state=x", departure)))
                .isEqualTo("answer_unsigned");
    }

    @ParameterizedTest
    @CsvSource({"code=x", "state=x", "error=access_denied", "iss=https://op.customer.example/tenant"})
    void twoAnswersAreNone(String beside) {
        journey.settings.put("response_mode", "query.jwt");
        var departure = journey.depart(OidcJourney.call());
        var answer = provider.authorize(departure.url()) + "&" + beside;

        assertThat(OidcJourney.refusal(() -> journey.arrive(answer, departure))).isEqualTo("malformed_response");
    }

    @ParameterizedTest
    @CsvSource({"x", "a.b", "a.b.c", "e30.e30", "e30.W10.e30", "'e30.eyJzdGF0ZSI6N30.e30'"})
    void whatIsNoSignedAnswerHasNoHandle(String response) {
        assertThat(journey.connector().handleOf(OidcJourney.get("response=" + response + "&state=y"))).isEmpty();
    }

    private static Trace arriving(OidcJourney journey) {
        var trace = new Trace(() -> 0);
        var departure = journey.depart(OidcJourney.call());
        var request = OidcJourney.get(journey.provider.authorize(departure.url()));
        Assertions.catchThrowableOfType(UpstreamRefusal.class, () -> journey.connector().arrive(
                new Arrival(request, Optional.of(departure.pending()), trace),
                gatehouse.spi.Deadline.after(Duration.ofSeconds(10))));
        return trace;
    }

    @Test
    void everyMistakeOfATokenIsNotedAtOnceWithWhatWasExpected() {
        provider.claims = claims -> {
            claims.put("iss", "https://other.example");
            claims.put("aud", List.of("other"));
        };

        var failed = arriving(journey).steps().stream().filter(step -> step.verdict() == Step.Verdict.FAILED).toList();

        assertThat(failed).extracting(Step::check).containsExactly(Check.ISSUER, Check.AUDIENCE);
        assertThat(failed).extracting(step -> step.compared().expected().orElseThrow())
                .containsExactly(FakeOpenIdProvider.ISSUER, FakeOpenIdProvider.CLIENT);
        assertThat(failed).extracting(step -> step.compared().received().orElseThrow())
                .containsExactly("https://other.example", "other");
    }

    @Test
    void everyCheckOfASignInThatHoldsIsNoted() {
        var steps = arriving(journey).steps();

        assertThat(steps).extracting(Step::check).containsExactly(Check.REQUEST, Check.PROVIDER, Check.DECODING,
                Check.SENDER, Check.STATUS, Check.TOKEN_CALL, Check.ID_TOKEN, Check.SIGNATURE, Check.ISSUER,
                Check.SUBJECT, Check.AUDIENCE, Check.AUTHORIZED_PARTY, Check.TIME, Check.NONCE, Check.TOKEN_HASH,
                Check.AUTHENTICATION, Check.USERINFO);
        assertThat(steps).noneMatch(step -> step.verdict() == Step.Verdict.FAILED);
        assertThat(steps.toString()).doesNotContain("access/7", "eyJ", "s3:cret");
    }
}
