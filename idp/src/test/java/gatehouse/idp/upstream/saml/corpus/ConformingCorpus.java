package gatehouse.idp.upstream.saml.corpus;

import gatehouse.idp.samlwire.Certificates;
import gatehouse.idp.samlwire.Dsig;
import gatehouse.idp.samlwire.FakeSamlIdp;
import gatehouse.idp.samlwire.FakeSamlIdp.Encryption;
import gatehouse.idp.samlwire.TestCredentials;
import java.util.List;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.apache.xml.security.encryption.XMLCipher;
import org.w3c.dom.Document;

/** All messages that must sign somebody in: what the standard allows, and what products send. */
public final class ConformingCorpus {

    private static final String MORE = "http://www.w3.org/2001/04/xmldsig-more#";
    private static final String SHA256 = "http://www.w3.org/2001/04/xmlenc#sha256";
    private static final String SHA384 = MORE + "sha384";
    private static final String SHA512 = "http://www.w3.org/2001/04/xmlenc#sha512";
    private static final String XS = " xmlns:xs=\"http://www.w3.org/2001/XMLSchema\""
            + " xmlns:xsi=\"http://www.w3.org/2001/XMLSchema-instance\"";

    private static final List<Variant> ALL = Stream.of(signatures(), keyInfos(), encryptions(), texts(), contents(),
            values(), envelopes(), Products.all()).flatMap(variants -> variants).toList();

    private ConformingCorpus() {}

    public static List<Variant> all() {
        return ALL;
    }

    /** What a provider's connection must trust for all of them. */
    public static List<TestCredentials> signers() {
        return List.of(TestCredentials.IDP, TestCredentials.IDP_NEXT, TestCredentials.IDP_EC,
                TestCredentials.IDP_RSA_3072, TestCredentials.IDP_RSA_4096, TestCredentials.IDP_EC_384,
                TestCredentials.IDP_EC_521);
    }

    private static Variant signed(String name, Handmade signature) {
        return Variant.document(name, scene -> scene.signed(signature));
    }

    private static Variant by(TestCredentials key, String jcaName, String algorithm, String digest) {
        return signed(algorithm + " by " + key, new Handmade().by(key.keys().getPrivate(), jcaName, MORE + algorithm,
                digest));
    }

    private static Stream<Variant> signatures() {
        var ec = "inP1363Format";
        return Stream.of(
                Variant.document("assertion signed", scene -> scene.idp().assertionSigned()),
                Variant.document("response signed", scene -> scene.idp().responseSigned()),
                Variant.document("both signed", scene -> scene.idp().bothSigned()),
                by(TestCredentials.IDP, "SHA256withRSA", "rsa-sha256", SHA256),
                by(TestCredentials.IDP, "SHA384withRSA", "rsa-sha384", SHA384),
                by(TestCredentials.IDP_NEXT, "SHA512withRSA", "rsa-sha512", SHA512),
                by(TestCredentials.IDP_RSA_3072, "SHA256withRSA", "rsa-sha256", SHA256),
                by(TestCredentials.IDP_RSA_4096, "SHA512withRSA", "rsa-sha512", SHA256),
                by(TestCredentials.IDP_EC, "SHA256withECDSA" + ec, "ecdsa-sha256", SHA256),
                by(TestCredentials.IDP_EC_384, "SHA384withECDSA" + ec, "ecdsa-sha384", SHA384),
                by(TestCredentials.IDP_EC_521, "SHA512withECDSA" + ec, "ecdsa-sha512", SHA512),
                signed("canonicalization with comments", new Handmade().shape(Handmade.transform(Handmade.EXCLUSIVE),
                        Handmade.transform(Handmade.EXCLUSIVE + "WithComments"))),
                signed("inclusive prefixes of the signed info", new Handmade().shape("Method Algorithm=\""
                        + Handmade.EXCLUSIVE + "\"/>", "Method Algorithm=\"" + Handmade.EXCLUSIVE
                        + "\"><ec:InclusiveNamespaces xmlns:ec=\"" + Handmade.EXCLUSIVE + "\" PrefixList=\"xs\"/>"
                        + "</ds:CanonicalizationMethod>")),
                inclusive("xs"), inclusive("#default"), inclusive("#default samlp saml ds xs xsi"),
                signed("signature in lines", new Handmade().shape("><", ">\n    <")),
                signed("signature with an Id", new Handmade().shape("<ds:SignedInfo>", "<ds:SignedInfo Id=\"_info\">")),
                signed("default namespace of the signature", new Handmade().prefix("")),
                signed("another prefix of the signature", new Handmade().prefix("dsig")));
    }

