package gatehouse.idp.upstream.oidc;

import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jose.JOSEObjectType;
import gatehouse.idp.http.Form;
import gatehouse.idp.upstream.Departure;
import gatehouse.idp.upstream.LogoutArrival;
import gatehouse.sessions.UpstreamReference;
import gatehouse.sessions.UpstreamSession;
import java.net.URI;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The end of sessions, as the provider says it and as it is told. */
class LogoutNoticesTest {

    private static final String EVENT = "http://schemas.openid.net/event/backchannel-logout";
    private final OidcJourney journey = new OidcJourney();
    private final FakeOpenIdProvider provider = journey.provider;

    /** A logout token as it should be, bent by {@code change}. */
    private String token(Consumer<Map<String, Object>> change) {
        long now = journey.time.instant().getEpochSecond();
        var claims = new LinkedHashMap<String, Object>();
        claims.put("iss", provider.issuer);
        claims.put("aud", FakeOpenIdProvider.CLIENT);
        claims.put("iat", now);
        claims.put("exp", now + 120);
        claims.put("jti", "jti-1");
        claims.put("sub", "ada-7");
        claims.put("sid", "there-1");
        claims.put("events", Map.of(EVENT, Map.of()));
        change.accept(claims);
        return provider.signed(claims);
    }

    private UpstreamReference post(String body) {
        return journey.connector().notices().orElseThrow().posted(OidcJourney.post(body), OidcJourney.soon());
    }

    private String refusal(Consumer<Map<String, Object>> change) {
        return OidcJourney.refusal(() -> post("logout_token=" + token(change)));
    }

    @BeforeEach
    void logoutType() {
        provider.header = header -> header.type(new JOSEObjectType("logout+jwt"));
    }

    @Test
    void tokenNamesThePersonTheSessionOrBoth() {
        var both = post("logout_token=" + token(_ -> {}));
        var person = post("logout_token=" + token(claims -> {
            claims.remove("sid");
            claims.put("jti", "jti-2");
        }));
        var session = post("logout_token=" + token(claims -> {
            claims.remove("sub");
            claims.put("jti", "jti-3");
        }));

        assertThat(both.name()).contains("ada-7");
        assertThat(both.index()).contains("there-1");
        assertThat(both.connection().value()).isEqualTo("acme-oidc");
        assertThat(person.index()).isEmpty();
        assertThat(session.name()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"logout+jwt", "application/logout+jwt", "JWT", "LOGOUT+JWT"})
    void typeIsOneThatProvidersSend(String type) {
        provider.header = header -> header.type(new JOSEObjectType(type));
        assertThat(post("logout_token=" + token(_ -> {})).name()).contains("ada-7");
    }

    record Bent(String name, Consumer<Map<String, Object>> change, String reason) {
        @Override
        public String toString() {
            return name;
        }
    }

