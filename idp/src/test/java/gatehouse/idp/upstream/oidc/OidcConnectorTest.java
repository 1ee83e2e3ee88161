package gatehouse.idp.upstream.oidc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import gatehouse.idp.http.HttpCaller.Answer;
import gatehouse.idp.upstream.Arrival;
import gatehouse.idp.upstream.Departure;
import gatehouse.idp.upstream.UpstreamRefusal;
import gatehouse.idp.upstream.UpstreamRefusal.Fault;
import gatehouse.spi.Deadline;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
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
        var other = new OidcConnectorType(provider, OidcJourney.KEYS, journey.memory, journey.time, Runnable::run)
                .open(journey.connection("globex-oidc"), OidcJourney.US);
        var departure = journey.depart(OidcJourney.call());
        var query = provider.authorize(departure.url());

        var arrival = new Arrival(OidcJourney.get(query), Optional.of(departure.pending()));
        assertThat(OidcJourney.refusal(() -> other.arrive(arrival, OidcJourney.soon()))).isEqualTo("other_connection");
        assertThat(provider.count("/token")).isZero();
    }

    @ParameterizedTest
    @ValueSource(strings = {
            "state=s", "code=&state=s", "code=a&code=b&state=s", "code=a&state=s&state=t", "code=a&iss=x&iss=y"})
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

    @ParameterizedTest
    @ValueSource(strings = {"/.well-known/openid-configuration", "/keys", "/token"})
    void slowProviderIsRefusedInsideTheBudget(String path) {
        provider.slow = Optional.of(path);
        var type = new OidcConnectorType(
                provider, OidcJourney.KEYS, journey.memory, journey.time, task -> Thread.ofVirtual().start(task));
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
