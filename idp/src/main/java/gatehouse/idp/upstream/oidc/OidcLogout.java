package gatehouse.idp.upstream.oidc;

import gatehouse.idp.http.Request;
import gatehouse.idp.upstream.Departure;
import gatehouse.idp.upstream.LogoutArrival;
import gatehouse.idp.upstream.LogoutPaths;
import gatehouse.idp.upstream.UpstreamLogout;
import gatehouse.sessions.UpstreamSession;
import gatehouse.spi.ConnectionId;
import gatehouse.spi.Deadline;
import gatehouse.spi.DeadlineExceeded;
import gatehouse.spi.Issuer;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Optional;

/** Signs people out at a provider (OpenID Connect RP-Initiated Logout 1.0), where the settings say so. */
final class OidcLogout implements UpstreamLogout {

    /** Metadata that has been fetched before is here at once. */
    private static final Duration AT_HAND = Duration.ofMillis(100);
    private static final int HANDLE_LENGTH_MAX = 128;

    private final OidcConnection settings;
    private final Provider provider;
    private final KeptIdTokens idTokens;
    private final String here;

    OidcLogout(Issuer issuer, ConnectionId connection, OidcConnection settings, Provider provider,
            KeptIdTokens idTokens) {
        this.settings = settings;
        this.provider = provider;
        this.idTokens = idTokens;
        this.here = LogoutPaths.arrival(issuer, connection);
    }

    @Override
    public boolean takes(UpstreamSession came, Deadline deadline) {
        if (!settings.upstreamLogout().orElse(false)) {
            return false;
        }
        try {
            return provider.metadata(deadline.within(AT_HAND)).endSessionEndpoint().isPresent();
        } catch (DeadlineExceeded notAtHand) {
            deadline.requireTime();
            return true;
        }
    }

    @Override
    public Optional<Departure> depart(UpstreamSession came, String handle, Deadline deadline) {
        return provider.metadata(deadline).endSessionEndpoint().map(endpoint -> {
            var parameters = new LinkedHashMap<String, String>();
            idTokens.take(came, deadline).ifPresent(token -> parameters.put("id_token_hint", token));
            parameters.put("client_id", settings.clientId());
            parameters.put("post_logout_redirect_uri", here);
            parameters.put("state", handle);
            return new Departure.Redirect(AuthorizationRequest.url(endpoint.toString(), parameters), new byte[0]);
        });
    }

    /**
     * The way back has nothing to prove but the state, which nobody else knows; what the provider did is not said
     * (RP-Initiated Logout §3).
     */
    @Override
    public LogoutArrival arrive(Request request, Deadline deadline) {
        var query = request.query();
        if (query.repeated().isPresent()) {
            throw OidcReason.MALFORMED_RESPONSE.refusal();
        }
        var handle = query.nonEmpty("state").filter(state -> state.length() <= HANDLE_LENGTH_MAX)
                .orElseThrow(OidcReason.MALFORMED_RESPONSE::refusal);
        return new LogoutArrival.Answered(handle, query.optional("error").isEmpty());
    }

    @Override
    public Departure answer(byte[] pending, boolean complete, Deadline deadline) {
        throw new IllegalStateException("no OpenID Provider asks for a logout through the browser and waits");
    }
}