    static List<Bent> bent() {
        return List.of(
                new Bent("another issuer", claims -> claims.put("iss", "https://evil.example"), "wrong_issuer"),
                new Bent("no issuer", claims -> claims.remove("iss"), "wrong_issuer"),
                new Bent("another audience", claims -> claims.put("aud", List.of("other")), "wrong_audience"),
                new Bent("no audience", claims -> claims.remove("aud"), "wrong_audience"),
                new Bent("nobody", claims -> claims.keySet().removeAll(List.of("sub", "sid")), "subject_missing"),
                new Bent("a number as person", claims -> claims.put("sub", 7), "logout_token_malformed"),
                new Bent("an empty person", claims -> claims.put("sub", ""), "logout_token_malformed"),
                new Bent("a number as session", claims -> claims.put("sid", 7), "logout_token_malformed"),
                new Bent("a long session", claims -> claims.put("sid", "x".repeat(256)), "logout_token_malformed"),
                new Bent("no events", claims -> claims.remove("events"), "logout_token_malformed"),
                new Bent("events as text", claims -> claims.put("events", EVENT), "logout_token_malformed"),
                new Bent("events as list", claims -> claims.put("events", List.of(EVENT)), "logout_token_malformed"),
                new Bent("another event", claims -> claims.put("events", Map.of("http://x", Map.of())),
                        "logout_token_malformed"),
                new Bent("an event that is no object", claims -> claims.put("events", Map.of(EVENT, true)),
                        "logout_token_malformed"),
                new Bent("a nonce", claims -> claims.put("nonce", "n"), "logout_token_malformed"),
                new Bent("no id", claims -> claims.remove("jti"), "logout_token_malformed"),
                new Bent("an empty id", claims -> claims.put("jti", ""), "logout_token_malformed"),
                new Bent("a long id", claims -> claims.put("jti", "x".repeat(256)), "logout_token_malformed"),
                new Bent("no time", claims -> claims.remove("iat"), "times_missing"),
                new Bent("no end", claims -> claims.remove("exp"), "times_missing"),
                new Bent("the past", claims -> claims.put("exp", 1), "expired"),
                new Bent("an hour ago, until next year", claims -> {
                    claims.merge("iat", -3600L, (now, less) -> (Long) now + (Long) less);
                    claims.merge("exp", 31_536_000L, (now, more) -> (Long) now + (Long) more);
                }, "expired"),
                new Bent("the future", claims -> claims.merge("iat", 3600L, (now, more) -> (Long) now + (Long) more),
                        "not_yet_valid"));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("bent")
    void tokenThatIsNotWholeIsRefused(Bent bent) {
        assertThat(refusal(bent.change())).isEqualTo(bent.reason());
    }

    @Test
    void tokenIsUsedOnceAndARefusedOneIsNotUsedUp() {
        var good = token(_ -> {});
        assertThat(refusal(claims -> claims.put("nonce", "n"))).isEqualTo("logout_token_malformed");

        post("logout_token=" + good);

        assertThat(OidcJourney.refusal(() -> post("logout_token=" + good))).isEqualTo("logout_token_replayed");
    }

    @Test
    void idTokenIsNoLogoutToken() {
        provider.header = header -> header;
        var idToken = provider.idToken("n");

        assertThat(OidcJourney.refusal(() -> post("logout_token=" + idToken))).isEqualTo("logout_token_malformed");
    }

    @Test
    void logoutTokenIsNoIdToken() {
        var logoutToken = token(_ -> {});
        provider.tokenAnswer = answer -> answer.put("id_token", logoutToken);

        assertThat(journey.refusal()).isEqualTo("id_token_malformed");
    }

    @Test
    void tokenIsAlwaysSigned() {
        var parts = token(_ -> {}).split("\\.");
        var none = FakeOpenIdProvider.encoded(java.util.Base64.getUrlEncoder().withoutPadding()
                .encodeToString("{\"alg\":\"none\",\"typ\":\"logout+jwt\"}".getBytes()));
        assertThat(OidcJourney.refusal(() -> post("logout_token=" + none + "." + parts[1] + ".")))
                .isEqualTo("algorithm_not_allowed");

        provider.signingKey = FakeOpenIdProvider.rsa("rsa-1");
        assertThat(refusal(_ -> {})).isEqualTo("signature_invalid");
        provider.signingKey = FakeOpenIdProvider.rsa("stranger");
        assertThat(refusal(_ -> {})).isEqualTo("key_unknown");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "logout_token=", "token=x", "logout_token=x&logout_token=y", "logout_token=a.b.c"})
    void whatIsNoNoticeIsRefused(String body) {
        assertThat(OidcJourney.refusal(() -> post(body))).isEqualTo("logout_token_malformed");
    }

    @Test
    void frameNamesASessionOfThisProviderWhereThatIsSwitchedOn() {
        journey.settings.put("frontchannel_logout", true).put("end_session_endpoint", "https://bye.example/end");
        var notice = journey.connector().notices().orElseThrow().framed(
                OidcJourney.get("iss=" + FakeOpenIdProvider.encoded(provider.issuer) + "&sid=there-1"),
                OidcJourney.soon());

        assertThat(notice.sessions().index()).contains("there-1");
        assertThat(notice.sessions().name()).isEmpty();
        assertThat(notice.framers()).containsExactly("https://op.customer.example", "https://bye.example");
    }

