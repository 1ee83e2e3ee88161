package gatehouse.idp.upstream.oidc;

import java.net.URI;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Who a provider says it is. Entra has issuers that stand for many directories: their documents name the issuer with
 * {@code {tenantid}} in it, and their tokens with the directory's id in that place. Only one directory is let in.
 *
 * @param told  where the provider is found: the identifier as it was set, or with a word for all directories in it
 * @param named as its discovery document says it
 * @param signs as its tokens and authorization responses say it
 */
record IssuerIdentifier(String told, String named, String signs) {

    private static final String BLANK = "{tenantid}";
    private static final String ALL_ORGANIZATIONS = "organizations";
    private static final Pattern MANY =
            Pattern.compile("(?<=[^/]/)(?:organizations|common|\\{tenantid\\})(?=/|$)");
    private static final Set<String> MICROSOFT = Set.of("https://login.microsoftonline.com/",
            "https://login.microsoftonline.us/", "https://login.partner.microsoftonline.cn/");

    static IssuerIdentifier of(String issuer, Optional<String> tenantId) {
        var many = MANY.matcher(issuer);
        if (tenantId.isEmpty() || !many.find()) {
            return new IssuerIdentifier(issuer, issuer, issuer);
        }
        var before = issuer.substring(0, many.start());
        var after = issuer.substring(many.end());
        var word = many.group().equals(BLANK) ? ALL_ORGANIZATIONS : many.group();
        return new IssuerIdentifier(before + word + after, before + BLANK + after, before + tenantId.get() + after);
    }

    /** Whether tokens of {@code issuer} may come from anybody's directory. */
    static boolean standsForMany(String issuer) {
        return issuer.contains(BLANK)
                || MICROSOFT.stream().anyMatch(issuer::startsWith) && MANY.matcher(issuer).find();
    }

    /** Where the discovery document is (OpenID Connect Discovery §4). */
    URI discovery() {
        return URI.create((told.endsWith("/") ? told.substring(0, told.length() - 1) : told)
                + "/.well-known/openid-configuration");
    }
}
