package gatehouse.idp.edge;

import gatehouse.idp.http.Reply;
import gatehouse.idp.http.Route;

/** Answers OPTIONS: what may be asked here, and whether scripts of other origins may ask (Fetch standard). */
final class Preflight {

    private Preflight() {}

    static Reply answer(Route.Cors cors, String allow) {
        var reply = Reply.empty(204).with("Allow", allow);
        return switch (cors) {
            case NONE -> reply;
            case ANY_ORIGIN -> reply.with("Access-Control-Allow-Methods", allow)
                    .with("Access-Control-Allow-Headers", "Authorization, Content-Type, DPoP")
                    .with("Access-Control-Max-Age", "3600");
        };
    }
}