    /** Inclusive prefixes, used by types of values; digested by the platform, which knows them. */
    private static Variant inclusive(String prefixes) {
        return Variant.document("inclusive prefixes " + prefixes, scene -> {
            scene.idp().beforeSigning = xml -> xml.replaceFirst("<samlp:Response ", "<samlp:Response" + XS + " ");
            var document = scene.idp().draft();
            Dsig.honest().inclusive(prefixes).sign(FakeSamlIdp.assertion(document));
            return document;
        });
    }

    private static Stream<Variant> keyInfos() {
        var certificate = Certificates.pem(TestCredentials.IDP.certificate()).replaceAll("-----[^-]*-----", "");
        var x509 = "<ds:X509Certificate>" + certificate + "</ds:X509Certificate>";
        return Stream.of(
                signed("no key info", new Handmade()),
                signed("empty key info", new Handmade().keyInfo("")),
                signed("name of the key", new Handmade().keyInfo("<ds:KeyName>idp-2026</ds:KeyName>")),
                signed("certificate", new Handmade().keyInfo("<ds:X509Data>" + x509 + "</ds:X509Data>")),
                signed("chain of certificates", new Handmade().keyInfo("<ds:X509Data>" + x509.repeat(4)
                        + "</ds:X509Data>")),
                signed("certificate, subject and serial number", new Handmade().keyInfo("<ds:X509Data>"
                        + "<ds:X509SubjectName>CN=IDP</ds:X509SubjectName><ds:X509IssuerSerial>"
                        + "<ds:X509IssuerName>CN=IDP"
                        + "</ds:X509IssuerName><ds:X509SerialNumber>1</ds:X509SerialNumber></ds:X509IssuerSerial>"
                                + x509
                        + "</ds:X509Data>")),
                signed("key value", new Handmade().keyInfo("<ds:KeyValue><ds:RSAKeyValue><ds:Modulus>AQAB</ds:Modulus>"
                        + "<ds:Exponent>AQAB</ds:Exponent></ds:RSAKeyValue></ds:KeyValue>")));
    }

    private static Variant encrypted(String name, Encryption how, UnaryOperator<String> change) {
        return Variant.text(name, scene -> change.apply(Dsig.text(
                FakeSamlIdp.encrypted(scene.idp().assertionSigned(), scene.us(), how))));
    }

    private static Stream<Variant> encryptions() {
        var key = "(?s)<xenc:EncryptedKey.*</xenc:EncryptedKey>";
        return Stream.of(
                encrypted("encrypted, AES-256-GCM and RSA-OAEP with SHA-256", Encryption.USUAL, xml -> xml),
                encrypted("encrypted, AES-128-GCM and RSA-OAEP as ever", Encryption.SHIBBOLETH, xml -> xml),
                encrypted("encrypted, AES-256-GCM and RSA-OAEP with SHA-512", new Encryption(XMLCipher.AES_256_GCM,
                        XMLCipher.RSA_OAEP_11, SHA512, "http://www.w3.org/2009/xmlenc11#mgf1sha512"), xml -> xml),
                encrypted("encrypted, digest SHA-256 and mask SHA-1", new Encryption(XMLCipher.AES_128_GCM,
                        XMLCipher.RSA_OAEP, SHA256, null), xml -> xml),
                encrypted("encrypted, recipient and name of the key", Encryption.USUAL, xml -> xml.replaceFirst(
                        "<xenc:EncryptedKey", "<xenc:EncryptedKey Recipient=\"us\"").replaceFirst("(<xenc:CipherData>)",
                        "<ds:KeyInfo><ds:KeyName>us</ds:KeyName></ds:KeyInfo>$1")),
                encrypted("encrypted, key beside the data", Encryption.USUAL, xml -> {
                    var found = java.util.regex.Pattern.compile(key).matcher(xml);
                    found.find();
                    var beside = found.group().replaceFirst("<xenc:EncryptedKey", "<xenc:EncryptedKey Id=\"_key\""
                            + " xmlns:xenc=\"http://www.w3.org/2001/04/xmlenc#\" xmlns:ds=\"" + Dsig.DS + '"');
                    return xml.replace(found.group(), "<ds:RetrievalMethod URI=\"#_key\""
                            + " Type=\"http://www.w3.org/2001/04/xmlenc#EncryptedKey\"/>")
                            .replace("</saml:EncryptedAssertion>", beside + "</saml:EncryptedAssertion>");
                }),
                Variant.document("encrypted in a signed response", scene -> responseSigned(
                        FakeSamlIdp.encrypted(scene.idp().draft(), scene.us(), Encryption.USUAL))),
                Variant.document("signed, encrypted, in a signed response", scene -> responseSigned(
                        FakeSamlIdp.encrypted(scene.idp().assertionSigned(), scene.us(), Encryption.USUAL))),
                Variant.document("name encrypted", scene -> {
                    var document = FakeSamlIdp.nameEncrypted(scene.idp().draft(), scene.us(), Encryption.USUAL);
                    new Handmade().sign(FakeSamlIdp.assertion(document));
                    return document;
                }));
    }

