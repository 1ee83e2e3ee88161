package gatehouse.idp.portal.guide;

import gatehouse.idp.portal.guide.Guide.Field;
import gatehouse.idp.portal.guide.Guide.Value;
import gatehouse.idp.upstream.template.ProviderTemplate;
import gatehouse.idp.upstream.template.Way;
import java.util.List;
import java.util.Map;

/** How each way of the provider templates looks on the other side. */
public final class Guides {

    private static final String WS_CLAIMS = "http://schemas.xmlsoap.org/ws/2005/05/identity/claims/";

    /** By the id of the provider's template. */
    private static final Map<String, List<Guide>> ALL = Map.ofEntries(
            Map.entry("okta", List.of(
                    saml(4, List.of("Applications", "Create App Integration", "SAML 2.0"),
                            List.of(Field.of("Single sign-on URL", Value.ACS),
                                    Field.of("Audience URI (SP Entity ID)", Value.ENTITY_ID),
                                    Field.fixed("Name ID format", "Persistent"),
                                    Field.fixed("Application username", "Okta username")),
                            List.of(Field.fixed("email", "user.email"), Field.fixed("givenName", "user.firstName"),
                                    Field.fixed("sn", "user.lastName")),
                            List.of("Sign On", "SAML 2.0", "Metadata details"), List.of("Metadata URL")),
                    oidc(4, List.of("Applications", "Create App Integration", "OIDC - OpenID Connect",
                            "Web Application"),
                            List.of(Field.of("Sign-in redirect URIs", Value.REDIRECT_URI),
                                    Field.fixed("Grant type", "Authorization Code")),
                            List.of("General", "Client Credentials"),
                            List.of("Okta domain", "Client ID", "Client secret")))),
            Map.entry("entra", List.of(
                    saml(4, List.of("Enterprise applications", "New application", "Single sign-on", "SAML"),
                            List.of(Field.of("Identifier (Entity ID)", Value.ENTITY_ID),
                                    Field.of("Reply URL (Assertion Consumer Service URL)", Value.ACS)),
                            List.of(Field.fixed(WS_CLAIMS + "emailaddress", "user.mail"),
                                    Field.fixed(WS_CLAIMS + "givenname", "user.givenname"),
                                    Field.fixed(WS_CLAIMS + "surname", "user.surname")),
                            List.of("Single sign-on", "SAML Certificates"), List.of("App Federation Metadata Url")),
                    oidc(4, List.of("App registrations", "New registration"),
                            List.of(Field.fixed("Redirect URI", "Web"),
                                    Field.of("Redirect URI (optional)", Value.REDIRECT_URI)),
                            List.of("Overview", "Certificates & secrets"),
                            List.of("Directory (tenant) ID", "Application (client) ID", "Value")),
                    new Guide("oidc-multitenant", 4, List.of("App registrations", "New registration"),
                            List.of(Field.fixed("Supported account types", "Multitenant"),
                                    Field.fixed("Redirect URI", "Web"),
                                    Field.of("Redirect URI (optional)", Value.REDIRECT_URI)),
                            List.of(), List.of("Overview", "Certificates & secrets"),
                            List.of("Directory (tenant) ID", "Application (client) ID", "Value")))),
            Map.entry("google", List.of(
                    saml(4, List.of("Apps", "Web and mobile apps", "Add app", "Add custom SAML app"),
                            List.of(Field.of("ACS URL", Value.ACS), Field.of("Entity ID", Value.ENTITY_ID),
                                    Field.fixed("Name ID format", "EMAIL"),
                                    Field.fixed("Name ID", "Basic Information > Primary email")),
                            List.of(Field.fixed("email", "Primary email"), Field.fixed("givenName", "First name"),
                                    Field.fixed("sn", "Last name")),
                            List.of("Google Identity Provider details"), List.of("DOWNLOAD METADATA")),
                    oidc(3, List.of("Google Cloud console", "APIs & Services", "Credentials",
                            "Create credentials", "OAuth client ID", "Web application"),
                            List.of(Field.of("Authorized redirect URIs", Value.REDIRECT_URI)),
                            List.of("Credentials", "OAuth 2.0 Client IDs"),
                            List.of("", "Client ID", "Client secret")))),
            Map.entry("adfs", List.of(
                    saml(4, List.of("AD FS Management", "Relying Party Trusts", "Add Relying Party Trust…",
                            "Claims aware"),
                            List.of(Field.of("Federation metadata address (host name or URL)", Value.METADATA_URL),
                                    Field.of("Relying party trust identifier", Value.ENTITY_ID),
                                    Field.of("Relying party SAML 2.0 SSO service URL", Value.ACS)),
                            List.of(Field.fixed("E-Mail Address", "E-Mail-Addresses"),
                                    Field.fixed("Given Name", "Given-Name"), Field.fixed("Surname", "Surname"),
                                    Field.fixed("Name ID", "objectGUID")),
                            List.of("AD FS Management", "Service", "Endpoints", "Metadata"),
                            List.of("/FederationMetadata/2007-06/FederationMetadata.xml")),
                    oidc(4, List.of("AD FS Management", "Application Groups", "Add Application Group…",
                            "Server application accessing a web API"),
                            List.of(Field.of("Redirect URI", Value.REDIRECT_URI)),
                            List.of("AD FS Management", "Application Groups"),
                            List.of("", "Client Identifier", "Secret")))),
            Map.entry("ping", List.of(
                    saml(3, List.of("Applications", "Applications", "+", "SAML Application"),
                            List.of(Field.of("ACS URLs", Value.ACS), Field.of("Entity ID", Value.ENTITY_ID),
                                    Field.fixed("Sign", "Sign Assertion & Response")),
                            List.of(Field.fixed("saml_subject", "User ID"), Field.fixed("email", "Email Address"),
                                    Field.fixed("givenName", "Given Name"), Field.fixed("sn", "Family Name")),
                            List.of("Configuration", "Connection Details"), List.of("IDP Metadata URL")),
                    oidc(3, List.of("Applications", "Applications", "+", "OIDC Web App"),
                            List.of(Field.of("Redirect URIs", Value.REDIRECT_URI)),
                            List.of("Overview", "Connection Details"),
                            List.of("", "Environment ID", "Client ID", "Client Secret")))),
            Map.entry("onelogin", List.of(
                    saml(3, List.of("Applications", "Add App", "SAML Custom Connector (Advanced)", "Configuration"),
                            List.of(Field.of("Audience (EntityID)", Value.ENTITY_ID),
                                    Field.of("Recipient", Value.ACS),
                                    Field.of("ACS (Consumer) URL Validator", Value.ACS),
                                    Field.of("ACS (Consumer) URL", Value.ACS)),
                            List.of(Field.fixed("email", "Email"), Field.fixed("givenName", "First Name"),
                                    Field.fixed("sn", "Last Name")),
                            List.of("SSO"), List.of("Issuer URL")),
                    oidc(3, List.of("Applications", "Add App", "OpenId Connect (OIDC)", "Configuration"),
                            List.of(Field.of("Redirect URI's", Value.REDIRECT_URI)),
                            List.of("SSO"), List.of("", "Client ID", "Client Secret")))),
            Map.entry("jumpcloud", List.of(
                    saml(3, List.of("SSO Applications", "Add New Application", "Custom Application", "SSO"),
                            List.of(Field.of("SP Entity ID", Value.ENTITY_ID), Field.of("ACS URLs", Value.ACS),
                                    Field.fixed("Sign", "Assertion and Response")),
                            List.of(Field.fixed("email", "email"), Field.fixed("givenName", "firstname"),
                                    Field.fixed("sn", "lastname")),
                            List.of("SSO", "JumpCloud Metadata"), List.of("Copy Metadata URL")),
                    oidc(3, List.of("SSO Applications", "Add New Application", "Custom Application",
                            "Configure SSO with OIDC"),
                            List.of(Field.of("Redirect URIs", Value.REDIRECT_URI),
                                    Field.fixed("Client Authentication Type", "Client Secret Post")),
                            List.of("SSO"), List.of("Client ID", "Client Secret")))),
            Map.entry("auth0", List.of(
                    saml(3, List.of("Applications", "Applications", "Create Application", "Addons", "SAML2 Web App"),
                            List.of(Field.of("Application Callback URL", Value.ACS),
                                    Field.of("audience", Value.ENTITY_ID)),
                            List.of(),
                            List.of("Addons", "SAML2 Web App", "Usage"),
                            List.of("Identity Provider Metadata")),
                    oidc(3, List.of("Applications", "Applications", "Create Application",
                            "Regular Web Applications"),
                            List.of(Field.of("Allowed Callback URLs", Value.REDIRECT_URI)),
                            List.of("Applications", "Settings", "Basic Information"),
                            List.of("Domain", "Client ID", "Client Secret")))),
            Map.entry("shibboleth", List.of(
                    saml(3, List.of("conf/metadata-providers.xml", "conf/attribute-filter.xml"),
                            List.of(Field.of("metadataURL", Value.METADATA_URL),
                                    Field.of("Requester", Value.ENTITY_ID),
                                    Field.fixed("nameIDFormatPrecedence",
                                            "urn:oasis:names:tc:SAML:2.0:nameid-format:persistent")),
                            List.of(Field.fixed("mail", "urn:oid:0.9.2342.19200300.100.1.3"),
                                    Field.fixed("givenName", "urn:oid:2.5.4.42"),
                                    Field.fixed("sn", "urn:oid:2.5.4.4")),
                            List.of("https://<your IdP>/idp/shibboleth"), List.of("entityID")))),
            Map.entry("keycloak", List.of(
                    saml(3, List.of("Clients", "Create client", "SAML"),
                            List.of(Field.of("Client ID", Value.ENTITY_ID),
                                    Field.of("Valid redirect URIs", Value.ACS),
                                    Field.of("Master SAML Processing URL", Value.ACS),
                                    Field.fixed("Name ID format", "persistent")),
                            List.of(Field.fixed("X500 email", "email"), Field.fixed("X500 givenName", "firstName"),
                                    Field.fixed("X500 surname", "lastName")),
                            List.of("Realm settings", "General", "Endpoints"),
                            List.of("SAML 2.0 Identity Provider Metadata")),
                    oidc(3, List.of("Clients", "Create client", "OpenID Connect"),
                            List.of(Field.fixed("Client authentication", "On"),
                                    Field.of("Valid redirect URIs", Value.REDIRECT_URI)),
                            List.of("Clients", "Credentials"), List.of("", "", "Client ID", "Client Secret")))),
            Map.entry("generic-saml", List.of(
                    saml(3, List.of(),
                            List.of(Field.of("Entity ID / Audience", Value.ENTITY_ID),
                                    Field.of("ACS URL / Reply URL / Recipient", Value.ACS),
                                    Field.of("SP metadata URL", Value.METADATA_URL)),
                            List.of(Field.fixed("email", "E-mail address"), Field.fixed("givenName", "First name"),
                                    Field.fixed("sn", "Last name")),
                            List.of(), List.of("IdP metadata URL")))),
            Map.entry("generic-oidc", List.of(
                    oidc(3, List.of(), List.of(Field.of("Redirect URI", Value.REDIRECT_URI)),
                            List.of(), List.of("Issuer", "Client ID", "Client Secret")))));

    private Guides() {}

    /** The guide of {@code way} of {@code template}. Every way has one. */
    public static Guide of(ProviderTemplate template, Way way) {
        return ALL.get(template.id()).stream().filter(guide -> guide.way().equals(way.name())).findFirst()
                .orElseThrow();
    }

    private static Guide saml(int sentences, List<String> path, List<Field> fields, List<Field> attributes,
            List<String> theirsPath, List<String> theirs) {
        return new Guide("saml", sentences, path, fields, attributes, theirsPath, theirs);
    }

    private static Guide oidc(int sentences, List<String> path, List<Field> fields, List<String> theirsPath,
            List<String> theirs) {
        return new Guide("oidc", sentences, path, fields, List.of(), theirsPath, theirs);
    }
}
