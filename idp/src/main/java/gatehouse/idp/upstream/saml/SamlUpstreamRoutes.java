package gatehouse.idp.upstream.saml;

import gatehouse.idp.http.Journey;
import gatehouse.idp.http.Route;
import gatehouse.idp.http.Voice;
import gatehouse.idp.keys.SamlKeys;
import gatehouse.idp.tenancy.TenancyCatalog;
import java.util.List;

/** The routes of SAML as an upstream protocol, beside the arrival, which is the login's. */
public final class SamlUpstreamRoutes {

    private final List<Route> routes;

    public SamlUpstreamRoutes(TenancyCatalog tenancy, SamlKeys keys, Voice voice) {
        this.routes = List.of(Route.of("GET", "/saml/sp/{connection}", Journey.LOGIN_INTERACTIVE, voice,
                new SpMetadataEndpoint(tenancy, keys)).anyOrigin());
    }

    /** Our metadata as a service provider. */
    public List<Route> routes() {
        return routes;
    }
}
