package gatehouse.idp.samlwire;

import java.net.URI;
import java.util.Optional;

/**
 * Where an entity takes messages of single logout (saml-metadata §2.4.2), one address for each binding.
 *
 * @param redirect requests by the Redirect binding
 * @param post     requests by the POST binding
 * @param soap     requests from server to server
 * @param response where answers go, if not where requests of the same binding go
 */
public record LogoutServices(
        Optional<URI> redirect, Optional<URI> post, Optional<URI> soap, Optional<URI> response) {

    /** No single logout. */
    public static final LogoutServices NONE =
            new LogoutServices(Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty());

    /** Whether a browser can carry messages there. */
    public boolean hasFrontChannel() {
        return redirect.isPresent() || post.isPresent();
    }
}
