package gatehouse.idp.logout;

import gatehouse.idp.http.BadRequest;
import gatehouse.idp.http.Refusal;
import gatehouse.idp.http.Reply;
import gatehouse.idp.http.Request;
import gatehouse.idp.http.Voice;
import java.nio.charset.StandardCharsets;

/** How no is said to a provider's server: 400 and a word (OpenID Connect Back-Channel Logout §2.8). */
final class NoticeVoice implements Voice {

    @Override
    public Reply refuse(Refusal refusal, Request request) {
        int status = refusal instanceof BadRequest bad ? bad.status() : 400;
        return json(status, "invalid_request");
    }

    @Override
    public Reply unavailable(Request request) {
        return json(503, "temporarily_unavailable").with("Retry-After", "5");
    }

    @Override
    public Reply fault(Request request) {
        return json(500, "server_error");
    }

    private static Reply json(int status, String error) {
        return Reply.json(status, ("{\"error\":\"" + error + "\"}").getBytes(StandardCharsets.US_ASCII)).noStore();
    }
}
