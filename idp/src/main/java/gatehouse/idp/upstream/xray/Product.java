package gatehouse.idp.upstream.xray;

import gatehouse.idp.tenancy.Connection;
import java.net.URI;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.BiPredicate;

/** Which identity provider a connection leads to, so that people are told where to look in its own words. */
public enum Product {
    OKTA((host, _) -> isBelow(host, "okta.com", "oktapreview.com", "okta-emea.com", "okta-gov.com")),
    ENTRA((host, _) -> isBelow(host, "sts.windows.net", "login.microsoftonline.com", "login.microsoftonline.us",
            "login.partner.microsoftonline.cn")),
    GOOGLE((host, _) -> isBelow(host, "accounts.google.com")),
    PING((host, _) -> isBelow(host, "pingone.com", "pingone.eu", "pingone.ca", "pingone.asia", "pingidentity.com")),
    ONELOGIN((host, _) -> isBelow(host, "onelogin.com")),
    JUMPCLOUD((host, _) -> isBelow(host, "jumpcloud.com")),
    ADFS((_, path) -> path.startsWith("/adfs")),
    SHIBBOLETH((_, path) -> path.startsWith("/idp/shibboleth") || path.startsWith("/idp/profile")),
    KEYCLOAK((_, path) -> path.startsWith("/realms/") || path.startsWith("/auth/realms/")),
    GENERIC((_, _) -> false);

    /** Settings that name the identity provider, of either protocol. */
    private static final List<String> NAMING =
            List.of("idp_entity_id", "issuer", "metadata_url", "sso_url", "authorization_endpoint");

    private final BiPredicate<String, String> recognizes;

    Product(BiPredicate<String, String> recognizes) {
        this.recognizes = recognizes;
    }

    /** The product behind {@code connection}, by the addresses in its settings. */
    public static Product of(Connection connection) {
        for (var name : NAMING) {
            var uri = uri(connection.settings().path(name).asText());
            for (var product : values()) {
                if (uri.filter(address -> product.recognizes.test(
                        address.getHost().toLowerCase(Locale.ROOT), address.getPath())).isPresent()) {
                    return product;
                }
            }
        }
        return GENERIC;
    }

    private static Optional<URI> uri(String text) {
        try {
            return Optional.of(URI.create(text)).filter(uri -> uri.getHost() != null && uri.getPath() != null);
        } catch (IllegalArgumentException noAddress) {
            return Optional.empty();
        }
    }

    private static boolean isBelow(String host, String... domains) {
        return List.of(domains).stream().anyMatch(domain -> host.equals(domain) || host.endsWith('.' + domain));
    }

    /** As it is written in answers and message keys. */
    public String wireName() {
        return name().toLowerCase(Locale.ROOT);
    }
}
