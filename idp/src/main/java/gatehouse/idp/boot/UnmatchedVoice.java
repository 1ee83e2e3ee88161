package gatehouse.idp.boot;

import gatehouse.idp.http.BadRequest;
import gatehouse.idp.http.Refusal;
import gatehouse.idp.http.Reply;
import gatehouse.idp.http.Request;
import gatehouse.idp.http.Voice;
import java.nio.charset.StandardCharsets;

/** How the server says no where no protocol does: a page to browsers, problem details (RFC 9457) to programs. */
final class UnmatchedVoice implements Voice {

    private final Voice pages;

    UnmatchedVoice(Voice pages) {
        this.pages = pages;
    }

    @Override
    public Reply refuse(Refusal refusal, Request request) {
        if (wantsPage(request)) {
            return pages.refuse(refusal, request);
        }
        var status = refusal instanceof BadRequest malformed ? malformed.status() : 400;
        return problem(status, refusal.description(), request);
    }

    @Override
    public Reply unavailable(Request request) {
        return wantsPage(request)
                ? pages.unavailable(request)
                : problem(503, "try again in a moment", request).with("Retry-After", "1");
    }

    @Override
    public Reply fault(Request request) {
        return wantsPage(request) ? pages.fault(request) : problem(500, "something went wrong here", request);
    }

    private static boolean wantsPage(Request request) {
        return request.header("accept").map(accept -> accept.contains("text/html")).orElse(false);
    }

    /** All values are ours: nothing of the request is echoed but its trace id, which has a fixed form. */
    private static Reply problem(int status, String detail, Request request) {
        var body = "{\"type\":\"about:blank\",\"status\":" + status + ",\"detail\":\"" + detail + "\",\"trace_id\":\""
                + request.traceId() + "\"}";
        return Reply.of(status, "application/problem+json", body.getBytes(StandardCharsets.UTF_8)).noStore();
    }
}
