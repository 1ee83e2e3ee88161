package gatehouse.idp.upstream.saml.corpus;

import gatehouse.idp.samlwire.Certificates;
import gatehouse.idp.samlwire.Dsig;
import gatehouse.idp.samlwire.FakeSamlIdp;
import gatehouse.idp.samlwire.FakeSamlIdp.Encryption;
import gatehouse.idp.samlwire.TestCredentials;
import java.util.stream.Stream;
import org.w3c.dom.Document;

/**
 * Responses in the shapes in which products send them, rebuilt from what their documentation shows: prefixes, order,
 * attributes, what is signed and how, and what is encrypted.
 */
final class Products {

    private static final String XS = "xmlns:xs=\"http://www.w3.org/2001/XMLSchema\"";
    private static final String XSI = "xmlns:xsi=\"http://www.w3.org/2001/XMLSchema-instance\"";
    private static final String UNSPECIFIED = "urn:oasis:names:tc:SAML:1.1:nameid-format:unspecified";
    private static final String EMAIL = "urn:oasis:names:tc:SAML:1.1:nameid-format:emailAddress";
    private static final String PERSISTENT = "urn:oasis:names:tc:SAML:2.0:nameid-format:persistent";
    private static final String ENTITY = "urn:oasis:names:tc:SAML:2.0:nameid-format:entity";
    private static final String PASSWORD = "urn:oasis:names:tc:SAML:2.0:ac:classes:Password";
    private static final String PROTECTED = "urn:oasis:names:tc:SAML:2.0:ac:classes:PasswordProtectedTransport";
    private static final String WS = "http://schemas.xmlsoap.org/ws/2005/05/identity/claims/";
    private static final String X509 = "<ds:X509Data><ds:X509Certificate>" + Certificates.pem(
            TestCredentials.IDP.certificate()).replaceAll("-----[^-]*-----", "").strip()
            + "</ds:X509Certificate></ds:X509Data>";

    private Products() {}

    static Stream<Variant> all() {
        return Stream.of(
                Variant.document("Okta", scene -> signed(okta(scene), x509(), true, true)),
                Variant.document("Okta, encrypted", scene -> signed(encrypted(signed(okta(scene), x509(), true, false),
                        scene, Encryption.USUAL), x509(), false, true)),
                Variant.document("Entra ID", scene -> signed(entra(scene), x509().prefix(""), true, false)),
                Variant.document("Entra ID, response signed", scene -> signed(entra(scene), x509().prefix(""), false,
                        true)),
                Variant.document("AD FS", scene -> signed(adfs(scene), adfsSignature(), true, false)),
                Variant.document("AD FS, encrypted", scene -> signed(encrypted(signed(adfs(scene), adfsSignature(),
                        true,
                        false), scene, new Encryption(Encryption.USUAL.data(), Encryption.SHIBBOLETH.transport(),
                                Encryption.SHIBBOLETH.digest(), null)), adfsSignature(), false, true)),
                Variant.document("Google Workspace", scene -> signed(google(scene), x509(), false, true)),
                Variant.document("Google Workspace, assertion signed", scene -> signed(google(scene), x509(), true,
                        false)),
                Variant.document("PingFederate", scene -> signed(ping(scene), new Handmade(), true, false)),
                Variant.document("PingOne", scene -> signed(ping(scene), x509(), false, true)),
                Variant.document("OneLogin", scene -> signed(oneLogin(scene), x509(), true, false)),
                Variant.document("OneLogin, both signed", scene -> signed(oneLogin(scene), x509(), true, true)),
                Variant.document("Shibboleth", scene -> signed(encrypted(shibboleth(scene), scene,
                        Encryption.SHIBBOLETH),
                        x509(), false, true)),
                Variant.document("Shibboleth, in clear", scene -> signed(shibboleth(scene), x509(), true, true)),
                Variant.document("SimpleSAMLphp", scene -> signed(simpleSaml(scene), x509(), true, true)),
                Variant.document("Keycloak", scene -> signed(keycloak(scene), keycloakSignature(), false, true)),
                Variant.document("Keycloak, both signed", scene -> signed(keycloak(scene), keycloakSignature(), true,
                        true)),
                Variant.document("JumpCloud", scene -> signed(jumpCloud(scene), x509(), true, false)),
                Variant.document("Auth0", scene -> signed(auth0(scene), x509().prefix(""), true, false)),
                Variant.document("Duo", scene -> signed(duo(scene), x509(), true, true)));
    }

