package gatehouse.idp.login;

import gatehouse.idp.http.Endpoint;
import gatehouse.idp.http.Reply;
import gatehouse.idp.http.Request;
import gatehouse.spi.Deadline;
import java.util.Optional;

/** {@code /login/landed}: leads a login that began at an identity provider to its target, with the session it made. */
final class LandingEndpoint implements Endpoint {

    static final String PATH = "/login/landed";
    static final String TARGET = "target";

    private final Login login;

    LandingEndpoint(Login login) {
        this.login = login;
    }

    @Override
    public Reply handle(Request request, Deadline deadline) {
        return switch (login.resume(request.query().optional("flow").orElse(""), request, deadline)) {
            case LoginOutcome.Finished(var result) when result.carried().containsKey(TARGET) ->
                    Reply.seeOther(result.carried().get(TARGET));
            case LoginOutcome.Denied _ -> throw LoginError.of(LoginReason.LANDING_DECLINED, Optional.empty());
            // A flow of another front door has no business here, and is none of ours to finish.
            case LoginOutcome.Finished _, LoginOutcome.Gone _ -> login.restart(request, deadline);
        };
    }
}
