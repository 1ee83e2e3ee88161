package gatehouse.idp.client;

import gatehouse.idp.schema.Described;
import java.net.URI;
import java.util.Optional;

/**
 * Where a service provider takes part in single logout. One with none of these cannot be told that a session is over.
 *
 * @param redirectUrl logout requests by the Redirect binding
 * @param postUrl     logout requests by the POST binding
 * @param soapUrl     logout requests from server to server
 * @param responseUrl logout responses, if not where requests go
 */
public record LogoutAddresses(
        @Described(value = "Takes logout requests by redirect.", min = 1, max = 2048, format = "uri")
        Optional<URI> redirectUrl,
        @Described(value = "Takes logout requests by POST.", min = 1, max = 2048, format = "uri")
        Optional<URI> postUrl,
        @Described(value = "Takes logout requests from this server directly (SOAP). Tried first.", min = 1, max = 2048,
                format = "uri")
        Optional<URI> soapUrl,
        @Described(value = "Takes logout responses. Default: where requests go.", min = 1, max = 2048, format = "uri")
        Optional<URI> responseUrl) {

    /** No single logout. */
    public static final LogoutAddresses NONE =
            new LogoutAddresses(Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty());

    /** Whether a browser can be sent there. */
    public boolean hasFrontChannel() {
        return redirectUrl.isPresent() || postUrl.isPresent();
    }
}
