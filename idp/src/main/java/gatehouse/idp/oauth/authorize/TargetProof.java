package gatehouse.idp.oauth.authorize;

import gatehouse.idp.client.Client;
import gatehouse.idp.client.RedirectUris;
import gatehouse.idp.http.Form;
import gatehouse.idp.oauth.gate.Gate;
import gatehouse.idp.oauth.wire.OAuthPageRefusal;
import gatehouse.idp.oauth.wire.OAuthPageRefusal.Kind;
import gatehouse.idp.page.Page;
import gatehouse.spi.Deadline;
import gatehouse.spi.Issuer;
import java.util.Optional;

/** Proves client and redirect URI. Whatever it refuses is a page: there is no address yet to send it to. */
final class TargetProof {

    /** Longest {@code state} that is given back, in characters. */
    static final int STATE_LENGTH_MAX = 4096;

    private final Gate gate;

    TargetProof(Gate gate) {
        this.gate = gate;
    }

    /** The target that {@code parameters} name. */
    Target prove(Issuer issuer, Form parameters, Deadline deadline) {
        var client = client(issuer, once(parameters, "client_id", Kind.CLIENT_UNKNOWN), deadline);
        var redirectUri = once(parameters, "redirect_uri", Kind.REDIRECT_URI_MISSING);
        var mode = parameters.nonEmpty("response_mode")
                .flatMap(ResponseMode::of)
                .filter(asked -> asked != ResponseMode.FORM_POST || isWeb(redirectUri))
                .orElse(ResponseMode.QUERY);
        var state = parameters.all("state").size() == 1
                ? parameters.nonEmpty("state").filter(value -> value.length() <= STATE_LENGTH_MAX)
                : Optional.<String>empty();
        return new Target(issuer, client, registered(client, redirectUri), mode, state);
    }

    /** The same target again, at completion: what was true when the login began need not be true now. */
    Target prove(Issuer issuer, Carried carried, Deadline deadline) {
        var client = client(issuer, carried.clientId(), deadline);
        return new Target(issuer, client, registered(client, carried.redirectUri()), carried.mode(), carried.state());
    }

    private Client client(Issuer issuer, String clientId, Deadline deadline) {
        var client = gate.find(issuer, clientId, deadline).orElseThrow(() -> new OAuthPageRefusal(Kind.CLIENT_UNKNOWN));
        if (!gate.isUsable(client, deadline)) {
            throw new OAuthPageRefusal(Kind.CLIENT_DISABLED, home(client));
        }
        return client;
    }

    private static String registered(Client client, String redirectUri) {
        if (!RedirectUris.isRegistered(client.redirectUris(), redirectUri)) {
            throw new OAuthPageRefusal(Kind.REDIRECT_URI_UNKNOWN, home(client));
        }
        return redirectUri;
    }

    /** Only a web address takes a POST; a native application's own scheme does not. */
    private static boolean isWeb(String redirectUri) {
        return redirectUri.startsWith("https://") || redirectUri.startsWith("http://");
    }

    private static String once(Form parameters, String name, Kind missing) {
        if (parameters.all(name).size() > 1) {
            throw new OAuthPageRefusal(Kind.REQUEST_MALFORMED);
        }
        return parameters.nonEmpty(name).orElseThrow(() -> new OAuthPageRefusal(missing));
    }

    /** The client's registered home page: the only address of an unproven request that is safe to show. */
    private static Optional<Page.Link> home(Client client) {
        return client.clientUri().map(uri -> new Page.Link(uri.toString(), client.clientName()));
    }
}
