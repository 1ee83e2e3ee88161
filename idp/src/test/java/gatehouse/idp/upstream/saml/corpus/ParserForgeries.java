package gatehouse.idp.upstream.saml.corpus;

import gatehouse.idp.samlwire.FakeSamlIdp;
import gatehouse.idp.samlwire.SamlReason;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

/** Documents that two parsers could read as two documents, or that one should not read at all. */
final class ParserForgeries {

    private static final String DOCTYPE = "document type";
    private static final String ENCODING = "encoding";
    private static final String WELL_FORMED = "well-formedness";
    private static final String MARKUP = "markup";

    private ParserForgeries() {}

    static Stream<Forgery> all() {
        return Stream.of(doctypes(), doctypesElsewhere(), entities(), encodings(), declarations(), malformed(),
                octets(),
                truncations(), texts(), others()).flatMap(forgeries -> forgeries);
    }

    private static Stream<Forgery> doctypes() {
        return Stream.of("<!DOCTYPE x>", "<!DOCTYPE Response>", "<!DOCTYPE samlp:Response SYSTEM \"TRAP/x.dtd\">",
                        "<!DOCTYPE x PUBLIC \"-//W3C//DTD XHTML 1.0 Strict//EN\" \"TRAP/x.dtd\">",
                        "<!DOCTYPE x SYSTEM \"file:///etc/passwd\">", "<!DOCTYPE x []>",
                        "<!DOCTYPE x [<!ENTITY e \"" + Scene.EVIL + "\">]>",
                        "<!DOCTYPE x [<!ENTITY e SYSTEM \"TRAP/e\">]>",
                        "<!DOCTYPE x [<!ENTITY e SYSTEM \"file:///etc/passwd\">]>",
                        "<!DOCTYPE x [<!ENTITY e PUBLIC \"x\" \"TRAP/e\">]>",
                        "<!DOCTYPE x [<!ENTITY % e SYSTEM \"TRAP/e\"> %e;]>",
                        "<!DOCTYPE x [<!ENTITY % e \"<!ENTITY &#37; f SYSTEM 'TRAP/f'>\"> %e; %f;]>",
                        "<!DOCTYPE x [<!ENTITY a \"aaaaaaaaaa\"><!ENTITY b \"&a;&a;&a;&a;&a;&a;&a;&a;\">"
                                + "<!ENTITY c \"&b;&b;&b;&b;&b;&b;&b;&b;\"><!ENTITY d \"&c;&c;&c;&c;&c;&c;&c;&c;\">]>",
                        "<!DOCTYPE x [<!ENTITY a \"&b;\"><!ENTITY b \"&a;\">]>",
                        "<!DOCTYPE x [<!ATTLIST saml:Assertion ID ID #IMPLIED>]>",
                        "<!DOCTYPE x [<!ATTLIST saml:NameID Format CDATA \"x\">]>",
                        "<!DOCTYPE x [<!ELEMENT x ANY>]>", "<!DOCTYPE x [<!NOTATION n SYSTEM \"TRAP/n\">]>",
                        "<!DOCTYPE x [<!ENTITY u SYSTEM \"TRAP/u\" NDATA n>]>", "<!DOCTYPE x [<!-- comment -->]>",
                        "<!DOCTYPE x [<?pi?>]>", "<!DOCTYPE\nx\n[\n]\n>", "<!-- before --><!DOCTYPE x>",
                                "<?pi?>\n<!DOCTYPE x>",
                        "<!DOCTYPE x [<!ENTITY % p SYSTEM \"jar:TRAP/a.jar!/x\">%p;]>",
                        "<!DOCTYPE x SYSTEM \"ftp://127.0.0.1/x\">", "<!DOCTYPE x SYSTEM \"netdoc:/etc/passwd\">",
                        "<!DOCTYPE x [<!ENTITY amp \"&#38;#38;\">]>", "<!DOCTYPE x [<!ENTITY e '" + "a".repeat(9_000)
                                + "'>]>")
                .map(type -> Forgery.text(DOCTYPE, type.length() > 99 ? type.substring(0, 99) : type,
                        SamlReason.DOCTYPE,
                        scene -> type.replace("TRAP", scene.trap()) + scene.signedText()
                                .replace(FakeSamlIdp.NAME_ID + "</saml:NameID>", "&amp;</saml:NameID>")));
    }

