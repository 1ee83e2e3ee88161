package gatehouse.idp.samlidp;

import gatehouse.idp.http.Reply;
import gatehouse.idp.http.Request;
import gatehouse.idp.keys.SamlKeys;
import gatehouse.idp.page.Page;
import gatehouse.idp.page.Pages;
import gatehouse.idp.samlidp.RequestVerdict.ReturnAddress;
import gatehouse.idp.samlwire.IssuedResponse;
import gatehouse.idp.samlwire.IssuedResponse.IssuedAssertion;
import gatehouse.idp.samlwire.IssuedResponse.Protection;
import gatehouse.idp.samlwire.PostBinding;
import gatehouse.idp.samlwire.SamlWire;
import gatehouse.idp.samlwire.StatusCode;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;

/** Signs a response and gives it to the browser to post (saml-bindings §3.5). */
final class ResponseWriter {

    private final SamlWire wire;
    private final SamlKeys keys;
    private final Pages pages;
    private final InstantSource time;

    ResponseWriter(SamlWire wire, SamlKeys keys, Pages pages, InstantSource time) {
        this.wire = wire;
        this.keys = keys;
        this.pages = pages;
        this.time = time;
    }

    /** Whole milliseconds: some readers of dates know no more digits. */
    Instant now() {
        return time.instant().truncatedTo(ChronoUnit.MILLIS);
    }

    Reply assertion(IssuedAssertion assertion, Protection protection, ReturnAddress to, Request request) {
        return post(StatusCode.SUCCESS, Optional.empty(), Optional.of(assertion), protection, to, request);
    }

    Reply refusal(StatusCode status, Optional<StatusCode> detail, ReturnAddress to, Request request) {
        return post(status, detail, Optional.empty(), Protection.BOTH, to, request);
    }

    private Reply post(StatusCode status, Optional<StatusCode> detail, Optional<IssuedAssertion> assertion,
            Protection protection, ReturnAddress to, Request request) {
        var issuer = request.issuer();
        var credential = keys.signing(issuer.name());
        var xml = wire.sign(new IssuedResponse(wire.newId(), issuer.at(SamlIdpRoutes.ENTITY), now(), to.acs(),
                to.requestId(), status, detail, assertion, protection), credential.key(), credential.certificate());
        var page = new Page.AutoPost(to.acs(), PostBinding.fields("SAMLResponse", xml, to.relayState()));
        return pages.render(page, request, List.of());
    }
}