    private static Handmade x509() {
        return new Handmade().keyInfo(X509);
    }

    private static Handmade adfsSignature() {
        return new Handmade().shape("</ds:SignatureValue>", "</ds:SignatureValue><KeyInfo xmlns=\"" + Dsig.DS + "\">"
                + X509
                + "</KeyInfo>");
    }

    private static Handmade keycloakSignature() {
        return new Handmade().keyInfo("<ds:KeyName>x0YCQ0OBfqMoXJjfBcOMi5gT9tAe8aXqTZdNVqY0XKo</ds:KeyName>" + X509
                + "<ds:KeyValue><ds:RSAKeyValue><ds:Modulus>AQAB</ds:Modulus><ds:Exponent>AQAB</ds:Exponent>"
                + "</ds:RSAKeyValue></ds:KeyValue>").prefix("dsig");
    }

    private static Document signed(Document document, Handmade how, boolean assertion, boolean response) {
        if (assertion) {
            how.sign(FakeSamlIdp.assertion(document));
        }
        if (response) {
            how.sign(document.getDocumentElement());
        }
        return document;
    }

    private static Document encrypted(Document document, Scene scene, Encryption how) {
        return Dsig.parse(Dsig.text(FakeSamlIdp.encrypted(document, scene.us(), how)));
    }

    private static Document of(Scene scene, String template) {
        var idp = scene.idp();
        return Dsig.parse(template.replace("{R}", idp.responseId).replace("{A}", idp.assertionId)
                .replace("{NOW}", idp.issueInstant.toString()).replace("{ACS}", idp.destination)
                .replace("{REQ}", idp.inResponseTo).replace("{IDP}", idp.issuer).replace("{SP}", idp.audience)
                .replace("{FROM}", idp.notBefore.toString()).replace("{TO}", idp.notOnOrAfter.toString())
                .replace("{AUTH}", idp.authnInstant.toString()).replace("{END}", idp.sessionNotOnOrAfter.toString())
                .replace("{NAME}", idp.nameId));
    }

    /** OpenSAML's Java style: {@code saml2p}, attributes in alphabetical order, each part declares its own prefix. */
    private static String javaStyle(String more, String format, String context, String attributes) {
        return """
                <?xml version="1.0" encoding="UTF-8"?>\
                <saml2p:Response Destination="{ACS}" ID="{R}" InResponseTo="{REQ}" \
                IssueInstant="{NOW}" Version="2.0" xmlns:saml2p="urn:oasis:names:tc:SAML:2.0:protocol" %1$s>\
                <saml2:Issuer Format="%5$s" xmlns:saml2="urn:oasis:names:tc:SAML:2.0:assertion">{IDP}</saml2:Issuer>\
                <saml2p:Status xmlns:saml2p="urn:oasis:names:tc:SAML:2.0:protocol"><saml2p:StatusCode \
                Value="urn:oasis:names:tc:SAML:2.0:status:Success"/></saml2p:Status><saml2:Assertion ID="{A}" \
                IssueInstant="{NOW}" Version="2.0" xmlns:saml2="urn:oasis:names:tc:SAML:2.0:assertion" %1$s>\
                <saml2:Issuer Format="%5$s" xmlns:saml2="urn:oasis:names:tc:SAML:2.0:assertion">{IDP}</saml2:Issuer>\
                <saml2:Subject xmlns:saml2="urn:oasis:names:tc:SAML:2.0:assertion"><saml2:NameID Format="%2$s">{NAME}\
                </saml2:NameID><saml2:SubjectConfirmation Method="urn:oasis:names:tc:SAML:2.0:cm:bearer">\
                <saml2:SubjectConfirmationData Address="192.0.2.7" InResponseTo="{REQ}" NotOnOrAfter="{TO}" \
                Recipient="{ACS}"/></saml2:SubjectConfirmation></saml2:Subject><saml2:Conditions NotBefore="{FROM}" \
                NotOnOrAfter="{TO}" xmlns:saml2="urn:oasis:names:tc:SAML:2.0:assertion"><saml2:AudienceRestriction>\
                <saml2:Audience>{SP}</saml2:Audience></saml2:AudienceRestriction></saml2:Conditions>\
                <saml2:AuthnStatement AuthnInstant="{AUTH}" SessionIndex="{REQ}"><saml2:SubjectLocality \
                Address="192.0.2.7"/><saml2:AuthnContext><saml2:AuthnContextClassRef>%3$s</saml2:AuthnContextClassRef>\
                </saml2:AuthnContext></saml2:AuthnStatement><saml2:AttributeStatement>%4$s</saml2:AttributeStatement>\
                </saml2:Assertion></saml2p:Response>""".formatted(more, format, context, attributes, ENTITY);
    }

