package gatehouse.idp.upstream.template;

import static gatehouse.idp.upstream.template.Question.blank;
import static gatehouse.idp.upstream.template.Question.optional;
import static gatehouse.idp.upstream.template.Question.required;

import gatehouse.idp.upstream.template.Question.Kind;
import gatehouse.idp.upstream.template.Question.Use;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** How providers are connected by OpenID Connect. */
final class OidcWays {

    private static final String DIRECTORY = "aaaabbbb-0000-cccc-1111-dddd2222eeee";
    private static final List<String> USUAL_SCOPES = List.of("openid", "profile", "email");

    static final Way OKTA = of("https://{okta_domain}",
            List.of(blank("okta_domain", Kind.HOST, "acme.okta.com")),
            Map.of(),
            Quirk.EMAIL_FROM_USERINFO, Quirk.PEOPLE_MUST_BE_ASSIGNED, Quirk.TAKES_KEYS_BY_ADDRESS,
            Quirk.FRONTCHANNEL_LOGOUT);

    /** The application is registered in the customer's own directory: tokens are of that issuer only. */
    static final Way ENTRA = of("https://login.microsoftonline.com/{tenant_id}/v2.0",
            List.of(new Question("tenant_id", Kind.UUID, Use.SETTING_AND_BLANK, true, DIRECTORY)),
            entra(),
            Quirk.BOUND_TO_TENANT, Quirk.EMAIL_UNVERIFIED, Quirk.EMAIL_IS_OPTIONAL_CLAIM, Quirk.SECRET_EXPIRES,
            Quirk.FRONTCHANNEL_LOGOUT);

    /** One application, registered once, for the directories of all customers: the directory is the setting. */
    static final Way ENTRA_MULTITENANT = named("oidc-multitenant",
            of("https://login.microsoftonline.com/organizations/v2.0",
                    List.of(required("tenant_id", Kind.UUID, DIRECTORY)),
                    entra(),
                    Quirk.BOUND_TO_TENANT, Quirk.EMAIL_UNVERIFIED, Quirk.EMAIL_IS_OPTIONAL_CLAIM,
                    Quirk.SECRET_EXPIRES, Quirk.FRONTCHANNEL_LOGOUT));

    static final Way GOOGLE = of("https://accounts.google.com",
            List.of(required("hosted_domains", Kind.DOMAINS, "acme.example")),
            Map.of(),
            Quirk.BOUND_TO_HOSTED_DOMAIN, Quirk.NO_LOGOUT_ENDPOINT, Quirk.CHANGES_TAKE_TIME);

    static final Way ADFS = of("https://{host}/adfs",
            List.of(blank("host", Kind.HOST, "adfs.acme.example")),
            Map.of("scopes", List.of("openid", "profile", "email", "allatclaims"), "userinfo", "never"),
            Quirk.EMAIL_UNVERIFIED, Quirk.ATTRIBUTES_MUST_BE_ADDED, Quirk.TAKES_KEYS_BY_ADDRESS,
            Quirk.FRONTCHANNEL_LOGOUT);

    static final Way PING = of("https://auth.pingone.{region}/{environment_id}/as",
            List.of(blank("region", Kind.WORD, "eu"), blank("environment_id", Kind.UUID, DIRECTORY)),
            Map.of(),
            Quirk.EMAIL_FROM_USERINFO, Quirk.ATTRIBUTES_MUST_BE_ADDED, Quirk.TAKES_KEYS_BY_ADDRESS);

    static final Way ONELOGIN = of("https://{subdomain}.onelogin.com/oidc/2",
            List.of(blank("subdomain", Kind.WORD, "acme")),
            Map.of("token_endpoint_auth_method", "client_secret_post"),
            Quirk.EMAIL_FROM_USERINFO, Quirk.PEOPLE_MUST_BE_ASSIGNED);

    static final Way JUMPCLOUD = of("https://oauth.id.jumpcloud.com/",
            List.of(),
            Map.of("token_endpoint_auth_method", "client_secret_post"),
            Quirk.ISSUER_ENDS_WITH_SLASH, Quirk.PEOPLE_MUST_BE_ASSIGNED, Quirk.ATTRIBUTES_MUST_BE_ADDED);

    static final Way AUTH0 = of("https://{auth0_domain}/",
            List.of(blank("auth0_domain", Kind.HOST, "acme.eu.auth0.com")),
            Map.of("token_endpoint_auth_method", "client_secret_post"),
            Quirk.ISSUER_ENDS_WITH_SLASH, Quirk.BACKCHANNEL_LOGOUT);

    static final Way KEYCLOAK = of("https://{host}/realms/{realm}",
            List.of(blank("host", Kind.HOST, "login.acme.example"), blank("realm", Kind.WORD, "acme")),
            Map.of(),
            Quirk.TAKES_KEYS_BY_ADDRESS, Quirk.BACKCHANNEL_LOGOUT, Quirk.FRONTCHANNEL_LOGOUT);

    static final Way GENERIC = way(Optional.empty(),
            List.of(required("issuer", Kind.ADDRESS, "https://login.acme.example")),
            Map.of(),
            EnumSet.of(Quirk.TAKES_KEYS_BY_ADDRESS));

    private OidcWays() {}

    private static Map<String, Object> entra() {
        // xms_edov is the optional claim by which Entra says that it verified the owner of the address's domain.
        return Map.of("claim_mapping", Map.of("email_verified", "xms_edov"),
                "token_endpoint_auth_method", "client_secret_post");
    }

    private static Way of(
            String issuer, List<Question> questions, Map<String, Object> settings, Quirk first, Quirk... more) {
        return way(Optional.of(issuer), questions, settings, EnumSet.of(first, more));
    }

    private static Way way(
            Optional<String> issuer, List<Question> own, Map<String, Object> settings, Set<Quirk> quirks) {
        var questions = new ArrayList<>(own);
        questions.add(required("client_id", Kind.TEXT, "0oa1b2c3d4"));
        questions.add(optional("client_secret", Kind.SECRET, ""));
        var all = new HashMap<>(settings);
        all.putIfAbsent("scopes", USUAL_SCOPES);
        return new Way("oidc", "oidc", issuer, questions, all, quirks);
    }

    private static Way named(String name, Way way) {
        return new Way(name, way.protocol(), way.issuer(), way.questions(), way.settings(), way.quirks());
    }
}
