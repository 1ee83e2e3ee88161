package gatehouse.idp.portal.guide;

import gatehouse.idp.portal.guide.Guide.Field;
import gatehouse.idp.portal.guide.Guide.Value;
import gatehouse.idp.portal.guide.Guide.Way;
import java.util.List;
import java.util.Optional;

/** The identity providers there are guides for, the most usual first. The one list. */
public final class Guides {

    private static final String WS_CLAIMS = "http://schemas.xmlsoap.org/ws/2005/05/identity/claims/";

    /** All, in the order they are shown. */
    public static final List<Guide> ALL = List.of(
            new Guide("okta", "Okta", List.of(
                    saml(4, List.of("Applications", "Create App Integration", "SAML 2.0"),
                            List.of(Field.of("Single sign-on URL", Value.ACS),
                                    Field.of("Audience URI (SP Entity ID)", Value.ENTITY_ID),
                                    Field.fixed("Name ID format", "Persistent"),
                                    Field.fixed("Application username", "Okta username")),
                            List.of(Field.fixed("email", "user.email"), Field.fixed("givenName", "user.firstName"),
                                    Field.fixed("sn", "user.lastName")),
                            List.of("Sign On", "SAML 2.0", "Metadata details"), List.of("Metadata URL"),
                            "https://acme.okta.com/app/exk1a2b3c4/sso/saml/metadata"),
                    oidc(4, List.of("Applications", "Create App Integration", "OIDC - OpenID Connect",
                            "Web Application"),
                            List.of(Field.of("Sign-in redirect URIs", Value.REDIRECT_URI),
                                    Field.fixed("Grant type", "Authorization Code")),
                            List.of("General", "Client Credentials"),
                            List.of("Okta domain", "Client ID", "Client secret"), "https://acme.okta.com"))),
            new Guide("entra", "Microsoft Entra ID", List.of(
                    saml(4, List.of("Enterprise applications", "New application", "Single sign-on", "SAML"),
                            List.of(Field.of("Identifier (Entity ID)", Value.ENTITY_ID),
                                    Field.of("Reply URL (Assertion Consumer Service URL)", Value.ACS)),
                            List.of(Field.fixed(WS_CLAIMS + "emailaddress", "user.mail"),
                                    Field.fixed(WS_CLAIMS + "givenname", "user.givenname"),
                                    Field.fixed(WS_CLAIMS + "surname", "user.surname")),
                            List.of("Single sign-on", "SAML Certificates"), List.of("App Federation Metadata Url"),
                            "https://login.microsoftonline.com/<tenant>/"
                                    + "federationmetadata/2007-06/federationmetadata.xml"),
                    oidc(4, List.of("App registrations", "New registration"),
                            List.of(Field.fixed("Redirect URI", "Web"),
                                    Field.of("Redirect URI (optional)", Value.REDIRECT_URI)),
                            List.of("Overview", "Certificates & secrets"),
                            List.of("Directory (tenant) ID", "Application (client) ID", "Value"),
                            "https://login.microsoftonline.com/aaaabbbb-0000-cccc-1111-dddd2222eeee/v2.0"))),
            new Guide("google", "Google Workspace", List.of(
                    saml(4, List.of("Apps", "Web and mobile apps", "Add app", "Add custom SAML app"),
                            List.of(Field.of("ACS URL", Value.ACS), Field.of("Entity ID", Value.ENTITY_ID),
                                    Field.fixed("Name ID format", "EMAIL"),
                                    Field.fixed("Name ID", "Basic Information > Primary email")),
                            List.of(Field.fixed("email", "Primary email"), Field.fixed("givenName", "First name"),
                                    Field.fixed("sn", "Last name")),
                            List.of("Google Identity Provider details"), List.of("DOWNLOAD METADATA"),
                            "GoogleIDPMetadata.xml"),
                    oidc(3, List.of("Google Cloud console", "APIs & Services", "Credentials",
                            "Create credentials", "OAuth client ID", "Web application"),
                            List.of(Field.of("Authorized redirect URIs", Value.REDIRECT_URI)),
                            List.of("Credentials", "OAuth 2.0 Client IDs"),
                            List.of("https://accounts.google.com", "Client ID", "Client secret"),
                            "https://accounts.google.com"))),
            new Guide("adfs", "AD FS", List.of(
                    saml(4, List.of("AD FS Management", "Relying Party Trusts", "Add Relying Party Trust…",
                            "Claims aware"),
                            List.of(Field.of("Federation metadata address (host name or URL)", Value.METADATA_URL),
                                    Field.of("Relying party trust identifier", Value.ENTITY_ID),
                                    Field.of("Relying party SAML 2.0 SSO service URL", Value.ACS)),
                            List.of(Field.fixed("E-Mail Address", "E-Mail-Addresses"),
                                    Field.fixed("Given Name", "Given-Name"), Field.fixed("Surname", "Surname"),
                                    Field.fixed("Name ID", "objectGUID")),
                            List.of("AD FS Management", "Service", "Endpoints", "Metadata"),
                            List.of("/FederationMetadata/2007-06/FederationMetadata.xml"),
                            "https://adfs.acme.example/FederationMetadata/2007-06/FederationMetadata.xml"))),
            new Guide("ping", "PingOne", List.of(
                    saml(3, List.of("Applications", "Applications", "+", "SAML Application"),
                            List.of(Field.of("ACS URLs", Value.ACS), Field.of("Entity ID", Value.ENTITY_ID),
                                    Field.fixed("Sign", "Sign Assertion & Response")),
                            List.of(Field.fixed("saml_subject", "User ID"), Field.fixed("email", "Email Address"),
                                    Field.fixed("givenName", "Given Name"), Field.fixed("sn", "Family Name")),
                            List.of("Configuration", "Connection Details"), List.of("IDP Metadata URL"),
                            "https://auth.pingone.eu/<environment>/saml20/metadata/<application>"),
                    oidc(3, List.of("Applications", "Applications", "+", "OIDC Web App"),
                            List.of(Field.of("Redirect URIs", Value.REDIRECT_URI)),
                            List.of("Overview", "Connection Details"),
                            List.of("Issuer ID", "Client ID", "Client Secret"),
                            "https://auth.pingone.eu/<environment>/as"))),
            new Guide("onelogin", "OneLogin", List.of(
                    saml(3, List.of("Applications", "Add App", "SAML Custom Connector (Advanced)", "Configuration"),
                            List.of(Field.of("Audience (EntityID)", Value.ENTITY_ID),
                                    Field.of("Recipient", Value.ACS),
                                    Field.of("ACS (Consumer) URL Validator", Value.ACS),
                                    Field.of("ACS (Consumer) URL", Value.ACS)),
                            List.of(Field.fixed("email", "Email"), Field.fixed("givenName", "First Name"),
                                    Field.fixed("sn", "Last Name")),
                            List.of("SSO"), List.of("Issuer URL"),
                            "https://app.onelogin.com/saml/metadata/a1b2c3d4"),
                    oidc(3, List.of("Applications", "Add App", "OpenId Connect (OIDC)", "Configuration"),
                            List.of(Field.of("Redirect URI's", Value.REDIRECT_URI)),
                            List.of("SSO"), List.of("Issuer URL", "Client ID", "Client Secret"),
                            "https://acme.onelogin.com/oidc/2"))),
            new Guide("jumpcloud", "JumpCloud", List.of(
                    saml(3, List.of("SSO Applications", "Add New Application", "Custom Application", "SSO"),
                            List.of(Field.of("SP Entity ID", Value.ENTITY_ID), Field.of("ACS URLs", Value.ACS),
                                    Field.fixed("Sign", "Assertion and Response")),
                            List.of(Field.fixed("email", "email"), Field.fixed("givenName", "firstname"),
                                    Field.fixed("sn", "lastname")),
                            List.of("SSO", "JumpCloud Metadata"), List.of("Copy Metadata URL"),
                            "https://sso.jumpcloud.com/saml2/metadata/a1b2c3d4"),
                    oidc(3, List.of("SSO Applications", "Add New Application", "Custom Application",
                            "Configure SSO with OIDC"),
                            List.of(Field.of("Redirect URIs", Value.REDIRECT_URI),
                                    Field.fixed("Client Authentication Type", "Client Secret Post")),
                            List.of("SSO"), List.of("https://oauth.id.jumpcloud.com/", "Client ID", "Client Secret"),
                            "https://oauth.id.jumpcloud.com/"))),
            new Guide("shibboleth", "Shibboleth", List.of(
                    saml(3, List.of("conf/metadata-providers.xml", "conf/attribute-filter.xml"),
                            List.of(Field.of("metadataURL", Value.METADATA_URL),
                                    Field.of("Requester", Value.ENTITY_ID),
                                    Field.fixed("nameIDFormatPrecedence",
                                            "urn:oasis:names:tc:SAML:2.0:nameid-format:persistent")),
                            List.of(Field.fixed("mail", "urn:oid:0.9.2342.19200300.100.1.3"),
                                    Field.fixed("givenName", "urn:oid:2.5.4.42"),
                                    Field.fixed("sn", "urn:oid:2.5.4.4")),
                            List.of("https://<your IdP>/idp/shibboleth"), List.of("entityID"),
                            "https://idp.acme.example/idp/shibboleth"))),
            new Guide("keycloak", "Keycloak", List.of(
                    saml(3, List.of("Clients", "Create client", "SAML"),
                            List.of(Field.of("Client ID", Value.ENTITY_ID),
                                    Field.of("Valid redirect URIs", Value.ACS),
                                    Field.of("Master SAML Processing URL", Value.ACS),
                                    Field.fixed("Name ID format", "persistent")),
                            List.of(Field.fixed("X500 email", "email"), Field.fixed("X500 givenName", "firstName"),
                                    Field.fixed("X500 surname", "lastName")),
                            List.of("Realm settings", "General", "Endpoints"),
                            List.of("SAML 2.0 Identity Provider Metadata"),
                            "https://login.acme.example/realms/acme/protocol/saml/descriptor"),
                    oidc(3, List.of("Clients", "Create client", "OpenID Connect"),
                            List.of(Field.fixed("Client authentication", "On"),
                                    Field.of("Valid redirect URIs", Value.REDIRECT_URI)),
                            List.of("Clients", "Credentials"), List.of("Issuer", "Client ID", "Client Secret"),
                            "https://login.acme.example/realms/acme"))),
            new Guide("generic-saml", "SAML 2.0", List.of(
                    saml(3, List.of(),
                            List.of(Field.of("Entity ID / Audience", Value.ENTITY_ID),
                                    Field.of("ACS URL / Reply URL / Recipient", Value.ACS),
                                    Field.of("SP metadata URL", Value.METADATA_URL)),
                            List.of(Field.fixed("email", "E-mail address"), Field.fixed("givenName", "First name"),
                                    Field.fixed("sn", "Last name")),
                            List.of(), List.of("IdP metadata URL"), "https://idp.acme.example/saml/metadata"))),
            new Guide("generic-oidc", "OpenID Connect", List.of(
                    oidc(3, List.of(), List.of(Field.of("Redirect URI", Value.REDIRECT_URI)),
                            List.of(), List.of("Issuer", "Client ID", "Client Secret"),
                            "https://login.acme.example"))));

    private Guides() {}

    /** The guide called {@code id}. */
    public static Optional<Guide> find(String id) {
        return ALL.stream().filter(guide -> guide.id().equals(id)).findFirst();
    }

    private static Way saml(int sentences, List<String> path, List<Field> fields, List<Field> attributes,
            List<String> theirsPath, List<String> theirs, String example) {
        return new Way("saml", sentences, path, fields, attributes, theirsPath, theirs, example);
    }

    private static Way oidc(int sentences, List<String> path, List<Field> fields, List<String> theirsPath,
            List<String> theirs, String example) {
        return new Way("oidc", sentences, path, fields, List.of(), theirsPath, theirs, example);
    }
}