    private static String value(String prefix, String name, String more, String type, String value) {
        return "<" + prefix + ":Attribute Name=\"" + name + '"' + more + "><" + prefix + ":AttributeValue " + XS + ' '
                + XSI
                + " xsi:type=\"" + type + "\">" + value + "</" + prefix + ":AttributeValue></" + prefix + ":Attribute>";
    }

    private static String format(String name) {
        return " NameFormat=\"urn:oasis:names:tc:SAML:2.0:attrname-format:" + name + '"';
    }

    private static Document okta(Scene scene) {
        return of(scene, javaStyle(XS, UNSPECIFIED, PROTECTED,
                value("saml2", "email", format("unspecified"), "xs:string", "{NAME}")
                        + value("saml2", "firstName", format("unspecified"), "xs:string", "Ada")
                        + value("saml2", "lastName", format("unspecified"), "xs:string", "Lovelace")));
    }

    private static Document google(Scene scene) {
        return of(scene, javaStyle("", EMAIL, "urn:oasis:names:tc:SAML:2.0:ac:classes:unspecified",
                value("saml2", "email", "", "xs:anyType", "{NAME}") + value("saml2", "first_name", "", "xs:anyType",
                        "Ada")));
    }

    private static Document shibboleth(Scene scene) {
        return of(scene, javaStyle("", PERSISTENT + "\" NameQualifier=\"{IDP}\" SPNameQualifier=\"{SP}", PROTECTED,
                value("saml2", "urn:oid:0.9.2342.19200300.100.1.3", " FriendlyName=\"mail\"" + format("uri"),
                        "xs:string",
                        "{NAME}") + value("saml2", "urn:oid:2.5.4.42", " FriendlyName=\"givenName\"" + format("uri"),
                        "xs:string", "Ada")));
    }

    private static Document jumpCloud(Scene scene) {
        return of(scene, javaStyle("", EMAIL, PROTECTED, value("saml2", "email", format("basic"), "xs:string",
                "{NAME}")));
    }

    /** Microsoft's style: the assertion's namespace is the default one, values have no type. */
    private static String microsoftStyle(String consent, String format, String attributes, boolean attributesFirst) {
        var statement = "<AttributeStatement>" + attributes + "</AttributeStatement>";
        var authentication = "<AuthnStatement AuthnInstant=\"{AUTH}\" SessionIndex=\"{A}\"><AuthnContext>"
                + "<AuthnContextClassRef>" + PASSWORD + "</AuthnContextClassRef></AuthnContext></AuthnStatement>";
        return "<samlp:Response ID=\"{R}\" Version=\"2.0\" IssueInstant=\"{NOW}\" Destination=\"{ACS}\"" + consent
                + " InResponseTo=\"{REQ}\" xmlns:samlp=\"urn:oasis:names:tc:SAML:2.0:protocol\">"
                + "<Issuer xmlns=\"urn:oasis:names:tc:SAML:2.0:assertion\">{IDP}</Issuer><samlp:Status>"
                + "<samlp:StatusCode Value=\"urn:oasis:names:tc:SAML:2.0:status:Success\" /></samlp:Status>"
                + "<Assertion ID=\"{A}\" IssueInstant=\"{NOW}\" Version=\"2.0\""
                + " xmlns=\"urn:oasis:names:tc:SAML:2.0:assertion\"><Issuer>{IDP}</Issuer><Subject><NameID Format=\""
                + format + "\">{NAME}</NameID><SubjectConfirmation Method=\"urn:oasis:names:tc:SAML:2.0:cm:bearer\">"
                + "<SubjectConfirmationData InResponseTo=\"{REQ}\" NotOnOrAfter=\"{TO}\" Recipient=\"{ACS}\" />"
                + "</SubjectConfirmation></Subject><Conditions NotBefore=\"{FROM}\" NotOnOrAfter=\"{TO}\">"
                + "<AudienceRestriction><Audience>{SP}</Audience></AudienceRestriction></Conditions>"
                + (attributesFirst ? statement + authentication : authentication + statement)
                + "</Assertion></samlp:Response>";
    }