    /** Where none may stand, it is nothing; with a declaration before it, it is one. */
    private static Stream<Forgery> doctypesElsewhere() {
        return Stream.of(
                Forgery.text(DOCTYPE, "after a declaration", SamlReason.DOCTYPE, scene ->
                        "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?><!DOCTYPE x>"
                                + scene.signedText()),
                Forgery.text(DOCTYPE, "after a mark of order", SamlReason.DOCTYPE, scene ->
                        "\ufeff<!DOCTYPE x>" + scene.signedText()),
                Forgery.text(DOCTYPE, "two", SamlReason.DOCTYPE, scene -> "<!DOCTYPE x><!DOCTYPE y>"
                        + scene.signedText()),
                Forgery.text(DOCTYPE, "in lower case", SamlReason.MALFORMED_XML, scene ->
                        "<!doctype x>" + scene.signedText()),
                Forgery.text(DOCTYPE, "after the root", SamlReason.MALFORMED_XML, scene ->
                        scene.signedText() + "<!DOCTYPE x>"),
                Forgery.text(DOCTYPE, "within the root", SamlReason.MALFORMED_XML, scene -> scene.signedText()
                        .replace("<samlp:Status>", "<!DOCTYPE x><samlp:Status>")),
                Forgery.text(DOCTYPE, "entity declared within the root", SamlReason.MALFORMED_XML, scene ->
                        scene.signedText().replace("<samlp:Status>", "<!ENTITY x \"y\"><samlp:Status>")));
    }

    private static Stream<Forgery> entities() {
        return Stream.of("&x;", "&nbsp;", "&xxe;", "&#0;", "&#1;", "&#x8;", "&#xB;", "&#x1f;", "&#xD800;", "&#xDFFF;",
                        "&#xFFFE;", "&#xFFFF;", "&#x110000;", "&#99999999999;", "&#-1;", "&#x;", "&#;", "&;", "&", "& ",
                                "&#x41",
                        "%x;&y;")
                .flatMap(entity -> Stream.of(
                        Forgery.text(MARKUP, "entity " + entity + " in a name", SamlReason.MALFORMED_XML, scene ->
                                scene.signedText().replace(FakeSamlIdp.NAME_ID + "</saml:NameID>", entity
                                        + "</saml:NameID>")),
                        Forgery.text(MARKUP, "entity " + entity + " in an attribute", SamlReason.MALFORMED_XML, scene ->
                                scene.signedText().replaceFirst("Destination=\"", "Destination=\"" + entity))));
    }

    /** Honest messages in other encodings than the one that everybody uses. */
    private static Stream<Forgery> encodings() {
        var charsets = Stream.of("UTF-16", "UTF-16BE", "UTF-16LE", "UTF-32", "UTF-32BE", "UTF-32LE", "X-UTF-32BE-BOM",
                "x-UTF-16LE-BOM", "IBM037", "IBM1047", "IBM500");
        return Stream.concat(charsets.flatMap(name -> Stream.of("", name).map(declared -> encoded(name, declared))),
                Stream.of("UTF-7", "UTF-16", "UTF-32", "UCS-4", "ISO-8859-1", "windows-1252", "Shift_JIS", "EUC-JP",
                                "ISO-2022-KR", "ISO-2022-JP", "EBCDIC-CP-US", "IBM037", "x-user-defined", "base64",
                                        "utf8\u00e9",
                                "../../x", "UTF-8-SIG")
                        .map(name -> Forgery.text(ENCODING, "octets of UTF-8 called " + name,
                                SamlReason.ENCODING_REFUSED, scene -> "<?xml version=\"1.0\" encoding=\"" + name
                                        + "\"?>" + scene.signedText())));
    }

