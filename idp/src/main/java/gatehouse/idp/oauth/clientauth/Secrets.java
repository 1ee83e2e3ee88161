package gatehouse.idp.oauth.clientauth;

import gatehouse.idp.client.Client;
import gatehouse.idp.client.ClientSecret;
import gatehouse.idp.oauth.wire.Reason;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;

/** Compares a presented secret with a client's live ones, all of them, in constant time. */
final class Secrets {

    private static final List<ClientSecret> NOBODYS = List.of(ClientSecret.of("", Optional.empty()));

    private final InstantSource clock;

    Secrets(InstantSource clock) {
        this.clock = clock;
    }

    /** What is wrong with {@code presented}, which is not empty; empty if it is a secret of {@code client}. */
    Optional<Reason> check(String presented, Optional<Client> client) {
        var now = clock.instant();
        boolean matches = false;
        // No client costs the comparison of one secret, so that the time does not tell.
        for (var secret : client.map(Client::secrets).orElse(NOBODYS)) {
            matches |= secret.matches(presented, now);
        }
        return matches ? Optional.empty() : Optional.of(Reason.CLIENT_CREDENTIALS_WRONG);
    }
}