    private static Document responseSigned(Document document) {
        new Handmade().sign(document.getDocumentElement());
        return document;
    }

    /** How the same message can be written. */
    private static Stream<Variant> texts() {
        return Stream.<java.util.Map.Entry<String, UnaryOperator<String>>>of(
                java.util.Map.entry("with a declaration", xml -> "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n" + xml),
                java.util.Map.entry("with a declaration in small letters and single quotes",
                        xml -> "<?xml version='1.0' encoding='utf-8' standalone='no'?>" + xml),
                java.util.Map.entry("with a mark of order", xml -> "\ufeff" + xml),
                java.util.Map.entry("with lines that end as in Windows", xml -> xml.replace("\n", "\r\n")),
                java.util.Map.entry("with comments between elements", xml -> "<!-- before -->" + xml.replace(
                        "<saml:Subject>", "<!-- a --><saml:Subject><!-- b -->") + "<!-- after -->"),
                java.util.Map.entry("with instructions around it", xml -> "<?before?>" + xml + "<?after x?>"),
                java.util.Map.entry("with white space after it", xml -> xml + "\n\n"),
                java.util.Map.entry("with an unused namespace around it", xml -> xml.replaceFirst("<samlp:Response ",
                        "<samlp:Response xmlns:unused=\"urn:x\" ")),
                java.util.Map.entry("with single quotes and spaces in tags", xml -> xml.replaceAll(
                        " (Version|Value|Method)=\"([^\"]*)\"", "\n   $1 = '$2' ")),
                java.util.Map.entry("with empty elements in two tags", xml -> xml.replaceAll(
                        "<samlp:StatusCode([^>]*)/>", "<samlp:StatusCode$1></samlp:StatusCode>")),
                java.util.Map.entry("with references to characters", xml -> xml.replace("@acme-ads",
                        "&#64;acme&#x2D;ads")))
                .map(change -> Variant.text(change.getKey(), scene -> change.getValue().apply(scene.signedText())));
    }

    private static Variant written(String name, UnaryOperator<String> change) {
        return Variant.document(name, scene -> {
            scene.idp().beforeSigning = xml -> {
                var changed = change.apply(xml);
                if (changed.equals(xml)) {
                    throw new IllegalStateException("nothing was changed: " + name);
                }
                return changed;
            };
            return scene.idp().bothSigned();
        });
    }

