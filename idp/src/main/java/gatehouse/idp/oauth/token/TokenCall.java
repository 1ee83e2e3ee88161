package gatehouse.idp.oauth.token;

import gatehouse.idp.client.Client;
import gatehouse.idp.http.Form;
import gatehouse.idp.http.Request;
import gatehouse.idp.tenancy.IssuerSettings;
import gatehouse.spi.Deadline;
import gatehouse.spi.Issuer;
import java.time.Duration;

/**
 * One call of the token endpoint, its client proven and registered for the grant.
 *
 * @param request    the request
 * @param parameters its parameters, each once
 * @param client     who called
 * @param settings   the issuer's settings
 * @param deadline   by when it must be answered
 */
public record TokenCall(Request request, Form parameters, Client client, IssuerSettings settings, Deadline deadline) {

    public Issuer issuer() {
        return request.issuer();
    }

    /** How long the access tokens of this client live. */
    public Duration accessTokenLifetime() {
        return client.accessTokenLifetime().orElse(settings.accessTokenLifetime());
    }
}
