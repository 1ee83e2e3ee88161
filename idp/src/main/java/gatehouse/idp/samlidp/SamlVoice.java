package gatehouse.idp.samlidp;

import gatehouse.idp.audit.AuditAction;
import gatehouse.idp.audit.AuditEvent;
import gatehouse.idp.audit.AuditTrail;
import gatehouse.idp.http.Refusal;
import gatehouse.idp.http.Reply;
import gatehouse.idp.http.Request;
import gatehouse.idp.http.Voice;
import gatehouse.idp.page.Page;
import gatehouse.idp.page.Pages;
import gatehouse.idp.samlwire.SamlError;
import java.util.List;
import java.util.Optional;

/** Says no to a service provider's request on a page, where it is not proved that anybody else may be told. */
final class SamlVoice implements Voice {

    private final Pages pages;
    private final AuditTrail audit;
    private final Voice otherwise;

    /** @param otherwise words what is not SAML's: limits of HTTP, lack of time, faults */
    SamlVoice(Pages pages, AuditTrail audit, Voice otherwise) {
        this.pages = pages;
        this.audit = audit;
        this.otherwise = otherwise;
    }

    @Override
    public Reply refuse(Refusal refusal, Request request) {
        if (!(refusal instanceof SamlError error)) {
            return otherwise.refuse(refusal, request);
        }
        audit.record(AuditEvent.of(AuditAction.CLIENT_REFUSED, request.issuer().name(), request.traceId())
                .address(request.clientAddress()).reason(error.reason()));
        return pages.render(new Page.Error(400, code(error), Page.Fixer.THE_APPLICATION,
                Optional.of(error.description()), Optional.empty()), request, List.of());
    }

    private static String code(SamlError error) {
        return switch (error.why()) {
            case SERVICE_PROVIDER_UNKNOWN, SERVICE_PROVIDER_DISABLED, UNSOLICITED_NOT_ALLOWED -> "SAML-APP-01";
            case ACS_NOT_REGISTERED, BINDING_UNSUPPORTED -> "SAML-APP-02";
            case UNSIGNED, SIGNATURE_INVALID, SIGNATURE_STRUCTURE, SIGNATURE_ALGORITHM_REFUSED,
                    DIGEST_ALGORITHM_REFUSED, DIGEST_MISMATCH -> "SAML-APP-03";
            // Every other way for a message to be wrong: its sender's developer is the one to look.
            default -> "SAML-APP-04";
        };
    }

    @Override
    public Reply unavailable(Request request) {
        return otherwise.unavailable(request);
    }

    @Override
    public Reply fault(Request request) {
        return otherwise.fault(request);
    }
}
