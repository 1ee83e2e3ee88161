package gatehouse.idp.oauth.authorize;

import gatehouse.idp.audit.AuditAction;
import gatehouse.idp.audit.AuditEvent;
import gatehouse.idp.audit.AuditTrail;
import gatehouse.idp.http.Endpoint;
import gatehouse.idp.http.Reply;
import gatehouse.idp.http.Request;
import gatehouse.idp.login.Login;
import gatehouse.idp.login.LoginAnswer;
import gatehouse.idp.login.LoginOutcome;
import gatehouse.idp.oauth.gate.Gate;
import gatehouse.idp.oauth.wire.ErrorCode;
import gatehouse.idp.oauth.wire.OAuthError;
import gatehouse.idp.page.Pages;
import gatehouse.spi.Deadline;
import java.util.Map;

/** Where the browser comes back from the login: the target is proven anew, and the client told how it ended. */
public final class ResumeEndpoint implements Endpoint {

    private final Gate gate;
    private final TargetProof targets;
    private final Login login;
    private final CodeIssuer codes;
    private final AuthorizationResponder responder;
    private final AuditTrail trail;

    public ResumeEndpoint(Gate gate, Login login, CodeIssuer codes, Pages pages, AuditTrail trail) {
        this.gate = gate;
        this.targets = new TargetProof(gate);
        this.login = login;
        this.codes = codes;
        this.responder = new AuthorizationResponder(pages);
        this.trail = trail;
    }

    @Override
    public Reply handle(Request request, Deadline deadline) {
        gate.requireIssuer(request.issuer(), deadline);
        return switch (login.resume(request.query().optional("flow").orElse(""), request, deadline)) {
            case LoginOutcome.Finished(var result) -> {
                var carried = Carried.of(result.carried());
                var target = targets.prove(request.issuer(), carried, deadline);
                try {
                    yield responder.grant(target, codes.issue(target, carried, result, deadline), request);
                } catch (OAuthError refused) {
                    yield refuse(target, refused.code(), refused.description(), refused.reason(), request);
                }
            }
            case LoginOutcome.Denied(Map<String, String> kept, var reason, var description) -> {
                var target = targets.prove(request.issuer(), Carried.of(kept), deadline);
                yield refuse(target, LoginAnswer.Need.of(reason).map(AuthorizeEndpoint::error)
                        .orElse(ErrorCode.ACCESS_DENIED), description, reason, request);
            }
            case LoginOutcome.Gone() -> login.restart(request, deadline);
        };
    }

    private Reply refuse(Target target, ErrorCode error, String description, String reason, Request request) {
        trail.record(AuditEvent.of(AuditAction.LOGIN_REFUSED, request.issuer().name(), request.traceId())
                .client(target.client().clientId())
                .address(request.clientAddress())
                .reason(reason));
        return responder.refuse(target, error, description, request);
    }
}
