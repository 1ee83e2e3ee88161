package gatehouse.idp.upstream.oidc;

import static org.assertj.core.api.Assertions.assertThat;

import gatehouse.idp.upstream.UpstreamRefusal;
import gatehouse.idp.upstream.oidc.LoopbackProvider.Instead;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * What a provider, or somebody in its place, may send: each over a real connection, each beside an answer that differs
 * from it by nothing but what is wrong, and each refused for the right reason.
 */
class HostileProviderTest {

    private static LoopbackProvider loopback;

    @BeforeAll
    static void start() throws Exception {
        loopback = new LoopbackProvider();
    }

    @AfterAll
    static void stop() {
        loopback.close();
    }

    static Stream<HostileCase> cases() {
        return Stream.concat(HostileTokens.all(loopback).stream(), HostileAnswers.all(loopback).stream());
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("cases")
    void isRefusedForItsOwnReasonAndNothingIsFetchedThatTheMessageNames(HostileCase hostile) {
        var journey = loopback.journey();

        hostile.bend().accept(journey);

        assertThat(journey.refusal()).isEqualTo(hostile.reason());
        assertThat(loopback.strangers).isEmpty();
    }

    @Test
    void theAnswersThatTheyDifferFromAreAccepted() {
        for (var change : List.<Consumer<OidcJourney>>of(
                _ -> {},
                journey -> journey.settings.put("userinfo", "always"),
                journey -> {
                    journey.settings.put("userinfo", "always");
                    journey.provider.userinfoClaims = Optional.of(_ -> {});
                },
                journey -> journey.settings.put("response_mode", "query.jwt"),
                journey -> journey.settings.put("response_mode", "form_post.jwt"),
                journey -> journey.settings.putArray("signing_algs").add("RS256"),
                journey -> journey.provider.metadata.put(
                        "pushed_authorization_request_endpoint", journey.provider.issuer + "/par"),
                journey -> journey.provider.header = header -> header.keyID(null),
                journey -> journey.provider.claims = claims -> {
                    claims.put("aud", List.of("gate:house", "other"));
                    claims.put("azp", "gate:house");
                })) {
            var journey = loopback.journey();
            change.accept(journey);

            assertThat(journey.signIn().session().subject()).isEqualTo("ada-7");
        }
    }

    @Test
    void aServerThatMayCallPublicAddressesOnlyCallsNoOther() {
        assertThat(loopback.guardedJourney().refusal()).isEqualTo("address_not_allowed");
    }

    @Test
    void aProviderThatDribblesIsLeftInTime() {
        for (var path : List.of("/.well-known/openid-configuration", "/keys", "/token")) {
            var journey = loopback.journey();
            journey.patience = Duration.ofMillis(900);
            loopback.instead.put(path, new Instead(200, Map.of("Content-Type", "application/json"),
                    " ".repeat(200).getBytes(StandardCharsets.US_ASCII), Duration.ofMillis(50)));

            assertThat(journey.refusal()).as(path).isEqualTo("provider_timed_out");
        }
    }

    @Test
    void anIdTokenOfAnotherSignInIsNoAnswerToThisOne() {
        var journey = loopback.journey();
        var first = journey.depart(OidcJourney.call());
        var second = journey.depart(OidcJourney.call());

        var answer = journey.provider.authorize(first.url());

        // The code is bound to the first departure by its challenge, the token by its nonce.
        assertThat(OidcJourney.refusal(() -> journey.arrive(answer, second))).isEqualTo("code_refused");
        assertThat(OidcJourney.refusal(() -> journey.arrive(answer, first))).isEqualTo("code_refused");
    }

    @Test
    void aRefusalTellsNobodyTheTokens() {
        var journey = loopback.journey();
        journey.provider.claims = claims -> claims.put("email", "secret-address@acme.example");
        journey.provider.signingKey = FakeOpenIdProvider.rsa("rsa-1");

        var refusal = org.assertj.core.api.Assertions.catchThrowableOfType(UpstreamRefusal.class, journey::signIn);

        assertThat(refusal.toString()).doesNotContain("secret-address", "eyJ");
    }

    @Test
    void everyKindOfKeyInASetIsReadOrSkipped() {
        var journey = loopback.journey();
        journey.provider.published.addAll(0, HostileTokens.strangeKeys());

        assertThat(journey.signIn().session().subject()).isEqualTo("ada-7");
    }
}
