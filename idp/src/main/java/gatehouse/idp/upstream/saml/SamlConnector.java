package gatehouse.idp.upstream.saml;

import gatehouse.idp.http.Compared;
import gatehouse.idp.http.Request;
import gatehouse.idp.keys.SamlKeys;
import gatehouse.idp.samlwire.AuthnRequest;
import gatehouse.idp.samlwire.AuthnRequest.RequestedContexts;
import gatehouse.idp.samlwire.PostBinding;
import gatehouse.idp.samlwire.RelayState;
import gatehouse.idp.samlwire.SamlError;
import gatehouse.idp.samlwire.SamlReason;
import gatehouse.idp.samlwire.SamlWire;
import gatehouse.idp.samlwire.SimpleSignBinding;
import gatehouse.idp.samlwire.VerifiedResponse;
import gatehouse.idp.tenancy.Connection;
import gatehouse.idp.upstream.Arrival;
import gatehouse.idp.upstream.Connector;
import gatehouse.idp.upstream.Departure;
import gatehouse.idp.upstream.DepartureCall;
import gatehouse.idp.upstream.UpstreamIdentity;
import gatehouse.idp.upstream.UpstreamLogout;
import gatehouse.idp.upstream.UpstreamRefusal;
import gatehouse.idp.upstream.xray.Check;
import gatehouse.idp.upstream.xray.Trace;
import gatehouse.idp.upstream.xray.Trace.Stage;
import gatehouse.sessions.ReplayCache;
import gatehouse.spi.Deadline;
import gatehouse.spi.Issuer;
import java.net.URI;
import java.time.Duration;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** One organization's SAML identity provider (saml-profiles §4.1). */
final class SamlConnector implements Connector {

    /** What all connectors share. */
    record Tools(SamlWire wire, SamlKeys keys, ReplayCache replays, InstantSource time) {}

    private final Connection connection;
    private final Issuer issuer;
    private final SamlConnection settings;
    private final IdpSource idps;
    private final Tools tools;
    private final SpAddresses us;
    private final IdentityReader identities;
    private final SamlLogout logout;

    SamlConnector(Connection connection, Issuer issuer, SamlConnection settings, IdpSource idps, Tools tools) {
        this.connection = connection;
        this.issuer = issuer;
        this.settings = settings;
        this.idps = idps;
        this.tools = tools;
        this.us = SpAddresses.of(issuer, connection);
        this.identities = new IdentityReader(connection, settings, tools.time());
        this.logout = new SamlLogout(issuer, connection.id(), idps, tools,
                new SamlLogout.Us(us, settings.signsOutUpstream().orElse(true)));
    }

    @Override
    public Departure depart(DepartureCall call, Deadline deadline) {
        try {
            return depart(call, idps.current(deadline));
        } catch (SamlError refused) {
            throw refusal(refused);
        }
    }

    private Departure depart(DepartureCall call, TrustedIdp idp) {
        boolean post = idp.ssoRedirect().isEmpty()
                || idp.ssoPost().isPresent() && settings.prefersPost();
        var destination = (post ? idp.ssoPost() : idp.ssoRedirect()).map(URI::toString).orElseThrow();
        var request = request(call, destination);
        var pending = new PendingRequest(connection.id().value(), request.id(), request.issueInstant(),
                request.forceAuthn(), required(request.context())).encode();
        boolean signs = settings.signsAuthnRequests() || idp.wantsAuthnRequestsSigned();
        var relayState = Optional.of(call.handle());
        if (post && signs && settings.signsSimply()) {
            return new Departure.PostForm(destination, tools.wire().postSimplySigned(
                    request, relayState, tools.keys().signing(issuer.name()).key()), pending);
        }
        if (post) {
            var credential = tools.keys().signing(issuer.name());
            return new Departure.PostForm(destination, signs
                    ? tools.wire().postSigned(request, relayState, credential.key(), credential.certificate())
                    : tools.wire().post(request, relayState), pending);
        }
        var key = signs ? Optional.of(tools.keys().signing(issuer.name()).key())
                : Optional.<java.security.PrivateKey>empty();
        return new Departure.Redirect(tools.wire().redirect(request, relayState, key), pending);
    }

