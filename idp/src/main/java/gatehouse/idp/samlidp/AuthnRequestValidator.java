package gatehouse.idp.samlidp;

import gatehouse.idp.client.ClientCatalog;
import gatehouse.idp.client.ServiceProvider;
import gatehouse.idp.http.Request;
import gatehouse.idp.samlidp.RequestVerdict.Accepted;
import gatehouse.idp.samlidp.RequestVerdict.Declined;
import gatehouse.idp.samlidp.RequestVerdict.ReturnAddress;
import gatehouse.idp.samlwire.AuthnRequest;
import gatehouse.idp.samlwire.NameIdFormat;
import gatehouse.idp.samlwire.PostBinding;
import gatehouse.idp.samlwire.RedirectBinding;
import gatehouse.idp.samlwire.RelayState;
import gatehouse.idp.samlwire.SamlError;
import gatehouse.idp.samlwire.SamlReason;
import gatehouse.idp.samlwire.SamlWire;
import gatehouse.idp.samlwire.StatusCode;
import gatehouse.spi.Deadline;
import gatehouse.spi.Issuer;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;

/**
 * Judges what a service provider asks (saml-profiles §4.1.4.1). First who asks and where an answer may go: what fails
 * there is refused with a page. Then what is asked: what fails there is told to the service provider.
 */
final class AuthnRequestValidator {

    /** A request is carried here by a browser; one that lay about longer than this is not the login it was made for. */
    static final Duration AGE_MAX = Duration.ofHours(1);
    static final Duration CLOCK_SKEW = Duration.ofMinutes(3);
    private static final int ID_LENGTH_MAX = 256;

    private final SamlWire wire;
    private final ClientCatalog clients;
    private final InstantSource time;

    AuthnRequestValidator(SamlWire wire, ClientCatalog clients, InstantSource time) {
        this.wire = wire;
        this.clients = clients;
        this.time = time;
    }

    /** @throws SamlError if it is not proved where an answer may go */
    RequestVerdict validate(Request http, Deadline deadline) {
        return http.method().equals("GET") ? byRedirect(http, deadline) : byPost(http, deadline);
    }

    private RequestVerdict byRedirect(Request http, Deadline deadline) {
        var received = wire.redirectBinding().decode(http.rawQuery(), "SAMLRequest");
        var claimed = wire.read(received.xml()).claimed();
        var sp = serviceProvider(http.issuer(), claimed, deadline);
        boolean verified = needsVerifying(sp, received.signature().isPresent());
        if (verified) {
            received.verify(wire.policy(sp.certificates()));
        }
        return judge(http.issuer(), sp, claimed, received.relayState(), verified);
    }

    private RequestVerdict byPost(Request http, Deadline deadline) {
        var received = wire.read(PostBinding.decode(http.form(), "SAMLRequest"));
        var sp = serviceProvider(http.issuer(), received.claimed(), deadline);
        boolean verified = needsVerifying(sp, received.carriesSignature());
        var request = verified ? received.verified(wire.policy(sp.certificates())) : received.claimed();
        if (!request.issuer().equals(sp.entityId())) {
            throw new SamlError(SamlReason.SERVICE_PROVIDER_UNKNOWN);
        }
        return judge(http.issuer(), sp, request, RelayState.in(http.form()), verified);
    }

    private ServiceProvider serviceProvider(Issuer issuer, AuthnRequest claimed, Deadline deadline) {
        var sp = clients.serviceProvider(issuer.name(), claimed.issuer(), deadline)
                .orElseThrow(() -> new SamlError(SamlReason.SERVICE_PROVIDER_UNKNOWN));
        if (!sp.enabled()) {
            throw new SamlError(SamlReason.SERVICE_PROVIDER_DISABLED);
        }
        return sp;
    }

    /** A signature that no registered key could verify proves nothing, and is as good as none. */
    private static boolean needsVerifying(ServiceProvider sp, boolean signed) {
        if (sp.wantsAuthnRequestsSigned() && !(signed && !sp.certificates().isEmpty())) {
            throw new SamlError(SamlReason.UNSIGNED);
        }
        return signed && !sp.certificates().isEmpty();
    }

    private RequestVerdict judge(
            Issuer issuer, ServiceProvider sp, AuthnRequest request, Optional<String> relayState, boolean signed) {
        if (request.id().length() > ID_LENGTH_MAX) {
            throw new SamlError(SamlReason.MALFORMED_MESSAGE);
        }
        var to = new ReturnAddress(sp.entityId(), acs(sp, request), Optional.of(request.id()), relayState);
        if (!isTimely(request) || !isAddressedToUs(issuer, request, signed)) {
            return new Declined(to, StatusCode.REQUESTER, Optional.of(StatusCode.REQUEST_DENIED));
        }
        if (request.forceAuthn() && request.passive()) {
            return new Declined(to, StatusCode.RESPONDER, Optional.of(StatusCode.NO_PASSIVE));
        }
        var format = format(sp, request);
        if (format.isEmpty()) {
            return new Declined(to, StatusCode.REQUESTER, Optional.of(StatusCode.INVALID_NAMEID_POLICY));
        }
        return new Accepted(sp, request, new AcceptedRequest(
                sp.entityId(), to.acs(), to.requestId(), relayState, format.get(), request.context()));
    }

    /** The registered address that is asked for, or the first. */
    private static String acs(ServiceProvider sp, AuthnRequest request) {
        if (request.protocolBinding().filter(binding -> !binding.equals(PostBinding.URN)).isPresent()) {
            throw new SamlError(SamlReason.BINDING_UNSUPPORTED);
        }
        var registered = sp.assertionConsumerServices();
        var found = request.acsUrl().isPresent()
                ? request.acsUrl().filter(registered::contains)
                : Optional.of(request.acsIndex().orElse(0)).filter(index -> index >= 0 && index < registered.size())
                        .map(registered::get);
        return found.orElseThrow(() -> new SamlError(SamlReason.ACS_NOT_REGISTERED));
    }

    private boolean isTimely(AuthnRequest request) {
        var now = time.instant();
        return !request.issueInstant().isAfter(now.plus(CLOCK_SKEW))
                && request.issueInstant().plus(AGE_MAX).isAfter(now.minus(CLOCK_SKEW));
    }

    /** A signed request names its destination (saml-bindings §3.4.5.2, §3.5.5.2); an unsigned one may. */
    private static boolean isAddressedToUs(Issuer issuer, AuthnRequest request, boolean signed) {
        return request.destination().map(issuer.at(SamlIdpRoutes.SSO)::equals).orElse(!signed);
    }

    static NameIdFormat registered(ServiceProvider sp) {
        return NameIdFormat.of(sp.nameIdFormat()).filter(format -> format != NameIdFormat.UNSPECIFIED)
                .orElse(NameIdFormat.PERSISTENT);
    }

    /** The registered format, or one that tells less: a request cannot obtain more than was registered. */
    private static Optional<NameIdFormat> format(ServiceProvider sp, AuthnRequest request) {
        var registered = registered(sp);
        var wanted = request.nameIdFormat().filter(urn -> !urn.equals(NameIdFormat.UNSPECIFIED.urn()));
        if (wanted.isEmpty()) {
            return Optional.of(registered);
        }
        return NameIdFormat.of(wanted.get())
                .filter(format -> format == registered || format != NameIdFormat.EMAIL_ADDRESS);
    }
}
