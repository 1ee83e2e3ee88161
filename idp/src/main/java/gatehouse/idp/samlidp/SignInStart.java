package gatehouse.idp.samlidp;

import gatehouse.idp.client.ServiceProvider;
import gatehouse.idp.http.Reply;
import gatehouse.idp.http.Request;
import gatehouse.idp.login.Login;
import gatehouse.idp.login.LoginAnswer;
import gatehouse.idp.login.LoginRequest;
import gatehouse.idp.login.LoginRequest.RelyingParty;
import gatehouse.idp.samlwire.StatusCode;
import gatehouse.spi.Deadline;
import java.net.URI;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Begins a login for a service provider: at once answered where there is a session that will do. */
final class SignInStart {

    private final Login login;
    private final SignOn signOn;
    private final ResponseWriter responses;

    SignInStart(Login login, SignOn signOn, ResponseWriter responses) {
        this.login = login;
        this.signOn = signOn;
        this.responses = responses;
    }

    /**
     * A login that is wanted.
     *
     * @param prompts   {@code login} to ask again, {@code none} not to ask
     * @param loginHint who is probably signing in
     * @param restart   address that begins it anew, if one can
     */
    record Wish(ServiceProvider serviceProvider, AcceptedRequest accepted, Set<String> prompts,
            Optional<String> loginHint, Optional<String> restart) {}

    Reply begin(Wish wish, Request request, Deadline deadline) {
        return switch (login.begin(asked(wish, request), request, deadline)) {
            case LoginAnswer.Done(var result) ->
                    signOn.answer(wish.accepted(), result.session(), request, deadline);
            case LoginAnswer.Interact(var reply) -> reply;
            case LoginAnswer.NotSilently(var _) -> responses.refusal(StatusCode.RESPONDER,
                    Optional.of(StatusCode.NO_PASSIVE), SignOn.address(wish.accepted()), request);
        };
    }

    private static LoginRequest asked(Wish wish, Request http) {
        var sp = wish.serviceProvider();
        var accepted = wish.accepted();
        return new LoginRequest(http.issuer(), new RelyingParty("saml", sp.entityId(), sp.displayName(), home(sp)),
                SamlIdpRoutes.RESUME, wish.restart(), accepted.carried(), wish.prompts(), Optional.empty(),
                accepted.context().classes().stream().filter(c -> !c.equals(AuthnContexts.UNSPECIFIED)).toList(),
                wish.loginHint(), sp.organization(), Optional.empty(), List.of(), List.of());
    }

    /** Where the application probably lives: the origin of the address that it registered. */
    private static Optional<String> home(ServiceProvider sp) {
        return sp.assertionConsumerServices().stream().findFirst()
                .map(acs -> URI.create(acs).resolve("/").toString());
    }
}