    private static Forgery encoded(String charset, String declared) {
        return new Forgery(ENCODING, charset + (declared.isEmpty() ? "" : ", declared"),
                java.util.Set.of(SamlReason.ENCODING_REFUSED, SamlReason.MALFORMED_XML),
                scene -> ((declared.isEmpty() ? "" : "<?xml version=\"1.0\" encoding=\"" + declared.replace("X-", "")
                        .replace("x-", "").replace("-BOM", "") + "\"?>") + scene.signedText())
                        .getBytes(Charset.forName(charset)));
    }

    private static Stream<Forgery> declarations() {
        return Stream.of(
                declared("XML 1.1", SamlReason.ENCODING_REFUSED, "<?xml version=\"1.1\"?>"),
                declared("XML 1.1 in UTF-8", SamlReason.ENCODING_REFUSED, "<?xml version='1.1' encoding='UTF-8'?>"),
                declared("XML 2.0", SamlReason.MALFORMED_XML, "<?xml version=\"2.0\"?>"),
                declared("no version", SamlReason.MALFORMED_XML, "<?xml encoding=\"UTF-8\"?>"),
                declared("two declarations", SamlReason.MALFORMED_XML,
                        "<?xml version=\"1.0\"?><?xml version=\"1.0\"?>"),
                declared("late declaration", SamlReason.MALFORMED_XML, " <?xml version=\"1.0\"?>"),
                declared("declaration in capitals", SamlReason.MALFORMED_XML, "<?XML version=\"1.0\"?>"),
                declared("two marks of order", SamlReason.MALFORMED_XML, "\ufeff\ufeff"),
                declared("text first", SamlReason.MALFORMED_XML, "x"),
                declared("NUL first", SamlReason.MALFORMED_XML, "\0"));
    }

    private static Forgery declared(String name, SamlReason reason, String declaration) {
        return Forgery.text(WELL_FORMED, name, reason, scene -> declaration + scene.signedText());
    }

