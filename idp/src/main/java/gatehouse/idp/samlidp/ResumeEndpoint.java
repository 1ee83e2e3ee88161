package gatehouse.idp.samlidp;

import gatehouse.idp.http.Endpoint;
import gatehouse.idp.http.Reply;
import gatehouse.idp.http.Request;
import gatehouse.idp.login.Login;
import gatehouse.idp.login.LoginAnswer;
import gatehouse.idp.login.LoginOutcome;
import gatehouse.idp.samlwire.StatusCode;
import gatehouse.spi.Deadline;
import java.util.Optional;

/** Where a login ends that a service provider asked for: {@code /saml/idp/resume}. */
final class ResumeEndpoint implements Endpoint {

    private final Login login;
    private final SignOn signOn;
    private final ResponseWriter responses;

    ResumeEndpoint(Login login, SignOn signOn, ResponseWriter responses) {
        this.login = login;
        this.signOn = signOn;
        this.responses = responses;
    }

    @Override
    public Reply handle(Request request, Deadline deadline) {
        return switch (login.resume(request.query().optional("flow").orElse(""), request, deadline)) {
            case LoginOutcome.Finished(var result) ->
                    signOn.answer(AcceptedRequest.of(result.carried()), result.session(), request, deadline);
            case LoginOutcome.Denied denied -> responses.refusal(StatusCode.RESPONDER,
                    Optional.of(LoginAnswer.Need.of(denied.reason()).isPresent()
                            ? StatusCode.NO_PASSIVE : StatusCode.REQUEST_DENIED),
                    SignOn.address(AcceptedRequest.of(denied.carried())), request);
            case LoginOutcome.Gone() -> login.restart(request, deadline);
        };
    }
}
