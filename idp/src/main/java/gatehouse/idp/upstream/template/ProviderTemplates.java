package gatehouse.idp.upstream.template;

import java.util.List;
import java.util.Optional;

/** Every template there is, the much used ones first and the generic ones last. A new one is a line here. */
public final class ProviderTemplates {

    /** All of them. */
    public static final List<ProviderTemplate> ALL = List.of(
            new ProviderTemplate("okta", "Okta", List.of(OidcWays.OKTA, SamlWays.OKTA)),
            new ProviderTemplate("entra", "Microsoft Entra ID",
                    List.of(OidcWays.ENTRA, SamlWays.ENTRA, OidcWays.ENTRA_MULTITENANT)),
            new ProviderTemplate("google", "Google Workspace", List.of(OidcWays.GOOGLE, SamlWays.GOOGLE)),
            new ProviderTemplate("adfs", "AD FS", List.of(SamlWays.ADFS, OidcWays.ADFS)),
            new ProviderTemplate("ping", "PingOne", List.of(OidcWays.PING, SamlWays.PING)),
            new ProviderTemplate("onelogin", "OneLogin", List.of(OidcWays.ONELOGIN, SamlWays.ONELOGIN)),
            new ProviderTemplate("jumpcloud", "JumpCloud", List.of(OidcWays.JUMPCLOUD, SamlWays.JUMPCLOUD)),
            new ProviderTemplate("auth0", "Auth0", List.of(OidcWays.AUTH0, SamlWays.AUTH0)),
            new ProviderTemplate("shibboleth", "Shibboleth", List.of(SamlWays.SHIBBOLETH)),
            new ProviderTemplate("keycloak", "Keycloak", List.of(OidcWays.KEYCLOAK, SamlWays.KEYCLOAK)),
            new ProviderTemplate("generic-saml", "SAML 2.0", List.of(SamlWays.GENERIC)),
            new ProviderTemplate("generic-oidc", "OpenID Connect", List.of(OidcWays.GENERIC)));

    private ProviderTemplates() {}

    /** The template called {@code id}, if there is one. */
    public static Optional<ProviderTemplate> find(String id) {
        return ALL.stream().filter(template -> template.id().equals(id)).findFirst();
    }
}
