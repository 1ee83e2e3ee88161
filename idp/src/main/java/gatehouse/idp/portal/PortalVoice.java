package gatehouse.idp.portal;

import gatehouse.idp.http.BadRequest;
import gatehouse.idp.http.Refusal;
import gatehouse.idp.http.Reply;
import gatehouse.idp.http.Request;
import gatehouse.idp.http.Voice;
import java.util.Optional;

/** How the portal says no: by a screen of its own. */
final class PortalVoice implements Voice {

    private static final String RETRY_AFTER_SECONDS = "5";

    private final Desk desk;

    PortalVoice(Desk desk) {
        this.desk = desk;
    }

    @Override
    public Reply refuse(Refusal refusal, Request request) {
        return switch (refusal) {
            case PortalRefusal ours -> show(ours.status(), ours.word(), request);
            case BadRequest malformed -> show(malformed.status(),
                    malformed.status() == 404 ? "not_found" : "input_unusable", request);
            case Refusal other -> show(400, "input_unusable", request);
        };
    }

    @Override
    public Reply unavailable(Request request) {
        return show(503, "unavailable", request).with("Retry-After", RETRY_AFTER_SECONDS);
    }

    @Override
    public Reply fault(Request request) {
        return show(500, "fault", request);
    }

    private Reply show(int status, String word, Request request) {
        var wayOn = word.equals("no_session") || word.equals("link_unknown") ? Optional.<String>empty()
                : Optional.of(PortalPaths.base(request.issuer()));
        return desk.outside(status, new Screen.Problem(status, word, wayOn), request);
    }
}
