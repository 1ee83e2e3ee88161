package gatehouse.loadtests.scenario;

import gatehouse.loadtests.load.Journey;
import io.vertx.core.Future;
import java.util.List;

/**
 * A refresh token is spent for a new access token, ID token and, where the server rotates, the next refresh token
 * (RFC 6749 §6, OpenID Connect Core §12).
 */
final class TokenRefresh implements Journey {

    static final String NAME = "refresh";

    private final Provider provider;
    private final CodeFlow flow;
    private Turns<String> refreshTokens = new Turns<>(List.of());

    TokenRefresh(Provider provider) {
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
        var sessions = new Sessions(provider);
        // A token is used by one journey at a time: there must be more tokens than journeys.
        var tokens = sessions.tokens(sessions.signIn(effort.sessions()), 2 * effort.concurrency());
        refreshTokens = new Turns<>(tokens.stream().map(Sessions::requireRefreshToken).toList());
    }

    @Override
    public Future<?> start() {
        return refreshTokens.take(current -> provider.http().send(flow.refresh(current))
            .map(answer -> Tokens.read(answer, Tokens.Expected.ACCESS_AND_ID, provider.target().algorithm()))
            .map(tokens -> tokens.refresh().orElse(current)));
    }
}
