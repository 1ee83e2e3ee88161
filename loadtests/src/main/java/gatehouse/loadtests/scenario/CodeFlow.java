package gatehouse.loadtests.scenario;

import gatehouse.loadtests.http.Browser;
import gatehouse.loadtests.http.Call;
import gatehouse.loadtests.http.UnexpectedAnswer;
import gatehouse.loadtests.http.Visitor;
import gatehouse.loadtests.target.AppClient;
import java.net.URI;
import java.net.URLDecoder;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.ThreadLocalRandom;

/** The authorization code flow with PKCE, as a client runs it (RFC 6749 §4.1, RFC 7636). */
final class CodeFlow {

    private final Provider provider;
    private final AppClient app;
    private final String fixedParameters;
    private final String fixedExchange;

    CodeFlow(Provider provider, AppClient app) {
        this.provider = provider;
        this.app = app;
        this.fixedParameters = "response_type=code&client_id=" + encode(app.id())
            + "&redirect_uri=" + encode(app.redirectUri().toString())
            + "&scope=" + encode(app.scope()) + "&code_challenge_method=S256";
        this.fixedExchange = "grant_type=authorization_code&redirect_uri=" + encode(app.redirectUri().toString())
            + (app.secret().isEmpty() ? "&client_id=" + encode(app.id()) : "");
    }

    /** One authorization request, and what is needed to use its answer. */
    record Attempt(URI uri, String state, Pkce pkce) {
    }

    /** @param more further parameters, encoded; empty for none */
    Attempt attempt(String more) {
        var pkce = Pkce.fresh();
        var state = Long.toUnsignedString(ThreadLocalRandom.current().nextLong(), 36);
        var endpoint = provider.endpoints().authorization();
        var uri = URI.create(endpoint + (endpoint.getRawQuery() == null ? "?" : "&") + fixedParameters
            + "&state=" + state + "&nonce=" + state + "&code_challenge=" + pkce.challenge()
            + (more.isEmpty() ? "" : "&" + more));
        return new Attempt(uri, state, pkce);
    }

    /**
     * The token request for an authorization response that arrived at the redirect URI.
     *
     * @throws UnexpectedAnswer if the response is an error, or belongs to another attempt
     */
    Call exchange(Attempt attempt, URI arrival) {
        if (!arrival.toString().startsWith(app.redirectUri().toString())) {
            throw new UnexpectedAnswer("sent elsewhere than to the redirect URI");
        }
        var response = parameters(arrival);
        if (response.containsKey("error")) {
            throw new UnexpectedAnswer("authorization refused: " + response.get("error"));
        }
        if (!attempt.state().equals(response.get("state")) || !response.containsKey("code")) {
            throw new UnexpectedAnswer("authorization response without code or with another state");
        }
        return Call.form(provider.endpoints().token(), app.tokenHeaders(), fixedExchange
            + "&code=" + encode(response.get("code")) + "&code_verifier=" + attempt.pkce().verifier());
    }

    /** The token request that spends a refresh token. */
    Call refresh(String refreshToken) {
        return Call.form(provider.endpoints().token(), app.tokenHeaders(), "grant_type=refresh_token&refresh_token="
            + encode(refreshToken) + (app.secret().isEmpty() ? "&client_id=" + encode(app.id()) : ""));
    }

    /** Signs a visitor in through whatever pages there are, and exchanges the code. Blocking. */
    Tokens signIn(Browser browser, Visitor visitor, String more) {
        var attempt = attempt(more);
        var arrival = browser.travel(attempt.uri(), app.redirectUri(), visitor);
        return Tokens.read(provider.http().await(exchange(attempt, arrival)), Tokens.Expected.ACCESS_AND_ID,
            provider.target().algorithm());
    }

    private static Map<String, String> parameters(URI arrival) {
        var parameters = new HashMap<String, String>();
        var query = arrival.getRawQuery() == null ? "" : arrival.getRawQuery();
        for (var pair : query.split("&")) {
            var equals = pair.indexOf('=');
            if (equals > 0) {
                parameters.put(pair.substring(0, equals),
                    URLDecoder.decode(pair.substring(equals + 1), StandardCharsets.UTF_8));
            }
        }
        return parameters;
    }

    private static String encode(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }
}