    private String responseBinding() {
        return settings.signsSimply() ? SimpleSignBinding.URN : PostBinding.URN;
    }

    /** The ways of signing in that can be checked here: those that are wanted exactly. */
    private static List<String> required(RequestedContexts context) {
        return context.comparison().equals("exact") ? context.classes() : List.of();
    }

    private AuthnRequest request(DepartureCall call, String destination) {
        return new AuthnRequest(tools.wire().newId(), us.entityId(),
                tools.time().instant().truncatedTo(ChronoUnit.SECONDS), Optional.of(destination),
                settings.acsIndex().isPresent() ? Optional.empty() : Optional.of(us.acs()), settings.acsIndex(),
                settings.acsIndex().isPresent() ? Optional.empty() : Optional.of(responseBinding()),
                // Nobody can be asked anew without being asked (saml-core §3.4.1).
                !call.passive() && (settings.forceAuthn().orElse(false) || call.forceAuthn()
                        || call.maxAge().filter(Duration::isZero).isPresent()), call.passive(),
                settings.nameIdFormat(), settings.nameIdAllowCreate().orElse(true), context(call),
                settings.sendLoginHint().orElse(false) ? call.loginHint() : Optional.empty());
    }

    /** What the login asks for, as far as it speaks SAML's language; what the settings ask for otherwise. */
    private RequestedContexts context(DepartureCall call) {
        var asked = call.acrValues().stream().filter(acr -> acr.indexOf(':') > 0).limit(16).toList();
        return new RequestedContexts(settings.comparison(), asked.isEmpty() ? settings.contexts() : asked);
    }

    @Override
    public Optional<String> handleOf(Request request) {
        return request.method().equals("POST") ? RelayState.in(request.form()) : Optional.empty();
    }

    @Override
    public boolean asksSilently() {
        return settings.asksSilently().orElse(false);
    }

    @Override
    public Optional<String> unsolicitedTarget(Request request) {
        if (!settings.allowsIdpInitiated().orElse(false) || !request.method().equals("POST")) {
            return Optional.empty();
        }
        var targets = settings.idpInitiatedTargets().orElse(List.of());
        if (request.form().all(RelayState.PARAMETER).size() > 1) {
            throw refusal(new SamlError(SamlReason.PARAMETER_REPEATED));
        }
        var wanted = request.form().nonEmpty(RelayState.PARAMETER);
        return Optional.of(targets.stream().filter(target -> wanted.map(target::equals).orElse(true)).findFirst()
                .orElseThrow(() -> refusal(new SamlError(SamlReason.TARGET_REFUSED,
                        Compared.of(String.join(", ", targets), wanted)))));
    }

    @Override
    public Optional<UpstreamLogout> logout() {
        return Optional.of(logout);
    }

    @Override
    public UpstreamIdentity arrive(Arrival arrival, Deadline deadline) {
        var trace = arrival.trace();
        try {
            // Before anything is decoded: a message that nobody waits for costs nothing.
            var pending = pending(arrival);
            trace.passed(Check.REQUEST);
            var message = PostBinding.receive(arrival.request().form(), "SAMLResponse");
            trace.passed(Check.DECODING);
            var idp = trace.timed(Stage.METADATA, () -> idps.current(deadline));
            trace.passed(Check.PROVIDER);
            var response = verify(message, idp, deadline);
            noteVerified(response.assertion().wasEncrypted(), trace);
            return accept(response, expected(pending, idp), trace, deadline);
        } catch (SamlError refused) {
            throw refusal(refused);
        }
    }