    private static Stream<Forgery> malformed() {
        var changes = Map.<String, UnaryOperator<String>>ofEntries(
                Map.entry("attribute twice", xml -> xml.replaceFirst(" Version=", " Version=\"2.0\" Version=")),
                Map.entry("attribute twice by two prefixes", xml -> xml.replaceFirst("<samlp:Status>",
                        "<samlp:Status xmlns:a=\"urn:x\" xmlns:b=\"urn:x\" a:x=\"1\" b:x=\"2\">")),
                Map.entry("prefix without namespace", xml -> xml.replace("<samlp:Status>",
                        "<samlp:Status nope:x=\"\">")),
                Map.entry("element of a prefix without namespace", xml -> xml.replace("<samlp:Status>",
                        "<n:x/><samlp:Status>")),
                Map.entry("prefix declared away", xml -> xml.replace("<samlp:Status>",
                        "<samlp:Status xmlns:saml=\"\">")),
                Map.entry("prefix xml declared anew", xml -> xml.replace("<samlp:Status>",
                        "<samlp:Status xmlns:xml=\"urn:x\">")),
                Map.entry("prefix xmlns declared", xml -> xml.replace("<samlp:Status>",
                        "<samlp:Status xmlns:xmlns=\"urn:x\">")),
                Map.entry("prefix for the namespace of xmlns", xml -> xml.replace("<samlp:Status>",
                        "<samlp:Status xmlns:x=\"http://www.w3.org/2000/xmlns/\">")),
                Map.entry("two colons", xml -> xml.replace("<samlp:Status>", "<samlp:Status samlp:a:b=\"\">")),
                Map.entry("no quotes", xml -> xml.replace("<samlp:Status>", "<samlp:Status x=y>")),
                Map.entry("no value", xml -> xml.replace("<samlp:Status>", "<samlp:Status x>")),
                Map.entry("attributes without space", xml -> xml.replace("<samlp:Status>",
                        "<samlp:Status a=\"\"b=\"\">")),
                Map.entry("less-than in an attribute", xml -> xml.replace("<samlp:Status>", "<samlp:Status a=\"<\">")),
                Map.entry("tags crossed", xml -> xml.replace("</samlp:Status>", "</samlp:Response>")),
                Map.entry("tag of another case", xml -> xml.replace("</samlp:Status>", "</samlp:status>")),
                Map.entry("end of CDATA in text", xml -> xml.replace("<samlp:Status>", "<samlp:Status>]]>")),
                Map.entry("CDATA without end", xml -> xml.replace("<samlp:Status>", "<samlp:Status><![CDATA[")),
                Map.entry("dashes in a comment", xml -> xml.replace("<samlp:Status>", "<samlp:Status><!-- -- -->")),
                Map.entry("comment without end", xml -> xml.replace("<samlp:Status>", "<samlp:Status><!-- ")),
                Map.entry("comment ending in three dashes", xml -> xml.replace("<samlp:Status>",
                        "<samlp:Status><!-- --->")),
                Map.entry("instruction called xml", xml -> xml.replace("<samlp:Status>", "<samlp:Status><?xml x?>")),
                Map.entry("instruction with a colon", xml -> xml.replace("<samlp:Status>", "<samlp:Status><?a:b x?>")),
                Map.entry("name that begins with a digit", xml -> xml.replace("<samlp:Status>", "<samlp:Status><1/>")),
                Map.entry("two roots", xml -> xml + xml),
                Map.entry("text after the root", xml -> xml + "x"),
                Map.entry("NUL after the root", xml -> xml + "\0"),
                Map.entry("root without end", xml -> xml.replace("</samlp:Response>", "")),
                Map.entry("root closed twice", xml -> xml + "</samlp:Response>"),
                Map.entry("attribute at an end tag", xml -> xml.replace("</samlp:Status>", "</samlp:Status x=\"\">")));
        return changes.entrySet().stream().map(change -> Forgery.text(WELL_FORMED, change.getKey(),
                SamlReason.MALFORMED_XML, scene -> change.getValue().apply(scene.signedText())));
    }

    /** Octets that are no characters, or none of XML's, in the name. */
    private static Stream<Forgery> octets() {
        return Map.<String, byte[]>ofEntries(Map.entry("NUL", new byte[] {0}), Map.entry("bell", new byte[] {7}),
                Map.entry("escape", new byte[] {0x1b}), Map.entry("half a character", octets(0xc3)),
                Map.entry("continuation alone", octets(0x80)), Map.entry("overlong slash", octets(0xc0, 0xaf)),
                Map.entry("overlong less-than", octets(0xc0, 0xbc)), Map.entry("overlong NUL", octets(0xc0, 0x80)),
                Map.entry("overlong in three", octets(0xe0, 0x80, 0xaf)), Map.entry("surrogate", octets(0xed, 0xa0,
                        0x80)),
                Map.entry("pair of surrogates", octets(0xed, 0xa0, 0xbd, 0xed, 0xb8, 0x80)),
                Map.entry("past the last character", octets(0xf4, 0x90, 0x80, 0x80)),
                Map.entry("five octets", octets(0xf8, 0x88, 0x80, 0x80, 0x80)), Map.entry("FF", octets(0xff)),
                Map.entry("FE FF", octets(0xfe, 0xff)), Map.entry("U+FFFE", octets(0xef, 0xbf, 0xbe)),
                Map.entry("U+FFFF", octets(0xef, 0xbf, 0xbf))).entrySet().stream()
                .flatMap(entry -> Stream.of("ada@", "Destination=\"", "<samlp:Status>").map(after ->
                        Forgery.octets(ENCODING,
                        entry.getKey() + " after " + after, SamlReason.MALFORMED_XML, scene -> {
                            var text = scene.signedText();
                            int at = text.indexOf(after) + after.length();
                            return joined(text.substring(0, at), entry.getValue(), text.substring(at));
                        })));
    }

