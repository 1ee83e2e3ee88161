package gatehouse.idp.oauth.clientauth;

import gatehouse.idp.audit.AuditAction;
import gatehouse.idp.audit.AuditEvent;
import gatehouse.idp.audit.AuditTrail;
import gatehouse.idp.client.Client;
import gatehouse.idp.http.Form;
import gatehouse.idp.http.Request;
import gatehouse.idp.oauth.clientauth.ClientAuthMethod.Claim;
import gatehouse.idp.oauth.gate.Gate;
import gatehouse.idp.oauth.wire.OAuthError;
import gatehouse.idp.oauth.wire.Reason;
import gatehouse.spi.Deadline;
import java.util.List;
import java.util.Optional;

/**
 * Finds the one authentication method that a request uses and runs it. Two methods in one request are refused (RFC 6749
 * §2.3), and so is any method but the registered one. Every other failure has one wording.
 */
public final class ClientAuthenticator {

    private final List<ClientAuthMethod> methods;
    private final Gate gate;
    private final AuditTrail trail;

    public ClientAuthenticator(List<ClientAuthMethod> methods, Gate gate, AuditTrail trail) {
        this.methods = List.copyOf(methods);
        this.gate = gate;
        this.trail = trail;
    }

    private record Used(ClientAuthMethod method, Claim claim) {}

    /** The client that sent {@code request}. */
    public AuthenticatedClient authenticate(Request request, Form form, Deadline deadline) {
        var used = methodOf(request, form);
        var client = gate.find(request.issuer(), used.claim().clientId(), deadline);
        var wrong = used.claim().proof().check(client, deadline).or(() -> unusable(client, used, deadline));
        if (wrong.isPresent()) {
            client.ifPresent(known -> trail.record(AuditEvent.of(
                            AuditAction.CLIENT_REFUSED, request.issuer().name(), request.traceId())
                    .client(known.clientId())
                    .organization(known.organization())
                    .address(request.clientAddress())
                    .reason(wrong.get().label())));
            throw refused(request, wrong.get());
        }
        return new AuthenticatedClient(client.orElseThrow(), used.method().isConfidential());
    }

    private Used methodOf(Request request, Form form) {
        Used used = null;
        for (var method : methods) {
            var claim = method.read(request, form);
            if (claim.isPresent()) {
                if (used != null) {
                    throw OAuthError.invalidRequest(Reason.CLIENT_METHODS_MIXED,
                            "The request uses more than one client authentication method.");
                }
                used = new Used(method, claim.get());
            }
        }
        if (used == null) {
            throw refused(request, Reason.CLIENT_CREDENTIALS_MISSING);
        }
        var claimed = used.claim().clientId();
        if (!claimed.isEmpty() && form.nonEmpty("client_id").filter(id -> !id.equals(claimed)).isPresent()) {
            throw OAuthError.invalidRequest(Reason.CLIENT_METHODS_MIXED, "The request names two clients.");
        }
        return used;
    }

    private Optional<Reason> unusable(Optional<Client> client, Used used, Deadline deadline) {
        if (client.isEmpty()) {
            return Optional.of(Reason.CLIENT_UNKNOWN);
        }
        if (!client.get().tokenEndpointAuthMethod().equals(used.method().name())) {
            return Optional.of(Reason.CLIENT_METHOD_MISMATCH);
        }
        return gate.isUsable(client.get(), deadline) ? Optional.empty() : Optional.of(Reason.CLIENT_DISABLED);
    }

    /** RFC 6749 §5.2: who tried the Authorization header is told of the scheme. */
    private static OAuthError refused(Request request, Reason reason) {
        var error = OAuthError.invalidClient(reason);
        return request.header("authorization").isPresent()
                ? error.challenging("Basic realm=\"" + request.issuer().url() + "\", charset=\"UTF-8\"")
                : error;
    }
}
