package gatehouse.idp.oauth.logout;

import gatehouse.idp.client.Client;
import gatehouse.idp.http.Form;
import gatehouse.idp.http.Request;
import gatehouse.idp.keys.JwtVerifier;
import gatehouse.idp.keys.VerifiedJwt;
import gatehouse.idp.oauth.gate.Gate;
import gatehouse.idp.oauth.token.IdTokens;
import gatehouse.idp.oauth.wire.OAuthPageRefusal;
import gatehouse.idp.oauth.wire.OAuthPageRefusal.Kind;
import gatehouse.idp.page.Page;
import gatehouse.spi.Deadline;
import java.util.List;
import java.util.Optional;

/** Reads logout requests. What it refuses is a page that offers to sign out all the same. */
final class LogoutRequests {

    private static final int STATE_LENGTH_MAX = 4096;

    private final Gate gate;
    private final JwtVerifier verifier;

    LogoutRequests(Gate gate, JwtVerifier verifier) {
        this.gate = gate;
        this.verifier = verifier;
    }

    LogoutRequest read(Request request, Form parameters, Deadline deadline) {
        if (parameters.repeated().isPresent()) {
            throw new OAuthPageRefusal(Kind.REQUEST_MALFORMED);
        }
        var hint = parameters.nonEmpty("id_token_hint")
                .flatMap(token -> verifier.verifyHint(request.issuer().name(), IdTokens.TYPE, token));
        var named = parameters.nonEmpty("client_id");
        var vouched = hint.flatMap(token -> token.audience().stream().findFirst());
        if (named.isPresent() && vouched.isPresent() && !named.equals(vouched)) {
            throw refused(Kind.LOGOUT_CLIENT_MISMATCH, request);
        }
        var client = named.or(() -> vouched)
                .flatMap(id -> gate.find(request.issuer(), id, deadline))
                .filter(found -> gate.isUsable(found, deadline));
        return new LogoutRequest(client, hint, redirect(request, parameters, client),
                parameters.nonEmpty("state").filter(state -> state.length() <= STATE_LENGTH_MAX));
    }

    /** Compared exactly (RP-Initiated Logout §3); without a known client no address is right. */
    private static Optional<String> redirect(Request request, Form parameters, Optional<Client> client) {
        var asked = parameters.nonEmpty("post_logout_redirect_uri");
        var registered = client.map(Client::postLogoutRedirectUris).orElse(List.of());
        if (asked.isPresent() && !registered.contains(asked.get())) {
            throw refused(Kind.LOGOUT_REDIRECT_URI_UNKNOWN, request);
        }
        return asked;
    }

    private static OAuthPageRefusal refused(Kind kind, Request request) {
        return new OAuthPageRefusal(kind, Optional.of(new Page.Link(request.issuer().at("/logout"), "link.logout")));
    }

    /** Whether {@code hint} is about the session of {@code subject} named {@code session}. */
    static boolean isAbout(VerifiedJwt hint, String session, String subject) {
        return hint.text("sub").filter(subject::equals).isPresent()
                && hint.text("sid").map(session::equals).orElse(true);
    }
}