    private static String plain(String name, String... values) {
        var xml = new StringBuilder("<Attribute Name=\"" + name + "\">");
        for (var value : values) {
            xml.append("<AttributeValue>").append(value).append("</AttributeValue>");
        }
        return xml.append("</Attribute>").toString();
    }

    private static Document entra(Scene scene) {
        var claims = "http://schemas.microsoft.com/identity/claims/";
        return of(scene, microsoftStyle("", EMAIL, plain(claims + "tenantid", "7f9c2d9e-0b1f-4bb2-9f0c-6a3b6b1f8d7e")
                + plain(claims + "objectidentifier", "2c0f6c3b-62f5-4b86-8b1e-35f1a50e6f2b")
                + plain(claims + "authnmethodsreferences", "http://schemas.microsoft.com/ws/2008/06/identity/"
                        + "authenticationmethod/password", "http://schemas.microsoft.com/claims/multipleauthn")
                + plain("http://schemas.microsoft.com/ws/2008/06/identity/claims/groups", "a", "b")
                + plain(WS + "givenname", "Ada") + plain(WS + "emailaddress", "{NAME}") + plain(WS + "name", "{NAME}"),
                true));
    }

    private static Document adfs(Scene scene) {
        return of(scene, microsoftStyle(" Consent=\"urn:oasis:names:tc:SAML:2.0:consent:unspecified\"", UNSPECIFIED,
                plain(WS + "emailaddress", "{NAME}") + plain(WS + "surname", "Lovelace")
                        + plain("http://schemas.xmlsoap.org/claims/Group", "Domain Users", "Buyers"), true));
    }

    /** The style of most others: {@code saml}, {@code samlp}, and the order of the standard's examples. */
    private static String usualStyle(String more, String assertionMore, String name, String session,
            String attributes) {
        return "<samlp:Response xmlns:samlp=\"urn:oasis:names:tc:SAML:2.0:protocol\""
                + " xmlns:saml=\"urn:oasis:names:tc:SAML:2.0:assertion\" ID=\"{R}\" Version=\"2.0\""
                + " IssueInstant=\"{NOW}\""
                + more + " InResponseTo=\"{REQ}\"><saml:Issuer>{IDP}</saml:Issuer><samlp:Status><samlp:StatusCode"
                + " Value=\"urn:oasis:names:tc:SAML:2.0:status:Success\"/></samlp:Status><saml:Assertion"
                        + assertionMore
                + " Version=\"2.0\" ID=\"{A}\" IssueInstant=\"{NOW}\"><saml:Issuer>{IDP}</saml:Issuer><saml:Subject>"
                + "<saml:NameID " + name + ">{NAME}</saml:NameID><saml:SubjectConfirmation"
                + " Method=\"urn:oasis:names:tc:SAML:2.0:cm:bearer\"><saml:SubjectConfirmationData"
                + " NotOnOrAfter=\"{TO}\""
                + " Recipient=\"{ACS}\" InResponseTo=\"{REQ}\"/></saml:SubjectConfirmation></saml:Subject>"
                + "<saml:Conditions NotBefore=\"{FROM}\" NotOnOrAfter=\"{TO}\"><saml:AudienceRestriction>"
                + "<saml:Audience>{SP}"
                + "</saml:Audience></saml:AudienceRestriction></saml:Conditions><saml:AuthnStatement"
                + " AuthnInstant=\"{AUTH}\"" + session + "><saml:AuthnContext><saml:AuthnContextClassRef>" + PROTECTED
                + "</saml:AuthnContextClassRef></saml:AuthnContext></saml:AuthnStatement><saml:AttributeStatement>"
                + attributes + "</saml:AttributeStatement></saml:Assertion></samlp:Response>";
    }

