package gatehouse.idp.oauth.logout;

import gatehouse.idp.audit.AuditAction;
import gatehouse.idp.audit.AuditEvent;
import gatehouse.idp.audit.AuditTrail;
import gatehouse.idp.client.Client;
import gatehouse.idp.http.CookieNames;
import gatehouse.idp.http.Endpoint;
import gatehouse.idp.http.Form;
import gatehouse.idp.http.Reply;
import gatehouse.idp.http.Request;
import gatehouse.idp.keys.JwtVerifier;
import gatehouse.idp.logout.LogoutAnswer;
import gatehouse.idp.logout.LogoutAsked;
import gatehouse.idp.logout.LogoutResult;
import gatehouse.idp.logout.SingleLogout;
import gatehouse.idp.oauth.gate.Gate;
import gatehouse.idp.oauth.wire.Parameters;
import gatehouse.idp.oauth.wire.Sha256;
import gatehouse.idp.page.Page;
import gatehouse.idp.page.Pages;
import gatehouse.sessions.Session;
import gatehouse.sessions.SessionStore;
import gatehouse.spi.Deadline;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Base64;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The end-session endpoint (OpenID Connect RP-Initiated Logout 1.0), by GET and POST. A session ends without a question
 * only for an ID token that is about it; anything else could be a link that a stranger laid.
 */
public final class EndSessionEndpoint implements Endpoint {

    /** Path of where a logout ends that others had to be told of. */
    public static final String DONE = "/logout/done";

    private static final String PATH = "/logout";
    private static final String COOKIE = "sid";
    private static final int REWRITTEN_LENGTH_MAX = 12_000;

    private final Gate gate;
    private final LogoutRequests requests;
    private final SessionStore sessions;
    private final CookieNames cookies;
    private final Pages pages;
    private final AuditTrail trail;
    private final SingleLogout logout;

    /** What the endpoint works with. */
    public record Parts(
            Gate gate,
            JwtVerifier verifier,
            SessionStore sessions,
            CookieNames cookies,
            Pages pages,
            AuditTrail trail,
            SingleLogout logout) {}

    public EndSessionEndpoint(Parts parts) {
        this.gate = parts.gate();
        this.requests = new LogoutRequests(parts.gate(), parts.verifier());
        this.sessions = parts.sessions();
        this.cookies = parts.cookies();
        this.pages = parts.pages();
        this.trail = parts.trail();
        this.logout = parts.logout();
    }

    @Override
    public Reply handle(Request request, Deadline deadline) {
        gate.requireIssuer(request.issuer(), deadline);
        boolean posted = request.method().equals("POST");
        var parameters = posted ? request.form() : request.query();
        var cookie = request.cookie(cookies.name(COOKIE, request.issuer()));
        if (posted && cookie.isEmpty() && isRewritable(parameters)) {
            // A cross-site POST comes without the SameSite cookie; the GET that follows it brings the cookie along.
            return Reply.seeOther(request.issuer().at(PATH) + '?' + Parameters.encode(parameters));
        }
        var asked = requests.read(request, parameters, deadline);
        var session = cookie.flatMap(value -> sessions.find(value, deadline))
                .filter(found -> found.authentication().issuer().equals(request.issuer().name()));
        if (session.isEmpty()) {
            return logout.underway(request, deadline).orElseGet(() -> finish(asked, request));
        }
        return decide(new Attempt(asked, session.get(), cookie.orElseThrow()), parameters, request, deadline);
    }

    /** A logout of a live session. */
    private record Attempt(LogoutRequest asked, Session session, String cookie) {}

    private Reply decide(Attempt attempt, Form parameters, Request request, Deadline deadline) {
        var session = attempt.session();
        boolean vouched = attempt.asked().hint()
                .filter(hint -> LogoutRequests.isAbout(
                        hint, session.id().value(), session.authentication().user().value()))
                .isPresent();
        boolean confirmed = request.method().equals("POST")
                && parameters.nonEmpty("step").filter(step -> isStep(step, attempt.cookie())).isPresent();
        if (confirmed && parameters.optional("action").filter("cancel"::equals).isPresent()) {
            return stay(attempt.asked(), request);
        }
        return vouched || confirmed ? end(attempt, request, deadline) : confirm(attempt, request);
    }

