package gatehouse.idp.samlidp;

import gatehouse.idp.client.ServiceProvider;
import gatehouse.idp.http.Endpoint;
import gatehouse.idp.http.Reply;
import gatehouse.idp.http.Request;
import gatehouse.idp.login.Login;
import gatehouse.idp.login.LoginAnswer;
import gatehouse.idp.login.LoginRequest;
import gatehouse.idp.login.LoginRequest.RelyingParty;
import gatehouse.idp.page.Page;
import gatehouse.idp.page.Pages;
import gatehouse.idp.samlidp.RequestVerdict.Accepted;
import gatehouse.idp.samlidp.RequestVerdict.Declined;
import gatehouse.idp.samlwire.AuthnRequest;
import gatehouse.idp.samlwire.PostBinding;
import gatehouse.idp.samlwire.RelayState;
import gatehouse.idp.samlwire.StatusCode;
import gatehouse.spi.Deadline;
import java.net.URI;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Takes requests to sign somebody in: {@code /saml/idp/sso}, by Redirect and by POST (saml-profiles §4.1.3.3). */
final class SsoEndpoint implements Endpoint {

    private final AuthnRequestValidator validator;
    private final Login login;
    private final SignOn signOn;
    private final ResponseWriter responses;
    private final Pages pages;

    SsoEndpoint(AuthnRequestValidator validator, Login login, SignOn signOn, ResponseWriter responses, Pages pages) {
        this.validator = validator;
        this.login = login;
        this.signOn = signOn;
        this.responses = responses;
        this.pages = pages;
    }

    @Override
    public Reply handle(Request request, Deadline deadline) {
        if (comesFromAnotherSite(request)) {
            return postAgain(request);
        }
        return switch (validator.validate(request, deadline)) {
            case Declined(var to, var status, var detail) -> responses.refusal(status, detail, to, request);
            case Accepted accepted -> signIn(accepted, request, deadline);
        };
    }

    /**
     * A form posted by another site brings no cookie of ours along ({@code SameSite=Lax}), and a session that is there
     * would not be seen. Posted once more, by a page of our own, it does.
     */
    private static boolean comesFromAnotherSite(Request request) {
        return request.method().equals("POST")
                && request.header("sec-fetch-site").equals(Optional.of("cross-site"));
    }

    private Reply postAgain(Request request) {
        var message = PostBinding.decode(request.form(), "SAMLRequest");
        return pages.render(new Page.AutoPost(request.issuer().at(SamlIdpRoutes.SSO),
                PostBinding.fields("SAMLRequest", message, RelayState.in(request.form()))), request, List.of());
    }

    private Reply signIn(Accepted accepted, Request request, Deadline deadline) {
        return switch (login.begin(asked(accepted, request), request, deadline)) {
            case LoginAnswer.Done(var result) ->
                    signOn.answer(accepted.accepted(), result.session(), request, deadline);
            case LoginAnswer.Interact(var reply) -> reply;
            case LoginAnswer.NotSilently(var _) -> responses.refusal(StatusCode.RESPONDER,
                    Optional.of(StatusCode.NO_PASSIVE), SignOn.address(accepted.accepted()), request);
        };
    }

    private static LoginRequest asked(Accepted accepted, Request http) {
        var request = accepted.request();
        var sp = accepted.serviceProvider();
        // A posted request cannot be repeated by a link, so a login begun by one cannot be begun anew by one.
        var restart = http.method().equals("GET")
                ? Optional.of(SamlIdpRoutes.SSO + '?' + http.rawQuery()) : Optional.<String>empty();
        return new LoginRequest(http.issuer(), new RelyingParty("saml", sp.entityId(), sp.displayName(), home(sp)),
                SamlIdpRoutes.RESUME, restart, accepted.accepted().carried(), prompts(request), Optional.empty(),
                request.context().classes().stream().filter(c -> !c.equals(AuthnContexts.UNSPECIFIED)).toList(),
                request.subject().filter(subject -> subject.length() <= 320), sp.organization(), Optional.empty(),
                List.of(), List.of());
    }

    private static Set<String> prompts(AuthnRequest request) {
        var prompts = new HashSet<String>();
        if (request.forceAuthn()) {
            prompts.add("login");
        }
        if (request.passive()) {
            prompts.add("none");
        }
        return Set.copyOf(prompts);
    }

    /** Where the application probably lives: the origin of the address that it registered. */
    private static Optional<String> home(ServiceProvider sp) {
        return sp.assertionConsumerServices().stream().findFirst()
                .map(acs -> URI.create(acs).resolve("/").toString());
    }
}
