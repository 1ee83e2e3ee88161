package gatehouse.idp.oauth.wire;

import gatehouse.idp.http.BadRequest;
import gatehouse.idp.http.Refusal;
import gatehouse.idp.http.Reply;
import gatehouse.idp.http.Request;
import gatehouse.idp.http.Voice;

/** How a resource of ours says no to a bearer token: {@code WWW-Authenticate} of RFC 6750 §3, and the same as JSON. */
public final class BearerVoice implements Voice {

    private final OAuthVoice json = new OAuthVoice();

    @Override
    public Reply refuse(Refusal refusal, Request request) {
        var reply = json.refuse(refusal, request);
        return switch (refusal) {
            case OAuthError error when error.code().status() < 500 ->
                reply.with("WWW-Authenticate", challenge(request, error.cause(), error.code(), error.description()));
            case BadRequest bad when bad.status() == 400 -> reply.with("WWW-Authenticate",
                    challenge(request, Reason.PARAMETER_MALFORMED, ErrorCode.INVALID_REQUEST, bad.description()));
            default -> reply;
        };
    }

    private static String challenge(Request request, Reason reason, ErrorCode code, String description) {
        var realm = "Bearer realm=\"" + request.issuer().url() + '"';
        // RFC 6750 §3.1: who brought no token at all is told of no error.
        return reason == Reason.TOKEN_MISSING
                ? realm
                : realm + ", error=\"" + code.wire() + "\", error_description=\"" + description + '"';
    }

    @Override
    public Reply unavailable(Request request) {
        return json.unavailable(request);
    }

    @Override
    public Reply fault(Request request) {
        return json.fault(request);
    }
}