    private Reply end(Attempt attempt, Request request, Deadline deadline) {
        var session = attempt.session();
        var ended = sessions.end(session.id(), "logout", deadline).stream().toList();
        var event = AuditEvent.of(AuditAction.LOGOUT_FINISHED, request.issuer().name(), request.traceId())
                .organization(session.authentication().organization())
                .user(session.authentication().user())
                .session(session.id().value())
                .address(request.clientAddress());
        trail.record(attempt.asked().client().map(client -> event.client(client.clientId())).orElse(event));
        var asked = new LogoutAsked(ended, Optional.empty(), DONE, carried(attempt.asked()));
        return switch (logout.begin(asked, request, deadline)) {
            case LogoutAnswer.Done(var result) -> finish(result, request, deadline);
            case LogoutAnswer.Interact(var reply) -> reply.with(cookies.deletion(COOKIE, request.issuer()));
        };
    }

    private static Map<String, String> carried(LogoutRequest asked) {
        var carried = new HashMap<String, String>();
        asked.client().ifPresent(client -> carried.put("client", client.clientId().value()));
        asked.redirect().ifPresent(uri -> carried.put("redirect", uri));
        asked.state().ifPresent(state -> carried.put("state", state));
        return carried;
    }

    /** {@code /logout/done}: where the browser comes when everybody has been told. */
    public Reply resume(Request request, Deadline deadline) {
        gate.requireIssuer(request.issuer(), deadline);
        return finish(logout.resume(request, deadline)
                .orElseGet(() -> new LogoutResult(Map.of(), List.of())), request, deadline);
    }

    private Reply finish(LogoutResult result, Request request, Deadline deadline) {
        var carried = result.carried();
        var asked = new LogoutRequest(
                Optional.ofNullable(carried.get("client")).flatMap(id -> gate.find(request.issuer(), id, deadline)),
                Optional.empty(), Optional.ofNullable(carried.get("redirect")),
                Optional.ofNullable(carried.get("state")));
        if (result.isComplete()) {
            return finish(asked, request);
        }
        // Whom it concerns must read it, so that the application waits behind a link.
        var wayOn = asked.redirect().map(_ -> new Page.Link(target(asked).orElseThrow(),
                asked.client().map(Client::clientName).orElse("link.application"))).or(() -> home(asked.client()));
        return pages.render(new Page.LoggedOut(wayOn, result.unreached()), request, List.of())
                .with(cookies.deletion(COOKIE, request.issuer()));
    }

    private static Optional<String> target(LogoutRequest asked) {
        return asked.redirect().map(uri -> uri + asked.state().map(state -> withState(uri, state)).orElse(""));
    }

    private Reply finish(LogoutRequest asked, Request request) {
        var reply = target(asked).map(Reply::seeOther).orElseGet(() ->
                pages.render(new Page.LoggedOut(home(asked.client()), List.of()), request, List.of()));
        return reply.with(cookies.deletion(COOKIE, request.issuer()));
    }

    private static String withState(String uri, String state) {
        return (uri.indexOf('?') < 0 ? "?" : "&") + "state=" + URLEncoder.encode(state, StandardCharsets.UTF_8);
    }

    private Reply confirm(Attempt attempt, Request request) {
        var asked = attempt.asked();
        var fields = new LinkedHashMap<String, String>();
        asked.client().ifPresent(client -> fields.put("client_id", client.clientId().value()));
        asked.redirect().ifPresent(uri -> fields.put("post_logout_redirect_uri", uri));
        asked.state().ifPresent(state -> fields.put("state", state));
        return pages.render(new Page.LogoutConfirm(request.issuer().at(PATH), step(attempt.cookie()),
                asked.client().map(Client::clientName), fields), request, List.of());
    }

    /** The person changed their mind: back to the application, as far as its address is known. */
    private Reply stay(LogoutRequest asked, Request request) {
        return asked.client().flatMap(Client::clientUri)
                .map(uri -> Reply.seeOther(uri.toString()))
                .orElseGet(() -> Reply.seeOther(request.issuer().url() + '/'));
    }

    private static Optional<Page.Link> home(Optional<Client> client) {
        return client.flatMap(known -> known.clientUri().map(uri -> new Page.Link(uri.toString(), known.clientName())));
    }

    /** Known only to who has the cookie, and of no use for finding it: no other site can make up our form. */
    private static String step(String cookie) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(Sha256.of("logout " + cookie));
    }

    private static boolean isStep(String presented, String cookie) {
        return MessageDigest.isEqual(
                presented.getBytes(StandardCharsets.UTF_8), step(cookie).getBytes(StandardCharsets.UTF_8));
    }

    private static boolean isRewritable(Form parameters) {
        return !parameters.names().isEmpty()
                && parameters.optional("step").isEmpty()
                && Parameters.encode(parameters).length() <= REWRITTEN_LENGTH_MAX;
    }
}
