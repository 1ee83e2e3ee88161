package gatehouse.idp.samlidp;

import gatehouse.idp.client.ClientCatalog;
import gatehouse.idp.http.Endpoint;
import gatehouse.idp.http.Reply;
import gatehouse.idp.http.Request;
import gatehouse.idp.samlwire.AuthnRequest.RequestedContexts;
import gatehouse.idp.samlwire.RelayState;
import gatehouse.idp.samlwire.SamlError;
import gatehouse.idp.samlwire.SamlReason;
import gatehouse.spi.Deadline;
import java.util.Optional;
import java.util.Set;

/**
 * {@code /saml/idp/init?sp=…&RelayState=…}: people begin here and land at a service provider that did not ask
 * (saml-profiles §4.1.5). Only for those that are registered for it.
 */
final class IdpInitiatedEndpoint implements Endpoint {

    private final ClientCatalog clients;
    private final SignInStart start;

    IdpInitiatedEndpoint(ClientCatalog clients, SignInStart start) {
        this.clients = clients;
        this.start = start;
    }

    @Override
    public Reply handle(Request request, Deadline deadline) {
        var query = request.query();
        if (query.repeated().isPresent()) {
            throw new SamlError(SamlReason.PARAMETER_REPEATED);
        }
        var relayState = query.nonEmpty(RelayState.PARAMETER);
        if (relayState.filter(value -> value.length() > RelayState.LENGTH_MAX).isPresent()) {
            throw new SamlError(SamlReason.TOO_LARGE);
        }
        var sp = query.nonEmpty("sp").filter(id -> id.length() <= 1_024)
                .flatMap(id -> clients.serviceProvider(request.issuer().name(), id, deadline))
                .orElseThrow(() -> new SamlError(SamlReason.SERVICE_PROVIDER_UNKNOWN));
        if (!sp.enabled()) {
            throw new SamlError(SamlReason.SERVICE_PROVIDER_DISABLED);
        }
        if (!sp.idpInitiated().orElse(false)) {
            throw new SamlError(SamlReason.UNSOLICITED_NOT_ALLOWED);
        }
        var accepted = new AcceptedRequest(sp.entityId(), sp.assertionConsumerServices().getFirst(), Optional.empty(),
                relayState, AuthnRequestValidator.registered(sp), RequestedContexts.ANY);
        return start.begin(new SignInStart.Wish(sp, accepted, Set.of(), Optional.empty(),
                Optional.of(SamlIdpRoutes.INITIATED + '?' + request.rawQuery())), request, deadline);
    }
}
