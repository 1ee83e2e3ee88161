package gatehouse.idp.upstream.oidc;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.nimbusds.jose.JOSEObjectType;
import gatehouse.idp.e2e.RunningServer;
import gatehouse.idp.http.Form;
import java.io.IOException;
import java.net.CookieManager;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A provider signs its people out: over HTTP, against a whole server. */
class ProviderLogoutOverHttpTest {

    private static final String EVENT = "http://schemas.openid.net/event/backchannel-logout";
    private static final String CHALLENGE = "E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM";
    private static RunningServer server;
    private static LoopbackProvider loopback;
    private static OidcJourney journey;

    @BeforeAll
    static void start() throws Exception {
        server = RunningServer.start();
        loopback = new LoopbackProvider();
        journey = loopback.journey();
        journey.time.advance(Duration.between(journey.time.instant(), Instant.now()));
        tenant("first");
        tenant("second");
    }

    /** An organization with a connection of the same name; all of them to one provider, which knows one client. */
    private static void tenant(String id) {
        make("/organizations", "{\"id\":\"%s\",\"display_name\":\"%s\"}".formatted(id, id));
        make("/domains", "{\"name\":\"%s.example\",\"organization\":\"%s\",\"verified\":true}".formatted(id, id));
        make("/connections", """
                {"id":"%s","organization":"%s","type":"oidc","display_name":"%s","settings":
                 {"issuer":"%s","client_id":"gate:house","client_secret":"s3:cret&%%","frontchannel_logout":true}}"""
                .formatted(id, id, id, journey.provider.issuer));
    }

    @AfterAll
    static void stop() {
        server.close();
        loopback.close();
    }

    @BeforeEach
    void usually() {
        journey.provider.header = header -> header;
        journey.provider.signingKey = FakeOpenIdProvider.RSA;
    }

    private static void make(String path, String document) {
        admin("POST", path, document, 201);
    }

    private static HttpResponse<String> admin(
            String method, String path, String document, int status, String... headers) {
        var token = json(send(HttpClient.newHttpClient(), HttpRequest.newBuilder(URI.create(server.url() + "/token"))
                .header("Authorization", "Basic " + Base64.getEncoder()
                        .encodeToString("demo-admin:demo-admin-secret".getBytes(StandardCharsets.US_ASCII)))
                .header("Content-Type", "application/x-www-form-urlencoded")
                .POST(BodyPublishers.ofString("grant_type=client_credentials"))));
        var uri = URI.create(server.url() + "/admin/v1" + path);
        var answer = send(HttpClient.newHttpClient(), HttpRequest.newBuilder(uri)
                .header("Authorization", "Bearer " + token.path("access_token").asText())
                .header("Content-Type", method.equals("PATCH") ? "application/merge-patch+json" : "application/json")
                .headers(headers.length == 0 ? new String[] {"Accept", "application/json"} : headers)
                .method(method, BodyPublishers.ofString(document)));
        assertThat(answer.statusCode()).as("%s", answer.body()).isEqualTo(status);
        return answer;
    }

    private static void state(String connection, String state) {
        var path = "/connections/" + connection;
        var etag = admin("GET", path, "", 200).headers().firstValue("etag").orElseThrow();
        admin("PATCH", path, "{\"state\":\"" + state + "\"}", 200, "If-Match", etag);
    }

    private static HttpResponse<String> send(HttpClient client, HttpRequest.Builder request) {
        try {
            return client.send(request.timeout(Duration.ofSeconds(20)).build(), BodyHandlers.ofString());
        } catch (IOException | InterruptedException failed) {
            throw new AssertionError(failed);
        }
    }

    private static JsonNode json(HttpResponse<String> answer) {
        try {
            return new ObjectMapper().readTree(answer.body());
        } catch (IOException malformed) {
            throw new AssertionError(answer.body(), malformed);
        }
    }

    /** A browser with cookies. */
    private static HttpClient browser() {
        return HttpClient.newBuilder().cookieHandler(new CookieManager()).followRedirects(HttpClient.Redirect.NEVER)
                .build();
    }