    @ParameterizedTest
    @CsvSource({
        "'', issuer_missing", "sid=there-1, issuer_missing", "iss=https://evil.example&sid=there-1, issuer_mismatch",
        "iss=https://op.customer.example/tenant, subject_missing",
        "iss=https://op.customer.example/tenant&sid=, subject_missing",
        "iss=https://op.customer.example/tenant&sid=a&sid=b, malformed_response"
    })
    void frameThatNamesNoSessionIsRefused(String query, String reason) {
        journey.settings.put("frontchannel_logout", true);
        assertThat(framed(query)).isEqualTo(reason);
    }

    @Test
    void framesAreOffUnlessSwitchedOn() {
        assertThat(framed("iss=https://op.customer.example/tenant&sid=a")).isEqualTo("frontchannel_logout_off");
    }

    private String framed(String query) {
        return OidcJourney.refusal(() -> journey.connector().notices().orElseThrow()
                .framed(OidcJourney.get(query), OidcJourney.soon()));
    }

    private Optional<Departure> leave(UpstreamSession came) {
        return journey.connector().logout().orElseThrow().depart(came, "handle", OidcJourney.soon());
    }

    private boolean takes(UpstreamSession came) {
        return journey.connector().logout().orElseThrow().takes(came, OidcJourney.soon());
    }

    @Test
    void signingOutUpstreamSendsTheIdTokenOnce() {
        provider.header = header -> header;
        journey.settings.put("upstream_logout", true);
        provider.metadata.put("end_session_endpoint", provider.issuer + "/end?x=1");
        provider.claims = claims -> claims.put("sid", "there-1");
        var came = journey.signIn().session();

        assertThat(takes(came)).isTrue();
        var first = query(leave(came));
        var second = query(leave(came));

        assertThat(first.optional("id_token_hint").orElseThrow()).startsWith("eyJ");
        assertThat(first.optional("client_id")).contains(FakeOpenIdProvider.CLIENT);
        assertThat(first.optional("post_logout_redirect_uri")).contains("https://sso.example/logout/arrive/acme-oidc");
        assertThat(first.optional("state")).contains("handle");
        assertThat(first.optional("x")).contains("1");
        assertThat(second.optional("id_token_hint")).isEmpty();
        assertThat(second.optional("client_id")).contains(FakeOpenIdProvider.CLIENT);
    }

    private static Form query(Optional<Departure> departure) {
        return Form.parse(URI.create(((Departure.Redirect) departure.orElseThrow()).url()).getRawQuery());
    }

    @Test
    void nothingIsKeptUnlessSigningOutUpstreamIsSwitchedOn() {
        provider.header = header -> header;
        provider.metadata.put("end_session_endpoint", provider.issuer + "/end");
        var came = journey.signIn().session();

        assertThat(takes(came)).isFalse();
        assertThat(query(leave(came)).optional("id_token_hint")).isEmpty();
    }

    @Test
    void providerWithoutAnEndSessionEndpointIsNotTold() {
        provider.header = header -> header;
        journey.settings.put("upstream_logout", true);
        var came = journey.signIn().session();

        assertThat(takes(came)).isFalse();
        assertThat(leave(came)).isEmpty();
    }

    @Test
    void idTokenThatIsTooLongForAnAddressIsNotSent() {
        provider.header = header -> header;
        journey.settings.put("upstream_logout", true);
        provider.metadata.put("end_session_endpoint", provider.issuer + "/end");
        provider.claims = claims -> claims.put("groups", "g".repeat(8000));
        var came = journey.signIn().session();

        assertThat(query(leave(came)).optional("id_token_hint")).isEmpty();
    }

    @Test
    void wayBackBringsTheHandle() {
        var logout = journey.connector().logout().orElseThrow();
        assertThat(logout.arrive(OidcJourney.get("state=handle"), OidcJourney.soon()))
                .isEqualTo(new LogoutArrival.Answered("handle", true));
        assertThat(logout.arrive(OidcJourney.get("state=handle&error=server_error"), OidcJourney.soon()))
                .isEqualTo(new LogoutArrival.Answered("handle", false));
        for (var query : List.of("", "state=", "state=a&state=b", "state=" + "x".repeat(129))) {
            assertThat(OidcJourney.refusal(() -> logout.arrive(OidcJourney.get(query), OidcJourney.soon())))
                    .isEqualTo("malformed_response");
        }
    }
}