    private static Stream<Variant> contents() {
        return Stream.of(
                written("in one line", xml -> xml.replaceAll(">\\s+<", "><")),
                written("in many lines", xml -> xml.replace("><", ">\n\n\t<")),
                written("other prefixes", xml -> xml.replace("samlp:", "p0:").replace(":samlp=", ":p0=")
                        .replace("saml:", "a1:").replace(":saml=", ":a1=")),
                written("several audiences", xml -> xml.replace("<saml:Audience>",
                        "<saml:Audience>https://other.example</saml:Audience><saml:Audience>")),
                written("several audience restrictions", xml -> xml.replaceAll(
                        "(<saml:AudienceRestriction>.*</saml:AudienceRestriction>)", "$1$1")),
                written("one-time use", xml -> xml.replace("</saml:Conditions>",
                        "<saml:OneTimeUse/></saml:Conditions>")),
                written("proxy restriction", xml -> xml.replace("</saml:Conditions>",
                        "<saml:ProxyRestriction Count=\"0\"><saml:Audience>https://x.example</saml:Audience>"
                                + "</saml:ProxyRestriction></saml:Conditions>")),
                written("advice", xml -> xml.replace("<saml:AuthnStatement ", "<saml:Advice><saml:AssertionURIRef>urn:x"
                        + "</saml:AssertionURIRef></saml:Advice><saml:AuthnStatement ")),
                written("extensions", xml -> xml.replaceFirst("<samlp:Status>",
                        "<samlp:Extensions><x:y xmlns:x=\"urn:x\">"
                        + "<x:z/></x:y></samlp:Extensions><samlp:Status>")),
                written("consent", xml -> xml.replaceFirst("<samlp:Response ", "<samlp:Response Consent="
                        + "\"urn:oasis:names:tc:SAML:2.0:consent:unspecified\" ")),
                written("status with message and detail", xml -> xml.replace("</samlp:Status>",
                        "<samlp:StatusMessage>Fine"
                        + "</samlp:StatusMessage><samlp:StatusDetail><x xmlns=\"urn:x\"/></samlp:StatusDetail>"
                        + "</samlp:Status>")),
                written("another confirmation first", xml -> xml.replaceFirst("<saml:SubjectConfirmation ",
                        "<saml:SubjectConfirmation Method=\"urn:oasis:names:tc:SAML:2.0:cm:sender-vouches\"/>"
                                + "<saml:SubjectConfirmation ")),
                written("address and key info of the confirmation", xml -> xml.replace("<saml:SubjectConfirmationData ",
                        "<saml:SubjectConfirmationData Address=\"192.0.2.7\" ")),
                written("locality and authority", xml -> xml.replace("<saml:AuthnContext>",
                        "<saml:SubjectLocality Address=\"192.0.2.7\" DNSName=\"pc.example\"/><saml:AuthnContext>")
                                .replace(
                        "</saml:AuthnContextClassRef>", "</saml:AuthnContextClassRef><saml:AuthenticatingAuthority>"
                                + "https://a.example</saml:AuthenticatingAuthority>")),
                written("declaration of the context", xml -> xml.replace("</saml:AuthnContextClassRef>",
                        "</saml:AuthnContextClassRef><saml:AuthnContextDeclRef>urn:x</saml:AuthnContextDeclRef>")),
                written("two authentication statements", xml -> xml.replaceAll(
                        "(?s)(<saml:AuthnStatement.*</saml:AuthnStatement>)", "$1$1")),
                written("authorization decision", xml -> xml.replace("<saml:AttributeStatement>",
                        "<saml:AuthzDecisionStatement Resource=\"urn:x\" Decision=\"Permit\"><saml:Action Namespace="
                                + "\"urn:x\">Read</saml:Action></saml:AuthzDecisionStatement>"
                                + "<saml:AttributeStatement>")));
    }

    private static Stream<Variant> values() {
        return Stream.of(
                written("several attribute statements", xml -> xml.replace("</saml:AttributeStatement>",
                        "</saml:AttributeStatement><saml:AttributeStatement>" + FakeSamlIdp.attribute("groups", "a",
                                "b")
                                + "</saml:AttributeStatement>")),
                written("no attribute statement", xml -> xml.replaceAll(
                        "<saml:AttributeStatement>.*</saml:AttributeStatement>", "").replaceFirst(
                        "SAML:2.0:nameid-format:persistent", "SAML:1.1:nameid-format:emailAddress")),
                written("values of any type", xml -> xml.replace("xs:string", "xs:anyType")),
                written("values without type", xml -> xml.replaceAll(" xsi:type=\"xs:string\"", "")),
                written("no values, an empty one and a nil one", xml -> xml.replace("</saml:AttributeStatement>",
                        "<saml:Attribute Name=\"none\"/><saml:Attribute Name=\"empty\"><saml:AttributeValue/>"
                                + "<saml:AttributeValue" + XS
                                        + " xsi:nil=\"true\"/></saml:Attribute></saml:AttributeStatement>")),
                written("values of several types", xml -> xml.replace("</saml:AttributeStatement>",
                        Stream.of("xs:boolean true", "xs:integer 7", "xs:dateTime 2026-01-01T00:00:00Z",
                                "xs:base64Binary AAAA",
                                "xs:anyURI urn:x", "x:own own").map(value -> value.split(" ")).map(value ->
                                "<saml:Attribute Name=\"" + value[0] + "\"><saml:AttributeValue" + XS
                                        + " xmlns:x=\"urn:x\""
                                        + " xsi:type=\"" + value[0] + "\">" + value[1]
                                                + "</saml:AttributeValue></saml:Attribute>")
                                .reduce("", String::concat) + "</saml:AttributeStatement>")),
                written("value with a name within", xml -> xml.replace("</saml:AttributeStatement>",
                        "<saml:Attribute Name=\"urn:oid:1.3.6.1.4.1.5923.1.1.1.10\"><saml:AttributeValue><saml:NameID>x"
                                + "</saml:NameID></saml:AttributeValue></saml:Attribute></saml:AttributeStatement>")),
                written("an encrypted attribute", xml -> xml.replace("</saml:AttributeStatement>",
                        "<saml:EncryptedAttribute/></saml:AttributeStatement>")),
                written("friendly names and formats", xml -> xml.replace("<saml:Attribute ",
                        "<saml:Attribute FriendlyName="
                        + "\"x\" NameFormat=\"urn:oasis:names:tc:SAML:2.0:attrname-format:uri\" ")),
                written("thousand groups", xml -> xml.replace("</saml:AttributeStatement>",
                        "<saml:Attribute Name=\"groups\">"
                                + ("<saml:AttributeValue>CN=a group with a long name,OU=groups"
                                + "</saml:AttributeValue>").repeat(1_000)
                                + "</saml:Attribute></saml:AttributeStatement>")),
                format("urn:oasis:names:tc:SAML:1.1:nameid-format:emailAddress"),
                format("urn:oasis:names:tc:SAML:1.1:nameid-format:unspecified"),
                format("urn:oasis:names:tc:SAML:1.1:nameid-format:X509SubjectName"),
                format("urn:oasis:names:tc:SAML:2.0:nameid-format:kerberos"),
                written("name without format", xml -> xml.replaceAll("<saml:NameID Format=\"[^\"]*\"", "<saml:NameID")),
                written("name with qualifiers", xml -> xml.replace("<saml:NameID ",
                        "<saml:NameID NameQualifier=\"https://a\""
                        + " SPNameQualifier=\"https://b\" SPProvidedID=\"x\" ")),
                written("name in white space", xml -> xml.replaceAll("(<saml:NameID [^>]*>)", "$1\n      ")),
                written("name with a comment", xml -> xml.replaceFirst("(<saml:NameID [^>]*>ada)", "$1<!-- x -->")),
                written("name in CDATA", xml -> xml.replaceFirst("(<saml:NameID [^>]*>)([^<]*)<", "$1<![CDATA[$2]]><")),
                Variant.document("names in other letters", scene -> {
                    scene.idp().attributes = FakeSamlIdp.attribute("displayName",
                            "Zo\u00eb \u738b\u5c0f\u660e \ud83d\ude00")
                            + FakeSamlIdp.attribute("email", FakeSamlIdp.NAME_ID);
                    return scene.idp().assertionSigned();
                }));
    }

