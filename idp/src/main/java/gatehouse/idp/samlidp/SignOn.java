package gatehouse.idp.samlidp;

import gatehouse.idp.audit.AuditAction;
import gatehouse.idp.audit.AuditEvent;
import gatehouse.idp.audit.AuditTrail;
import gatehouse.idp.client.ClientCatalog;
import gatehouse.idp.client.ServiceProvider;
import gatehouse.idp.directory.User;
import gatehouse.idp.directory.UserStore;
import gatehouse.idp.http.Reply;
import gatehouse.idp.http.Request;
import gatehouse.idp.samlidp.RequestVerdict.ReturnAddress;
import gatehouse.idp.samlwire.EncryptionChoice;
import gatehouse.idp.samlwire.IssuedResponse.IssuedAssertion;
import gatehouse.idp.samlwire.IssuedResponse.Protection;
import gatehouse.idp.samlwire.SamlError;
import gatehouse.idp.samlwire.SamlReason;
import gatehouse.idp.samlwire.SamlWire;
import gatehouse.idp.samlwire.StatusCode;
import gatehouse.sessions.Session;
import gatehouse.spi.Deadline;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import java.util.Optional;

/** Tells a service provider who has signed in: the end of every way through {@link SsoEndpoint}. */
final class SignOn {

    /** How long the browser has to carry the assertion over, and how much a service provider's clock may be behind. */
    static final Duration ASSERTION_LIFETIME = Duration.ofMinutes(5);
    static final Duration CLOCK_SKEW = Duration.ofMinutes(1);

    private final ClientCatalog clients;
    private final UserStore users;
    private final SubjectNames names;
    private final GivenNames given;
    private final SamlWire wire;
    private final ResponseWriter responses;
    private final AuditTrail audit;

    SignOn(ClientCatalog clients, UserStore users, SubjectNames names, GivenNames given, SamlWire wire,
            ResponseWriter responses, AuditTrail audit) {
        this.clients = clients;
        this.users = users;
        this.names = names;
        this.given = given;
        this.wire = wire;
        this.responses = responses;
        this.audit = audit;
    }

    static ReturnAddress address(AcceptedRequest request) {
        return new ReturnAddress(request.serviceProvider(), request.acs(), request.requestId(), request.relayState());
    }

    /** The response for {@code session}, or what keeps the service provider from getting one. */
    Reply answer(AcceptedRequest accepted, Session session, Request request, Deadline deadline) {
        var sp = requireStillRegistered(accepted, request, deadline);
        var to = address(accepted);
        var authentication = session.authentication();
        var user = users.findCached(request.issuer().name(), authentication.user(), deadline).filter(User::enabled);
        boolean allowed = sp.organization().isEmpty() || sp.organization().equals(authentication.organization());
        if (user.isEmpty() || !allowed) {
            return responses.refusal(StatusCode.RESPONDER, Optional.of(StatusCode.REQUEST_DENIED), to, request);
        }
        var context = AuthnContexts.answer(accepted.context(), authentication);
        if (context.isEmpty()) {
            return responses.refusal(StatusCode.RESPONDER, Optional.of(StatusCode.NO_AUTHN_CONTEXT), to, request);
        }
        audit.record(AuditEvent.of(AuditAction.TOKEN_ISSUED, request.issuer().name(), request.traceId())
                .organization(authentication.organization()).user(user.get().id()).session(session.id().value())
                .address(request.clientAddress())
                .details(Map.of("kind", "saml_assertion", "service_provider", sp.entityId())));
        var said = assertion(accepted, sp, user.get(), session, context.get());
        given.remember(sp, session, said, deadline);
        return responses.assertion(said, protection(sp), to, request);
    }

    /** The login may have taken long: what was proved at its beginning is proved again at its end. */
    private ServiceProvider requireStillRegistered(AcceptedRequest accepted, Request request, Deadline deadline) {
        var sp = clients.serviceProvider(request.issuer().name(), accepted.serviceProvider(), deadline)
                .orElseThrow(() -> new SamlError(SamlReason.SERVICE_PROVIDER_UNKNOWN));
        if (!sp.enabled()) {
            throw new SamlError(SamlReason.SERVICE_PROVIDER_DISABLED);
        }
        if (!sp.assertionConsumerServices().contains(accepted.acs())) {
            throw new SamlError(SamlReason.ACS_NOT_REGISTERED);
        }
        if (accepted.requestId().isEmpty() && !sp.idpInitiated().orElse(false)) {
            throw new SamlError(SamlReason.UNSOLICITED_NOT_ALLOWED);
        }
        return sp;
    }

    private static Protection protection(ServiceProvider sp) {
        return new Protection(sp.signsResponse(), sp.signsAssertion(), sp.encryption().map(wanted ->
                new EncryptionChoice(wanted.certificate(), EncryptionChoice.Content.of(wanted.content()),
                        wanted.keyTransport().equals(Optional.of("rsa-oaep-sha256")))));
    }

    private IssuedAssertion assertion(
            AcceptedRequest accepted, ServiceProvider sp, User user, Session session, String context) {
        var now = responses.now();
        var authentication = session.authentication();
        return new IssuedAssertion(wire.newId(), names.nameId(accepted.nameIdFormat(), user, session.id(), sp),
                accepted.nameIdFormat(), sp.entityId(), now.minus(CLOCK_SKEW), now.plus(ASSERTION_LIFETIME),
                authentication.authTime().truncatedTo(ChronoUnit.MILLIS), names.sessionIndex(session.id(), sp),
                session.expiresAt().truncatedTo(ChronoUnit.MILLIS), context,
                AttributeRelease.release(sp, user, authentication.organization()));
    }
}
