package gatehouse.loadtests.scenario;

import gatehouse.loadtests.http.Browser;
import gatehouse.loadtests.http.UnexpectedAnswer;
import gatehouse.loadtests.http.Visitor;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/**
 * People who are signed in before the clock starts, and the tokens that their sessions gave.
 *
 * <p>They sign in by the first way that the target file describes.
 */
final class Sessions {

    private static final List<String> WAYS = List.of(BrowserLogin.PASSWORD, BrowserLogin.SAML, BrowserLogin.OIDC);
    /** With {@code prompt=none} there is no page to fill in. */
    private static final Visitor NOBODY = new Visitor("", "");

    /** One signed-in browser and the tokens of its sign-in. */
    record SignedIn(Browser browser, Tokens tokens) {
    }

    private final Provider provider;

    Sessions(Provider provider) {
        this.provider = provider;
    }

    List<SignedIn> signIn(int count) {
        var way = provider.target().requireSignIn(WAYS.stream()
            .filter(provider.target().signIns()::containsKey).findFirst().orElse(BrowserLogin.PASSWORD));
        var flow = provider.codeFlow();
        return IntStream.range(0, count).mapToObj(number -> {
            var browser = provider.newBrowser();
            var visitor = way.visitor(number);
            return new SignedIn(browser, flow.signIn(browser, visitor, way.parametersFor(visitor)));
        }).toList();
    }

    /** At least {@code count} token responses, spread over the sessions. */
    List<Tokens> tokens(List<SignedIn> sessions, int count) {
        var flow = provider.codeFlow();
        var tokens = new ArrayList<>(sessions.stream().map(SignedIn::tokens).toList());
        while (tokens.size() < count) {
            var session = sessions.get(tokens.size() % sessions.size());
            tokens.add(flow.signIn(session.browser(), NOBODY, "prompt=none"));
        }
        return tokens;
    }

    static String requireRefreshToken(Tokens tokens) {
        return tokens.refresh().orElseThrow(() -> new UnexpectedAnswer("no refresh_token"));
    }
}
