package gatehouse.idp.upstream.oidc;

import gatehouse.idp.http.Journey;
import gatehouse.idp.http.Route;
import gatehouse.idp.http.Voice;
import gatehouse.idp.keys.ClientKeys;
import java.util.List;

/** The routes of OpenID Connect as an upstream protocol, beside the arrival, which is the login's. */
public final class OidcUpstreamRoutes {

    private final List<Route> routes;

    public OidcUpstreamRoutes(ClientKeys keys, Voice voice) {
        this.routes = List.of(Route.of("GET", "/oidc/rp/jwks", Journey.JWKS, voice, new ClientKeysEndpoint(keys))
                .anyOrigin());
    }

    /** Our keys as a relying party. */
    public List<Route> routes() {
        return routes;
    }
}
