package gatehouse.idp.slo;

import gatehouse.idp.http.Journey;
import java.time.Duration;

/**
 * How long a request of each journey may take in all, waiting for others included.
 *
 * @param loginInteractive a page of the login, including what it asks of an identity provider
 * @param samlAcs          a SAML response
 * @param oidcCallback     an OpenID Connect callback with its token request upstream
 * @param token            the token endpoint
 * @param introspect       the introspection endpoint
 * @param jwks             prebuilt documents
 * @param logout           the logout endpoint, our part
 * @param admin            the admin API, metadata fetches included
 * @param sessionCheck     userinfo and the like
 */
public record BudgetsConfig(
        Duration loginInteractive,
        Duration samlAcs,
        Duration oidcCallback,
        Duration token,
        Duration introspect,
        Duration jwks,
        Duration logout,
        Duration admin,
        Duration sessionCheck) {

    public static final BudgetsConfig DEFAULTS = new BudgetsConfig(
            Duration.ofSeconds(3),
            Duration.ofSeconds(3),
            Duration.ofSeconds(3),
            Duration.ofMillis(500),
            Duration.ofMillis(100),
            Duration.ofMillis(50),
            Duration.ofMillis(500),
            Duration.ofSeconds(5),
            Duration.ofMillis(500));

    public BudgetsConfig {
        for (var budget : new Duration[] {
            loginInteractive, samlAcs, oidcCallback, token, introspect, jwks, logout, admin, sessionCheck
        }) {
            if (budget.toMillis() < 10 || budget.toSeconds() > 60) {
                throw new IllegalArgumentException("a budget lies between 10 ms and 60 s");
            }
        }
    }

    /** The budget of {@code journey}. */
    public Duration of(Journey journey) {
        return switch (journey) {
            case LOGIN_INTERACTIVE -> loginInteractive;
            case SAML_ACS -> samlAcs;
            case OIDC_CALLBACK -> oidcCallback;
            case TOKEN -> token;
            case INTROSPECT -> introspect;
            case JWKS -> jwks;
            case LOGOUT -> logout;
            case ADMIN -> admin;
            case SESSION_CHECK -> sessionCheck;
        };
    }
}