    private static Variant format(String urn) {
        return Variant.document("name of format " + urn, scene -> {
            scene.idp().nameIdFormat = urn;
            return scene.idp().assertionSigned();
        });
    }

    private static Variant timed(String name, Function<String, String> time) {
        return written(name, xml -> java.util.regex.Pattern.compile("\"(\\d{4}-[^\"]*)Z\"").matcher(xml)
                .replaceAll(found -> '"' + time.apply(found.group(1)) + '"'));
    }

    private static Stream<Variant> envelopes() {
        return Stream.of(
                Variant.document("no destination on an unsigned response", scene -> {
                    scene.idp().beforeSigning = xml -> xml.replaceAll(" Destination=\"[^\"]*\"", "");
                    return scene.idp().assertionSigned();
                }),
                Variant.document("no issuer of the response", scene -> {
                    scene.idp().beforeSigning = xml -> xml.replaceFirst("<saml:Issuer>[^<]*</saml:Issuer>", "");
                    return scene.idp().assertionSigned();
                }),
                written("format of the issuer", xml -> xml.replace("<saml:Issuer>", "<saml:Issuer Format="
                        + "\"urn:oasis:names:tc:SAML:2.0:nameid-format:entity\">")),
                written("issuer in white space", xml -> xml.replaceAll("<saml:Issuer>([^<]*)<",
                        "<saml:Issuer>\n $1\n<")),
                written("no start of validity", xml -> xml.replaceAll(" NotBefore=\"[^\"]*\"", "")),
                written("no end of the session", xml -> xml.replaceAll(" SessionNotOnOrAfter=\"[^\"]*\"", "")),
                written("a session without end", xml -> xml.replaceAll(" SessionNotOnOrAfter=\"[^\"]*\"",
                        " SessionNotOnOrAfter=\"9999-12-31T23:59:59Z\"")),
                written("no index of the session", xml -> xml.replaceAll(" SessionIndex=\"[^\"]*\"", "")),
                timed("times in milliseconds", time -> time.replaceAll("\\..*", "") + ".123Z"),
                timed("times in units of .NET", time -> time.replaceAll("\\..*", "") + ".1234567Z"),
                timed("times without fractions", time -> time.replaceAll("\\..*", "") + "Z"),
                timed("times of zone +00:00", time -> time + "+00:00"));
    }
}