    private static byte[] octets(int... values) {
        var octets = new byte[values.length];
        for (int i = 0; i < values.length; i++) {
            octets[i] = (byte) values[i];
        }
        return octets;
    }

    private static byte[] joined(String before, byte[] middle, String after) {
        var out = new java.io.ByteArrayOutputStream();
        out.writeBytes(before.getBytes(StandardCharsets.UTF_8));
        out.writeBytes(middle);
        out.writeBytes(after.getBytes(StandardCharsets.UTF_8));
        return out.toByteArray();
    }

    /** Halves of an honest message. */
    private static Stream<Forgery> truncations() {
        return Stream.iterate(1, part -> part < 16, part -> part + 1).map(part -> Forgery.octets(WELL_FORMED,
                part + " sixteenths of a message", SamlReason.MALFORMED_XML, scene -> {
                    var octets = scene.signedText().getBytes(StandardCharsets.UTF_8);
                    return java.util.Arrays.copyOf(octets, octets.length * part / 16);
                }));
    }

    /** Values with a child element, signed by the provider: half a value is no value (CVE-2026-57580). */
    private static Stream<Forgery> texts() {
        return Stream.of("saml:NameID", "saml:Audience", "saml:Issuer", "saml:AuthnContextClassRef").map(name ->
                Forgery.document(MARKUP, "element within " + name, SamlReason.MALFORMED_MESSAGE, scene -> {
                    scene.idp().beforeSigning = xml -> xml.replaceFirst("(<" + name + "[^>]*>)([^<]{4})", "$1$2<x/>");
                    return scene.idp().responseSigned();
                }));
    }

    private static Stream<Forgery> others() {
        return Stream.of(
                Forgery.text(WELL_FORMED, "no XML", SamlReason.MALFORMED_XML, _ -> "hello"),
                Forgery.text(WELL_FORMED, "white space", SamlReason.MALFORMED_XML, _ -> "   \n"),
                Forgery.text(WELL_FORMED, "JSON", SamlReason.MALFORMED_XML, _ -> "{\"Response\":{}}"),
                Forgery.text(WELL_FORMED, "HTML", SamlReason.MALFORMED_XML, _ -> "<p>Sign in<br></p>"),
                Forgery.octets(WELL_FORMED, "gzip", SamlReason.MALFORMED_XML, _ -> octets(0x1f, 0x8b, 8, 0, 0, 0, 0,
                        0)),
                Forgery.text(MARKUP, "another message", SamlReason.UNEXPECTED_MESSAGE, scene ->
                        scene.signedText().replace("samlp:Response", "samlp:LogoutResponse")),
                Forgery.text(MARKUP, "an assertion alone", SamlReason.UNEXPECTED_MESSAGE, scene ->
                        gatehouse.idp.samlwire.Dsig.text(FakeSamlIdp.assertion(scene.idp().assertionSigned()))),
                Forgery.text(MARKUP, "SOAP around it", SamlReason.UNEXPECTED_MESSAGE, scene ->
                        "<e:Envelope xmlns:e=\"http://schemas.xmlsoap.org/soap/envelope/\"><e:Body>"
                                + scene.signedText()
                                + "</e:Body></e:Envelope>"),
                Forgery.text(MARKUP, "SAML 1.1", SamlReason.UNEXPECTED_MESSAGE, scene -> scene.signedText()
                        .replace("SAML:2.0:protocol", "SAML:1.0:protocol")),
                Forgery.text(MARKUP, "no namespace", SamlReason.UNEXPECTED_MESSAGE, scene -> scene.signedText()
                        .replace("samlp:", "").replace("xmlns:samlp=", "xmlns:x=")));
    }
}
