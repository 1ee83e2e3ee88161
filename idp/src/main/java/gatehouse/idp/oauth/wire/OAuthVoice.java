package gatehouse.idp.oauth.wire;

import gatehouse.idp.http.BadRequest;
import gatehouse.idp.http.Refusal;
import gatehouse.idp.http.Reply;
import gatehouse.idp.http.Request;
import gatehouse.idp.http.Voice;

/** How the direct OAuth endpoints say no: JSON of RFC 6749 §5.2, with the request's trace id as a further member. */
public final class OAuthVoice implements Voice {

    private static final int UNSUPPORTED_MEDIA_TYPE = 415;

    @Override
    public Reply refuse(Refusal refusal, Request request) {
        return switch (refusal) {
            case OAuthError error -> challenged(error,
                    reply(error.code().status(), error.code(), error.description(), request));
            case BadRequest bad -> reply(status(bad), ErrorCode.INVALID_REQUEST, bad.description(), request);
            default -> unavailable(request);
        };
    }

    /** RFC 6749 §5.2 knows no 415: a body that is not a form is an {@code invalid_request}, 400. */
    private static int status(BadRequest bad) {
        return bad.status() == UNSUPPORTED_MEDIA_TYPE ? ErrorCode.INVALID_REQUEST.status() : bad.status();
    }

    private static Reply challenged(OAuthError error, Reply reply) {
        var answer = error.challenge().map(challenge -> reply.with("WWW-Authenticate", challenge)).orElse(reply);
        return error.code() == ErrorCode.TEMPORARILY_UNAVAILABLE ? answer.with("Retry-After", "1") : answer;
    }

    @Override
    public Reply unavailable(Request request) {
        return reply(503, ErrorCode.TEMPORARILY_UNAVAILABLE, "The server cannot answer now. Try again shortly.",
                request)
                .with("Retry-After", "1");
    }

    @Override
    public Reply fault(Request request) {
        return reply(500, ErrorCode.SERVER_ERROR, "The server failed. Its operators can find the trace id.", request);
    }

    private static Reply reply(int status, ErrorCode code, String description, Request request) {
        return JsonReply.of(status, new JsonBytes()
                .field("error", code.wire())
                .field("error_description", description)
                .field("trace_id", request.traceId())
                .toBytes());
    }
}
