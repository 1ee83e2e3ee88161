package gatehouse.idp.login;

import gatehouse.spi.Issuer;
import gatehouse.spi.OrganizationId;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * What a front door asks of the login.
 *
 * @param issuer        the issuer the person signs in to
 * @param relyingParty  who wants to know
 * @param resumePath    path within the issuer that the browser is sent to, with {@code ?flow=<id>}, once there is a
 *                      result
 * @param restartPath   path and query within the issuer that begins the same login anew (when this one has expired);
 *                      empty if it cannot be begun by a GET
 * @param carried       what the front door wants back with the result; kept sealed. A {@code redirect_uri} among it
 *                      also
 *                      tells the pages which application's own scheme their forms may end at
 * @param prompts       OIDC {@code prompt} values: none, login, consent, select_account
 * @param maxAge        oldest authentication that is good enough
 * @param acrValues     wanted authentication context classes, best first
 * @param loginHint     who is probably signing in
 * @param organization  the organization to sign in to, if the request or the client names one
 * @param user          the only user whose session will do ({@code id_token_hint}), if any
 * @param uiLocales     languages, best first
 * @param consentScopes scopes that need the person's consent; empty: none is asked
 */
public record LoginRequest(
        Issuer issuer,
        RelyingParty relyingParty,
        String resumePath,
        Optional<String> restartPath,
        Map<String, String> carried,
        Set<String> prompts,
        Optional<Duration> maxAge,
        List<String> acrValues,
        Optional<String> loginHint,
        Optional<OrganizationId> organization,
        Optional<String> user,
        List<String> uiLocales,
        List<String> consentScopes) {

    /**
     * The application that a person signs in for.
     *
     * @param kind {@code oidc}, {@code saml}, or {@link #TARGET}
     * @param id   client id, entityID or address
     * @param name what people read
     * @param home where it lives, if known: an error page may lead back there
     */
    public record RelyingParty(String kind, String id, String name, Optional<String> home) {

        /** The kind of what is only an address: where a login leads that began at an identity provider. */
        public static final String TARGET = "target";
    }
}
