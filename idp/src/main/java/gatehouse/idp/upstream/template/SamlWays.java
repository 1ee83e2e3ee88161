package gatehouse.idp.upstream.template;

import static gatehouse.idp.upstream.template.Question.optional;

import gatehouse.idp.upstream.template.Question.Kind;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * How providers are connected by SAML: by their metadata at an address where they publish it, by its text where they do
 * not, or by its three values, typed over.
 */
final class SamlWays {

    private static final String PERSISTENT = "urn:oasis:names:tc:SAML:2.0:nameid-format:persistent";
    private static final String EMAIL_ADDRESS = "urn:oasis:names:tc:SAML:1.1:nameid-format:emailAddress";

    static final Way OKTA = published("https://acme.okta.com/app/exk1a2b3c4/sso/saml/metadata",
            Map.of(),
            Quirk.ATTRIBUTES_MUST_BE_ADDED, Quirk.PEOPLE_MUST_BE_ASSIGNED);

    static final Way ENTRA = published(
            "https://login.microsoftonline.com/aaaabbbb-0000-cccc-1111-dddd2222eeee/federationmetadata/2007-06/"
                    + "federationmetadata.xml?appid=00001111-aaaa-2222-bbbb-3333cccc4444",
            Map.of("subject_attribute", "http://schemas.microsoft.com/identity/claims/objectidentifier"),
            Quirk.AUDIENCE_MAY_BE_APPLICATION_ID, Quirk.EMAIL_UNVERIFIED, Quirk.PEOPLE_MUST_BE_ASSIGNED);

    static final Way GOOGLE = inHand("https://accounts.google.com/o/saml2?idpid=C01abc234",
            Map.of("name_id_format", EMAIL_ADDRESS),
            Quirk.METADATA_AS_FILE_ONLY, Quirk.ATTRIBUTES_MUST_BE_ADDED, Quirk.CHANGES_TAKE_TIME);

    static final Way ADFS = published(
            "https://adfs.acme.example/FederationMetadata/2007-06/FederationMetadata.xml",
            Map.of(),
            Quirk.ATTRIBUTES_MUST_BE_ADDED, Quirk.ENCRYPTS_BY_DEFAULT);

    static final Way PING = published(
            "https://auth.pingone.eu/aaaabbbb-0000-cccc-1111-dddd2222eeee/saml20/metadata/"
                    + "00001111-aaaa-2222-bbbb-3333cccc4444",
            Map.of(),
            Quirk.ATTRIBUTES_MUST_BE_ADDED);

    static final Way ONELOGIN = published("https://app.onelogin.com/saml/metadata/a1b2c3d4",
            Map.of(),
            Quirk.ATTRIBUTES_MUST_BE_ADDED, Quirk.PEOPLE_MUST_BE_ASSIGNED);

    static final Way JUMPCLOUD = published("https://sso.jumpcloud.com/saml2/metadata/a1b2c3d4",
            Map.of(),
            Quirk.ATTRIBUTES_MUST_BE_ADDED, Quirk.PEOPLE_MUST_BE_ASSIGNED);

    static final Way AUTH0 = published("https://acme.eu.auth0.com/samlp/metadata/a1b2c3d4",
            Map.of("attribute_mapping", Map.of(
                    "email", "http://schemas.xmlsoap.org/ws/2005/05/identity/claims/emailaddress",
                    "display_name", "http://schemas.xmlsoap.org/ws/2005/05/identity/claims/name")));

    static final Way SHIBBOLETH = published("https://idp.acme.example/idp/shibboleth",
            Map.of("name_id_format", PERSISTENT),
            Quirk.NAME_IDS_CHANGE, Quirk.ENCRYPTS_BY_DEFAULT, Quirk.ATTRIBUTES_MUST_BE_ADDED);

    static final Way KEYCLOAK = published("https://login.acme.example/realms/acme/protocol/saml/descriptor",
            Map.of("name_id_format", PERSISTENT),
            Quirk.ATTRIBUTES_MUST_BE_ADDED);

    static final Way GENERIC = published("https://idp.acme.example/saml/metadata", Map.of());

    private SamlWays() {}

    private static Way published(String metadata, Map<String, Object> settings, Quirk... quirks) {
        var questions = new ArrayList<>(List.of(optional("metadata_url", Kind.ADDRESS, metadata)));
        questions.addAll(values(metadata));
        return way(questions, settings, quirks);
    }

    private static Way inHand(String entityId, Map<String, Object> settings, Quirk... quirks) {
        return way(values(entityId), settings, quirks);
    }

    private static List<Question> values(String entityId) {
        return List.of(
                optional("metadata_xml", Kind.DOCUMENT, ""),
                optional("idp_entity_id", Kind.TEXT, entityId),
                optional("sso_url", Kind.ADDRESS, "https://idp.acme.example/sso"),
                optional("idp_certificates", Kind.CERTIFICATES, ""));
    }

    private static Way way(List<Question> questions, Map<String, Object> settings, Quirk... quirks) {
        Set<Quirk> all = EnumSet.noneOf(Quirk.class);
        all.addAll(Arrays.asList(quirks));
        return new Way("saml", "saml", Optional.empty(), questions, settings, all);
    }
}
