package gatehouse.idp.login.check;

import gatehouse.idp.client.Client;
import gatehouse.idp.client.ClientCatalog;
import gatehouse.idp.client.ServiceProvider;
import gatehouse.idp.login.LoginReason;
import gatehouse.idp.login.LoginRequest.RelyingParty;
import gatehouse.spi.ClientId;
import gatehouse.spi.Deadline;
import gatehouse.spi.OrganizationId;
import java.util.Optional;

/**
 * The application may be used now, and by this person's organization: asked again at the end, not only at the start.
 */
final class RelyingPartyCheck implements Check {

    private final ClientCatalog clients;

    RelyingPartyCheck(ClientCatalog clients) {
        this.clients = clients;
    }

    @Override
    public Optional<Missing> missing(Standing standing, Deadline deadline) {
        var issuer = standing.asked().issuer().name();
        var party = standing.asked().relyingParty();
        if (party.kind().equals(RelyingParty.TARGET)) {
            return Optional.empty(); // an address that the connection's settings name is nobody's application
        }
        var owner = party.kind().equals("saml")
                ? clients.serviceProvider(issuer, party.id(), deadline)
                        .filter(ServiceProvider::enabled).map(ServiceProvider::organization)
                : clients.client(issuer, new ClientId(party.id()), deadline)
                        .filter(Client::enabled).map(Client::organization);
        if (owner.isEmpty()) {
            return Optional.of(new Missing.Permission(LoginReason.RELYING_PARTY_UNUSABLE));
        }
        return owner.get().isEmpty() || standing.authentication().isEmpty() || isOf(owner.get().get(), standing)
                ? Optional.empty()
                : Check.shortfall(standing, LoginReason.RELYING_PARTY_UNUSABLE);
    }

    private static boolean isOf(OrganizationId owner, Standing standing) {
        return standing.authentication().flatMap(now -> now.organization()).filter(owner::equals).isPresent();
    }
}