    private static String authorize(String more) {
        return server.url() + "/authorize?client_id=demo-app&response_type=code&scope=openid&state=s&redirect_uri="
                + FakeOpenIdProvider.encoded(server.url() + "/demo/callback") + "&code_challenge=" + CHALLENGE
                + "&code_challenge_method=S256&nonce=n" + more;
    }

    private static URI follow(HttpClient browser, String url) {
        var at = URI.create(url);
        for (int hop = 0; hop < 12; hop++) {
            if (at.getPath().equals("/demo/callback") || at.toString().startsWith(journey.provider.issuer)) {
                return at;
            }
            var answer = send(browser, HttpRequest.newBuilder(at));
            var location = answer.headers().firstValue("location");
            assertThat(location).as("%s %s", at, answer.body()).isPresent();
            at = at.resolve(location.get());
        }
        throw new AssertionError("no end of redirects");
    }

    /** Signs {@code subject} in over {@code connection}, in their session {@code sid} there. */
    private static HttpClient signIn(String connection, String subject, String sid) {
        var browser = browser();
        journey.provider.claims = claims -> {
            claims.put("sub", subject);
            claims.put("sid", sid);
            claims.put("email", subject + "@" + connection + ".example");
        };
        var there = follow(browser, authorize("&organization=" + connection));
        if (!there.toString().startsWith(journey.provider.issuer)) {
            throw new AssertionError("not sent to the provider: " + there);
        }
        var redirect = Form.parse(there.getRawQuery()).optional("redirect_uri").orElseThrow();
        var back = follow(browser, redirect + "?" + journey.provider.authorize(there.toString()));
        assertThat(back.getQuery()).contains("code=");
        return browser;
    }

    private static boolean isSignedIn(HttpClient browser) {
        return follow(browser, authorize("&prompt=none")).getQuery().contains("code=");
    }

    private static String token(Consumer<Map<String, Object>> change) {
        journey.provider.header = header -> header.type(new JOSEObjectType("logout+jwt"));
        long now = journey.time.instant().getEpochSecond();
        var claims = new LinkedHashMap<String, Object>();
        claims.put("iss", journey.provider.issuer);
        claims.put("aud", "gate:house");
        claims.put("iat", now);
        claims.put("exp", now + 120);
        claims.put("jti", UUID.randomUUID().toString());
        claims.put("events", Map.of(EVENT, Map.of()));
        change.accept(claims);
        return journey.provider.signed(claims);
    }

    private static String bent(String claim, Object value) {
        return token(claims -> {
            claims.put("sid", "there-6");
            claims.put(claim, value);
        });
    }

    private static HttpResponse<String> notice(String connection, String token) {
        return send(HttpClient.newHttpClient(), HttpRequest.newBuilder(
                        URI.create(server.url() + "/logout/backchannel/" + connection))
                .header("Content-Type", "application/x-www-form-urlencoded")
                .POST(BodyPublishers.ofString("logout_token=" + token)));
    }

    private static HttpResponse<String> frame(String connection, String query) {
        return send(HttpClient.newHttpClient(), HttpRequest.newBuilder(
                URI.create(server.url() + "/logout/frontchannel/" + connection + "?" + query)));
    }

