package gatehouse.idp.oauth.authorize;

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
import gatehouse.idp.login.Login;
import gatehouse.idp.login.LoginAnswer;
import gatehouse.idp.login.LoginRequest;
import gatehouse.idp.oauth.authorize.rule.IdTokenHintRule;
import gatehouse.idp.oauth.authorize.rule.MaxAgeRule;
import gatehouse.idp.oauth.authorize.rule.OrganizationRule;
import gatehouse.idp.oauth.authorize.rule.ScopeRule;
import gatehouse.idp.oauth.gate.Gate;
import gatehouse.idp.oauth.wire.ErrorCode;
import gatehouse.idp.oauth.wire.OAuthError;
import gatehouse.idp.oauth.wire.Parameters;
import gatehouse.idp.oauth.wire.Reason;
import gatehouse.idp.oauth.wire.Scopes;
import gatehouse.idp.page.Pages;
import gatehouse.spi.Deadline;
import java.net.URI;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;

/**
 * The authorization endpoint (RFC 6749 §3.1, OpenID Connect Core §3.1.2.1), by GET and POST. The order of its lines
 * is the order of the checks; below the line that proves the target, a refusal is sent to the client.
 */
public final class AuthorizeEndpoint implements Endpoint {

    /** Path of the resume endpoint within the issuer. */
    public static final String RESUME_PATH = "/authorize/resume";

    private static final String PATH = "/authorize";
    private static final String SESSION_COOKIE = "sid";
    /**
     * Longest address that a POSTed request is rewritten to, in characters: within every browser's and proxy's
     * limits.
     */
    private static final int RESTART_LENGTH_MAX = 4000;

    private final Gate gate;
    private final TargetProof targets;
    private final List<AuthorizationRule> rules;
    private final JwtVerifier verifier;
    private final Login login;
    private final CodeIssuer codes;
    private final AuthorizationResponder responder;
    private final CookieNames cookies;
    private final AuditTrail trail;

    /** What the endpoint works with. */
    public record Parts(
            Gate gate,
            List<AuthorizationRule> rules,
            JwtVerifier verifier,
            Login login,
            CodeIssuer codes,
            Pages pages,
            CookieNames cookies,
            AuditTrail trail) {}

    public AuthorizeEndpoint(Parts parts) {
        this.gate = parts.gate();
        this.targets = new TargetProof(parts.gate());
        this.rules = List.copyOf(parts.rules());
        this.verifier = parts.verifier();
        this.login = parts.login();
        this.codes = parts.codes();
        this.responder = new AuthorizationResponder(parts.pages());
        this.cookies = parts.cookies();
        this.trail = parts.trail();
    }

    @Override
    public Reply handle(Request request, Deadline deadline) {
        gate.requireIssuer(request.issuer(), deadline);
        var parameters = request.method().equals("POST") ? request.form() : request.query();
        var target = targets.prove(request.issuer(), parameters, deadline);
        try {
            var asked = new Asked(target, parameters);
            rules.forEach(rule -> rule.require(asked, deadline));
            return signIn(asked, request, deadline);
        } catch (OAuthError refused) {
            trail.record(AuditEvent.of(AuditAction.LOGIN_REFUSED, request.issuer().name(), request.traceId())
                    .client(target.client().clientId())
                    .address(request.clientAddress())
                    .reason(refused.reason()));
            return responder.refuse(target, refused.code(), refused.description(), request);
        }
    }

    private Reply signIn(Asked asked, Request request, Deadline deadline) {
        var carried = carried(asked);
        var wanted = loginRequest(asked, carried, request);
        if (lacksCookies(request) && wanted.restartPath().isPresent()) {
            return Reply.seeOther(request.issuer().at(wanted.restartPath().get()));
        }
        return switch (login.begin(wanted, request, deadline)) {
            case LoginAnswer.Done(var result) ->
                responder.grant(asked.target(), codes.issue(asked.target(), carried, result, deadline), request);
            case LoginAnswer.Interact(var reply) -> reply;
            case LoginAnswer.NotSilently(var need) -> throw OAuthError.of(
                    error(need), Reason.NOT_SILENTLY, "This cannot be done without showing a page.");
        };
    }

    /**
     * A cross-site POST comes without SameSite cookies, so without the session; the GET that follows it brings them.
     */
    private boolean lacksCookies(Request request) {
        return request.method().equals("POST")
                && request.cookie(cookies.name(SESSION_COOKIE, request.issuer())).isEmpty();
    }

    static ErrorCode error(LoginAnswer.Need need) {
        return switch (need) {
            case LOGIN_REQUIRED -> ErrorCode.LOGIN_REQUIRED;
            case INTERACTION_REQUIRED -> ErrorCode.INTERACTION_REQUIRED;
            case CONSENT_REQUIRED -> ErrorCode.CONSENT_REQUIRED;
            case ACCOUNT_SELECTION_REQUIRED -> ErrorCode.ACCOUNT_SELECTION_REQUIRED;
        };
    }

    private Carried carried(Asked asked) {
        var target = asked.target();
        return new Carried(
                target.client().clientId().value(),
                target.redirectUri(),
                target.mode(),
                target.state(),
                ScopeRule.scopes(asked),
                !target.client().firstParty() || asked.words("prompt").contains(Prompt.CONSENT),
                asked.one("nonce"),
                asked.one("code_challenge"),
                IdTokenHintRule.user(asked, verifier),
                OrganizationRule.organization(asked));
    }

    private static LoginRequest loginRequest(Asked asked, Carried carried, Request request) {
        return new LoginRequest(
                request.issuer(),
                relyingParty(asked.target().client()),
                RESUME_PATH,
                restartPath(request, asked.parameters()),
                carried.toMap(),
                new HashSet<>(asked.words("prompt")),
                MaxAgeRule.maxAge(asked),
                asked.words("acr_values"),
                asked.one("login_hint"),
                carried.organization(),
                carried.user(),
                asked.words("ui_locales"),
                carried.asksConsent() ? consentScopes(carried.scopes()) : List.of());
    }

    /** {@code openid} is the sign-in itself; what needs consent is what is told beyond it. */
    private static List<String> consentScopes(List<String> scopes) {
        var telling = scopes.stream().filter(scope -> !scope.equals(Scopes.OPENID)).toList();
        return telling.isEmpty() ? scopes : telling;
    }

    private static LoginRequest.RelyingParty relyingParty(Client client) {
        return new LoginRequest.RelyingParty(
                "oidc", client.clientId().value(), client.clientName(), client.clientUri().map(URI::toString));
    }

    private static Optional<String> restartPath(Request request, Form parameters) {
        var query = request.method().equals("POST") ? Parameters.encode(parameters) : request.rawQuery();
        var path = PATH + '?' + query;
        return path.length() <= RESTART_LENGTH_MAX ? Optional.of(path) : Optional.empty();
    }
}
