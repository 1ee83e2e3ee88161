package gatehouse.loadtests.scenario;

import gatehouse.loadtests.http.Answer;
import gatehouse.loadtests.http.Browser;
import gatehouse.loadtests.http.Call;
import gatehouse.loadtests.http.UnexpectedAnswer;
import gatehouse.loadtests.load.Journey;
import io.vertx.core.Future;
import java.net.URI;
import java.util.List;
import java.util.Map;

/**
 * An application finds a person already signed in ({@code prompt=none}) and exchanges the code
 * (OpenID Connect Core §3.1.2.1).
 */
final class SilentSignIn implements Journey {

    static final String NAME = "silent-sign-in";

    private final Provider provider;
    private final CodeFlow flow;
    private Turns<Browser> browsers = new Turns<>(List.of());

    SilentSignIn(Provider provider) {
        this.provider = provider;
        this.flow = provider.codeFlow();
    }

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public void prepare() {
        var effort = provider.target().effort();
        browsers = new Turns<>(new Sessions(provider).signIn(Math.max(effort.sessions(), effort.concurrency()))
            .stream().map(Sessions.SignedIn::browser).toList());
    }

    @Override
    public Future<?> start() {
        return browsers.take(this::reauthenticate);
    }

    private Future<Browser> reauthenticate(Browser browser) {
        var attempt = flow.attempt("prompt=none");
        var call = Call.get(attempt.uri(), Map.of("Cookie", browser.cookieHeader(attempt.uri())));
        return provider.http().send(call)
            .compose(answer -> provider.http().send(flow.exchange(attempt, arrival(browser, attempt.uri(), answer))))
            .map(answer -> {
                Tokens.read(answer, Tokens.Expected.ACCESS_AND_ID, provider.target().algorithm());
                return browser;
            });
    }

    private static URI arrival(Browser browser, URI from, Answer answer) {
        if (!answer.isRedirect()) {
            throw new UnexpectedAnswer("status " + answer.status() + ", expected a redirect");
        }
        browser.keepCookies(from, answer);
        return from.resolve(answer.headers().get("Location"));
    }
}
