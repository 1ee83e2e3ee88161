package gatehouse.idp.oauth.logout;

import gatehouse.idp.client.Client;
import gatehouse.idp.keys.VerifiedJwt;
import java.util.Optional;

/**
 * A logout request whose parameters hold together.
 *
 * @param client   the application that asks, if it is known
 * @param hint     the ID token that vouches for it, if it is one of ours
 * @param redirect where to go afterwards: registered for {@code client}
 * @param state    to be given back there
 */
record LogoutRequest(
        Optional<Client> client, Optional<VerifiedJwt> hint, Optional<String> redirect, Optional<String> state) {}
