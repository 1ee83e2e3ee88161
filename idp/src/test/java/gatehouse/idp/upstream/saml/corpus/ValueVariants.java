package gatehouse.idp.upstream.saml.corpus;

import gatehouse.idp.samlwire.FakeSamlIdp;
import java.util.stream.Stream;

/** What names and attributes can honestly look like. */
final class ValueVariants {

    private ValueVariants() {}

    static Stream<Variant> all() {
        return Stream.of(
                ConformingCorpus.written("several attribute statements", xml ->
                        xml.replace("</saml:AttributeStatement>",
                        "</saml:AttributeStatement><saml:AttributeStatement>" + FakeSamlIdp.attribute("groups", "a",
                                "b")
                                + "</saml:AttributeStatement>")),
                ConformingCorpus.written("no attribute statement", xml -> xml.replaceAll(
                        "<saml:AttributeStatement>.*</saml:AttributeStatement>", "").replaceFirst(
                        "SAML:2.0:nameid-format:persistent", "SAML:1.1:nameid-format:emailAddress")),
                ConformingCorpus.written("values of any type", xml -> xml.replace("xs:string", "xs:anyType")),
                ConformingCorpus.written("values without type", xml -> xml.replaceAll(" xsi:type=\"xs:string\"", "")),
                ConformingCorpus.written("no values, an empty one and a nil one", xml ->
                        xml.replace("</saml:AttributeStatement>",
                        "<saml:Attribute Name=\"none\"/><saml:Attribute Name=\"empty\"><saml:AttributeValue/>"
                                + "<saml:AttributeValue" + ConformingCorpus.XS
                                        + " xsi:nil=\"true\"/></saml:Attribute></saml:AttributeStatement>")),
                ConformingCorpus.written("values of several types", xml -> xml.replace("</saml:AttributeStatement>",
                        Stream.of("xs:boolean true", "xs:integer 7", "xs:dateTime 2026-01-01T00:00:00Z",
                                "xs:base64Binary AAAA",
                                "xs:anyURI urn:x", "x:own own").map(value -> value.split(" ")).map(value ->
                                "<saml:Attribute Name=\"" + value[0] + "\"><saml:AttributeValue" + ConformingCorpus.XS
                                        + " xmlns:x=\"urn:x\""
                                        + " xsi:type=\"" + value[0] + "\">" + value[1]
                                                + "</saml:AttributeValue></saml:Attribute>")
                                .reduce("", String::concat) + "</saml:AttributeStatement>")),
                ConformingCorpus.written("value with a name within", xml -> xml.replace("</saml:AttributeStatement>",
                        "<saml:Attribute Name=\"urn:oid:1.3.6.1.4.1.5923.1.1.1.10\"><saml:AttributeValue><saml:NameID>x"
                                + "</saml:NameID></saml:AttributeValue></saml:Attribute></saml:AttributeStatement>")),
                ConformingCorpus.written("an encrypted attribute", xml -> xml.replace("</saml:AttributeStatement>",
                        "<saml:EncryptedAttribute/></saml:AttributeStatement>")),
                ConformingCorpus.written("friendly names and formats", xml -> xml.replace("<saml:Attribute ",
                        "<saml:Attribute FriendlyName="
                        + "\"x\" NameFormat=\"urn:oasis:names:tc:SAML:2.0:attrname-format:uri\" ")),
                ConformingCorpus.written("thousand groups", xml -> xml.replace("</saml:AttributeStatement>",
                        "<saml:Attribute Name=\"groups\">"
                                + ("<saml:AttributeValue>CN=a group with a long name,OU=groups"
                                + "</saml:AttributeValue>").repeat(1_000)
                                + "</saml:Attribute></saml:AttributeStatement>")),
                format("urn:oasis:names:tc:SAML:1.1:nameid-format:emailAddress"),
                format("urn:oasis:names:tc:SAML:1.1:nameid-format:unspecified"),
                format("urn:oasis:names:tc:SAML:1.1:nameid-format:X509SubjectName"),
                format("urn:oasis:names:tc:SAML:2.0:nameid-format:kerberos"),
                ConformingCorpus.written("name without format", xml -> xml.replaceAll("<saml:NameID Format=\"[^\"]*\"",
                        "<saml:NameID")),
                ConformingCorpus.written("name with qualifiers", xml -> xml.replace("<saml:NameID ",
                        "<saml:NameID NameQualifier=\"https://a\""
                        + " SPNameQualifier=\"https://b\" SPProvidedID=\"x\" ")),
                ConformingCorpus.written("name in white space", xml -> xml.replaceAll("(<saml:NameID [^>]*>)",
                        "$1\n      ")),
                ConformingCorpus.written("name with a comment", xml -> xml.replaceFirst("(<saml:NameID [^>]*>ada)",
                        "$1<!-- x -->")),
                ConformingCorpus.written("name in CDATA", xml -> xml.replaceFirst("(<saml:NameID [^>]*>)([^<]*)<",
                        "$1<![CDATA[$2]]><")),
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
}