    private Optional<PendingRequest> pending(Arrival arrival) {
        var pending = arrival.pending().map(PendingRequest::decode);
        if (pending.isEmpty() && !settings.allowsIdpInitiated().orElse(false)
                || pending.filter(left -> !left.connection().equals(connection.id().value())).isPresent()) {
            throw new SamlError(SamlReason.UNSOLICITED);
        }
        return pending;
    }

    private Expected expected(Optional<PendingRequest> pending, TrustedIdp idp) {
        // Asked for or not, a sign-in is held to the settings: begun at the provider, it has no request of its own.
        var contexts = pending.map(PendingRequest::contexts).orElseGet(() ->
                required(new RequestedContexts(settings.comparison(), settings.contexts())));
        return new Expected(idp.entityId(), audiences(), us.allAcs(),
                pending.map(PendingRequest::requestId),
                pending.filter(PendingRequest::forced).map(PendingRequest::sentAt), contexts, settings.clockSkew());
    }

    private List<String> audiences() {
        return Stream.concat(Stream.of(us.entityId()), settings.additionalAudiences().orElse(List.of()).stream())
                .toList();
    }

    private VerifiedResponse verify(PostBinding.Posted message, TrustedIdp idp, Deadline deadline) {
        var decryptionKeys = tools.keys().decryption(issuer.name()).stream().map(SamlKeys.SamlCredential::key).toList();
        var algorithms = settings.algorithms(tools.time().instant());
        try {
            return tools.wire().verifier().verify(message, idp.keys().accepting(algorithms), decryptionKeys);
        } catch (SamlError refused) {
            if (refused.why() != SamlReason.SIGNATURE_INVALID) {
                throw refused;
            }
            var renewed = idps.afterUnknownKey(idp, deadline);
            if (renewed == idp || !renewed.entityId().equals(idp.entityId())) {
                throw refused;
            }
            return tools.wire().verifier().verify(message, renewed.keys().accepting(algorithms), decryptionKeys);
        }
    }

    private static void noteVerified(boolean wasEncrypted, Trace trace) {
        trace.passed(Check.XML);
        trace.passed(Check.STATUS);
        trace.passed(Check.ASSERTION);
        if (wasEncrypted) {
            trace.passed(Check.DECRYPTION);
        }
        trace.passed(Check.SIGNATURE);
    }

    private UpstreamIdentity accept(
            VerifiedResponse response, Expected expected, Trace trace, Deadline deadline) {
        var assertion = response.assertion();
        var statement = AssertionValidator.validate(response, expected, tools.time().instant(), trace);
        if (settings.wantAssertionsEncrypted().orElse(false) && !assertion.wasEncrypted()) {
            throw new SamlError(SamlReason.NOT_ENCRYPTED);
        }
        var identity = identities.read(assertion, statement);
        trace.passed(Check.SUBJECT);
        // Last, so that only a response which would be accepted is spent.
        if (!tools.replays().firstUse("saml-assertion", connection.id() + " " + assertion.id(),
                AssertionValidator.rememberUntil(assertion, expected), deadline)) {
            throw new SamlError(SamlReason.REPLAYED);
        }
        trace.passed(Check.REPLAY);
        return identity;
    }

    static UpstreamRefusal refusal(SamlError refused) {
        var fault = switch (refused.why().side()) {
            case PERSON -> UpstreamRefusal.Fault.USER;
            case CONFIGURATION -> UpstreamRefusal.Fault.CONFIGURATION;
            case OTHER -> UpstreamRefusal.Fault.UPSTREAM;
            case HOSTILE -> UpstreamRefusal.Fault.HOSTILE;
        };
        // The descriptions of metadata's problems are for administrators, and free of values from a message.
        var compared = refused.compared().or(() -> Optional.of(Compared.received(refused.description()))
                .filter(_ -> refused.why().name().startsWith("METADATA_")));
        return new UpstreamRefusal(
                refused.why(), SamlCatalogue.of(refused.why()), fault, refused.why().text(), compared);
    }
}