    @Test
    void sessionThatTheProviderNamesEndsAndNoOther() {
        var one = signIn("first", "peter", "there-1");
        var two = signIn("first", "peter", "there-2");

        var answer = notice("first", token(claims -> claims.put("sid", "there-1")));

        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.body()).isEmpty();
        assertThat(answer.headers().firstValue("cache-control")).contains("no-store");
        assertThat(isSignedIn(one)).isFalse();
        assertThat(isSignedIn(two)).isTrue();
    }

    @Test
    void everySessionOfThePersonEndsWhereNoneIsNamed() {
        var one = signIn("first", "michael", "there-3");
        var two = signIn("first", "michael", "there-4");
        var other = signIn("first", "samir", "there-5");

        assertThat(notice("first", token(claims -> claims.put("sub", "michael"))).statusCode()).isEqualTo(200);

        assertThat(isSignedIn(one)).isFalse();
        assertThat(isSignedIn(two)).isFalse();
        assertThat(isSignedIn(other)).isTrue();
    }

    @Test
    void aNoticeThatIsNotWholeEndsNothing() {
        var live = signIn("first", "milton", "there-6");
        var good = token(claims -> claims.put("sid", "there-6"));
        var parts = good.split("\\.");
        var refused = List.of(bent("aud", "other"), bent("nonce", "n"), bent("sub", 7),
                "eyJhbGciOiJub25lIn0." + parts[1] + ".",
                parts[0] + "." + parts[1] + ".AAAA", "", "x");

        for (var token : refused) {
            var answer = notice("first", token);
            assertThat(answer.statusCode()).as(token).isEqualTo(400);
            assertThat(answer.headers().firstValue("cache-control")).contains("no-store");
            assertThat(json(answer).path("error").asText()).isEqualTo("invalid_request");
        }
        assertThat(isSignedIn(live)).isTrue();
        assertThat(notice("first", good).statusCode()).isEqualTo(200);
        assertThat(notice("first", good).statusCode()).as("a second time").isEqualTo(400);
    }

    @Test
    void aPersonAndASessionThatDoNotBelongTogetherMeanNobody() {
        var live = signIn("first", "bill", "there-7");

        assertThat(notice("first", token(claims -> {
            claims.put("sub", "somebody-else");
            claims.put("sid", "there-7");
        })).statusCode()).isEqualTo(200);

        assertThat(isSignedIn(live)).isTrue();
    }

    @Test
    void aNoticeAtAnotherConnectionEndsNothingOfThisOne() {
        var live = signIn("first", "nina", "there-8");

        assertThat(notice("second", token(claims -> claims.put("sid", "there-8"))).statusCode()).isEqualTo(200);
        assertThat(notice("second", token(claims -> claims.put("sub", "nina"))).statusCode()).isEqualTo(200);
        assertThat(notice("nowhere", token(claims -> claims.put("sid", "there-8"))).statusCode()).isEqualTo(400);
        assertThat(frame("second", "iss=" + journey.provider.issuer + "&sid=there-8").statusCode()).isEqualTo(200);

        assertThat(isSignedIn(live)).isTrue();
    }

    @Test
    void aFrameEndsTheSessionItNamesAndMayBeShownByTheProviderOnly() {
        var live = signIn("first", "lawrence", "there-9");
        assertThat(frame("first", "iss=https://evil.example&sid=there-9").statusCode()).isEqualTo(400);
        assertThat(frame("first", "sid=there-9").statusCode()).isEqualTo(400);
        assertThat(isSignedIn(live)).isTrue();

        var answer = frame("first", "iss=" + journey.provider.issuer + "&sid=there-9");

        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.headers().firstValue("x-frame-options")).isEmpty();
        assertThat(answer.headers().firstValue("content-security-policy").orElseThrow())
                .contains("default-src 'none'", "frame-ancestors " + loopback.address());
        assertThat(answer.headers().firstValue("cache-control")).contains("no-store");
        assertThat(isSignedIn(live)).isFalse();
    }

    @Test
    void aSuspendedConnectionTakesNoNotice() {
        state("second", "suspended");

        assertThat(notice("second", token(claims -> claims.put("sub", "anybody"))).statusCode()).isEqualTo(400);
        assertThat(frame("second", "iss=" + journey.provider.issuer + "&sid=x").statusCode()).isEqualTo(404);

        state("second", "active");
        assertThat(notice("second", token(claims -> claims.put("sub", "anybody"))).statusCode()).isEqualTo(200);
    }

    @Test
    void onlyTheRightMethodIsAnswered() {
        assertThat(send(HttpClient.newHttpClient(), HttpRequest.newBuilder(
                URI.create(server.url() + "/logout/backchannel/first"))).statusCode()).isEqualTo(405);
    }
}
