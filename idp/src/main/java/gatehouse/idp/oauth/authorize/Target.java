package gatehouse.idp.oauth.authorize;

import gatehouse.idp.client.Client;
import gatehouse.spi.Issuer;
import java.util.Optional;

/**
 * Where an authorization response may go: a client that may be used and a redirect URI that is registered for it. Only
 * {@link TargetProof} makes one, so whoever holds it may redirect.
 */
public final class Target {

    private final Issuer issuer;
    private final Client client;
    private final String redirectUri;
    private final ResponseMode mode;
    private final Optional<String> state;

    Target(Issuer issuer, Client client, String redirectUri, ResponseMode mode, Optional<String> state) {
        this.issuer = issuer;
        this.client = client;
        this.redirectUri = redirectUri;
        this.mode = mode;
        this.state = state;
    }

    public Issuer issuer() {
        return issuer;
    }

    public Client client() {
        return client;
    }

    public String redirectUri() {
        return redirectUri;
    }

    public ResponseMode mode() {
        return mode;
    }

    /** The client's {@code state}, to be given back as it came. */
    public Optional<String> state() {
        return state;
    }
}
