package gatehouse.idp.admin;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import gatehouse.idp.http.BadRequest;
import gatehouse.idp.http.Refusal;
import gatehouse.idp.http.Reply;
import gatehouse.idp.http.Request;
import gatehouse.idp.http.Voice;
import java.nio.charset.StandardCharsets;

/** Says no as {@code application/problem+json} (RFC 9457) with the request's trace id. */
public final class ProblemVoice implements Voice {

    /** Media type of a problem. */
    static final String MEDIA_TYPE = "application/problem+json";

    @Override
    public Reply refuse(Refusal refusal, Request request) {
        return switch (refusal) {
            case ProblemError problem -> refused(problem, request);
            case BadRequest bad -> reply(problem(bad.status(), "The request is not correct", bad, request));
            default -> reply(problem(400, "The request cannot be carried out", refusal, request));
        };
    }

    private static Reply refused(ProblemError problem, Request request) {
        var json = problem(problem.status(), problem.title(), problem, request);
        if (!problem.errors().isEmpty()) {
            var errors = json.putArray("errors");
            problem.errors().forEach(error ->
                    errors.addObject().put("field", error.field()).put("problem", error.problem()));
        }
        var reply = reply(json);
        // RFC 6750 §3: no error code when nothing was sent.
        return switch (problem.why()) {
            case NOT_AUTHENTICATED -> reply.with("WWW-Authenticate", "Bearer realm=\"admin\"");
            case TOKEN_INVALID -> reply.with("WWW-Authenticate", "Bearer realm=\"admin\", error=\"invalid_token\"");
            case NOT_ALLOWED -> reply.with("WWW-Authenticate",
                    "Bearer realm=\"admin\", error=\"insufficient_scope\", scope=\"" + AdminAccess.FULL + "\"");
            case INVALID_REQUEST, INVALID_DOCUMENT, NOT_FOUND, EXISTS, REFERENCE_MISSING, IN_USE, NOT_KEPT,
                    CHANGED_MEANWHILE, BODY_TOO_LARGE, MEDIA_TYPE, NOT_VERIFIED, IF_MATCH_MISSING, NOT_READY,
                    NOT_HELD, LOWERS_TRUST, METADATA_REFUSED -> reply;
        };
    }

    @Override
    public Reply unavailable(Request request) {
        var json = problem(503, "Not now", "unavailable", "The server cannot answer now: try again.", request);
        return reply(json).with("Retry-After", "1");
    }

    @Override
    public Reply fault(Request request) {
        return reply(problem(500, "The server failed", "fault",
                "Something went wrong here. Name the trace id when you report it.", request));
    }

    private static ObjectNode problem(int status, String title, Refusal refusal, Request request) {
        return problem(status, title, refusal.reason(), refusal.description(), request);
    }

    private static ObjectNode problem(int status, String title, String reason, String detail, Request request) {
        return JsonNodeFactory.instance.objectNode()
                .put("type", "urn:gatehouse:problem:" + reason)
                .put("title", title)
                .put("status", status)
                .put("detail", detail)
                .put("trace_id", request.traceId());
    }

    private static Reply reply(ObjectNode problem) {
        var body = problem.toString().getBytes(StandardCharsets.UTF_8);
        return Reply.of(problem.path("status").asInt(), MEDIA_TYPE, body).noStore();
    }
}
