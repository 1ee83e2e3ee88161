package gatehouse.idp.samlidp;

import gatehouse.idp.http.Endpoint;
import gatehouse.idp.http.Reply;
import gatehouse.idp.http.Request;
import gatehouse.idp.page.Page;
import gatehouse.idp.page.Pages;
import gatehouse.idp.samlidp.RequestVerdict.Accepted;
import gatehouse.idp.samlidp.RequestVerdict.Declined;
import gatehouse.idp.samlwire.AuthnRequest;
import gatehouse.idp.samlwire.PostBinding;
import gatehouse.idp.samlwire.RelayState;
import gatehouse.spi.Deadline;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Takes requests to sign somebody in: {@code /saml/idp/sso}, by Redirect and by POST (saml-profiles §4.1.3.3). */
final class SsoEndpoint implements Endpoint {

    private final AuthnRequestValidator validator;
    private final SignInStart start;
    private final ResponseWriter responses;
    private final Pages pages;

    SsoEndpoint(AuthnRequestValidator validator, SignInStart start, ResponseWriter responses, Pages pages) {
        this.validator = validator;
        this.start = start;
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
        // A posted request cannot be repeated by a link, so a login begun by one cannot be begun anew by one.
        var restart = request.method().equals("GET")
                ? Optional.of(SamlIdpRoutes.SSO + '?' + request.rawQuery()) : Optional.<String>empty();
        return start.begin(new SignInStart.Wish(accepted.serviceProvider(), accepted.accepted(),
                prompts(accepted.request()),
                accepted.request().subject().filter(subject -> subject.length() <= 320), restart), request, deadline);
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
}