    private static Document ping(Scene scene) {
        return of(scene, usualStyle(" Destination=\"{ACS}\"", "", "Format=\"" + UNSPECIFIED + '"',
                " SessionIndex=\"hIcQkVoxNuYjQjWm0xMqPzTQG0k\"",
                value("saml", "mail", format("basic"), "xs:string", "{NAME}")));
    }

    private static Document oneLogin(Scene scene) {
        return of(scene, usualStyle(" Destination=\"{ACS}\"", ' ' + XS + ' ' + XSI
                + " xmlns:saml=\"urn:oasis:names:tc:SAML:2.0:assertion\"", "Format=\"" + EMAIL + '"',
                " SessionNotOnOrAfter=\"{END}\" SessionIndex=\"_9f1b0a10-0b5e-0139-7a7c-0a3f1c2d3e4f\"",
                value("saml", "User.email", format("basic"), "xs:string", "{NAME}")
                        + value("saml", "memberOf", format("basic"), "xs:string", "")));
    }

    private static Document simpleSaml(Scene scene) {
        return of(scene, usualStyle(" Destination=\"{ACS}\"", ' ' + XSI + ' ' + XS,
                "SPNameQualifier=\"{SP}\" Format=\"" + PERSISTENT + '"',
                " SessionNotOnOrAfter=\"{END}\" SessionIndex=\"_57f2b9d6d2bd6e2bd7e2d4a8a8a2d1b7c1f0e9d8c7\"",
                value("saml", "mail", format("uri"), "xs:string", "{NAME}")
                        + value("saml", "sn", format("uri"), "xs:string", "Lovelace")));
    }

    private static Document keycloak(Scene scene) {
        return of(scene, usualStyle(" Destination=\"{ACS}\"", " xmlns=\"urn:oasis:names:tc:SAML:2.0:assertion\"",
                "Format=\"" + PERSISTENT + '"', " SessionIndex=\"5f1f0f4e-9d0c-4c56-8a4c-0d7a2d9d1f3b::8e7d\""
                        + " SessionNotOnOrAfter=\"{END}\"",
                value("saml", "email", " FriendlyName=\"email\"" + format("basic"), "xs:string", "{NAME}")
                        + value("saml", "Role", format("basic"), "xs:string", "offline_access")));
    }

    private static Document auth0(Scene scene) {
        return of(scene, usualStyle(" Destination=\"{ACS}\"", " xmlns:saml=\"urn:oasis:names:tc:SAML:2.0:assertion\"",
                "Format=\"" + UNSPECIFIED + '"', " SessionIndex=\"_Fh2vXyq3Yw5x\"",
                value("saml", WS + "emailaddress", format("uri"), "xs:string", "{NAME}")
                        + value("saml", "http://schemas.auth0.com/email_verified", format("uri"), "xs:boolean", "true")
                        + value("saml", "http://schemas.auth0.com/created_at", format("uri"), "xs:anyType",
                                "Thu Nov 19 2026 10:00:00 GMT+0000")));
    }

    private static Document duo(Scene scene) {
        return of(scene, usualStyle(" Destination=\"{ACS}\"", ' ' + XS + ' ' + XSI, "Format=\"" + EMAIL + '"',
                " SessionIndex=\"DUO_4b2f9b1c\" SessionNotOnOrAfter=\"{END}\"",
                value("saml", "Username", format("unspecified"), "xs:string", "ada")
                        + value("saml", "email", format("unspecified"), "xs:string", "{NAME}")));
    }
}
