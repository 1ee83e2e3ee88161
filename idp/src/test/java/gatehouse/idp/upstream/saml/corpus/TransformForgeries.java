package gatehouse.idp.upstream.saml.corpus;

import gatehouse.idp.samlwire.FakeSamlIdp;
import gatehouse.idp.samlwire.SamlReason;
import java.util.Map;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

/** What could change between the octets that are signed and those that are read: transforms and canonical form. */
final class TransformForgeries {

    private static final String TRANSFORM = "transform";
    private static final String CANONICAL = "canonicalization";
    private static final String W3C = "http://www.w3.org/";
    private static final String XSLT = W3C + "TR/1999/REC-xslt-19991116";

    private TransformForgeries() {}

    static Stream<Forgery> all() {
        return Stream.of(lists(), parameters(), methods(), prefixLists(), afterSigning(), inSigned())
                .flatMap(forgeries -> forgeries);
    }

    private static Forgery transforms(String name, UnaryOperator<String> list) {
        return Forgery.document(TRANSFORM, name, SamlReason.TRANSFORM_REFUSED, scene -> scene.signed(new Handmade()
                .shape(
                xml -> xml.replace(Handmade.TRANSFORMS, "<ds:Transforms>" + list.apply(scene.trap())
                        + "</ds:Transforms>"))));
    }

    /** Lists of transforms other than the one that SAML allows. */
    private static Stream<Forgery> lists() {
        var enveloped = Handmade.transform(Handmade.ENVELOPED);
        var exclusive = Handmade.transform(Handmade.EXCLUSIVE);
        var others = Stream.of("TR/2001/REC-xml-c14n-20010315", "TR/2001/REC-xml-c14n-20010315#WithComments",
                "2006/12/xml-c14n11", "2006/12/xml-c14n11#WithComments", "2010/xml-c14n2", "2000/09/xmldsig#base64",
                "TR/1999/REC-xpath-19991116", "2002/06/xmldsig-filter2", "TR/1999/REC-xslt-19991116",
                "2001/04/xmlenc#decryptXML", "2002/07/decrypt#XML", "2001/10/xml-exc-c14n", "2001/10/XML-EXC-C14N#");
        return Stream.concat(others.flatMap(uri -> Stream.of(
                transforms(uri + " at the end", _ -> enveloped + Handmade.transform(W3C + uri)),
                transforms(uri + " in the middle", _ -> enveloped + Handmade.transform(W3C + uri) + exclusive),
                transforms(uri + " first", _ -> Handmade.transform(W3C + uri) + enveloped + exclusive))), Stream.of(
                transforms("none", _ -> ""),
                transforms("enveloped alone", _ -> enveloped),
                transforms("canonicalization alone", _ -> exclusive),
                transforms("the other way round", _ -> exclusive + enveloped),
                transforms("enveloped twice", _ -> enveloped + enveloped),
                transforms("canonicalization twice", _ -> enveloped + exclusive + exclusive),
                transforms("five thousand", _ -> enveloped.repeat(5_000) + exclusive),
                transforms("without algorithm", _ -> enveloped + "<ds:Transform/>"),
                transforms("of another namespace", _ -> enveloped + "<Transform Algorithm=\"" + Handmade.EXCLUSIVE
                        + "\"/>"),
                transforms("one by file name", _ -> enveloped + Handmade.transform("file:///etc/passwd")),
                transforms("one by address", trap -> enveloped + Handmade.transform(trap + "/transform"))));
    }

    /** Transforms with a program within. */
    private static Stream<Forgery> parameters() {
        var enveloped = Handmade.transform(Handmade.ENVELOPED);
        var exclusive = Handmade.transform(Handmade.EXCLUSIVE);
        var fetching = "<ds:Transform Algorithm=\"" + XSLT + "\"><xsl:stylesheet version=\"1.0\""
                + " xmlns:xsl=\"http://www.w3.org/1999/XSL/Transform\"><xsl:template match=\"/\">"
                + "<xsl:copy-of select=\"document('TRAP/x')\"/></xsl:template></xsl:stylesheet></ds:Transform>";
        var running = fetching.replace("document('TRAP/x')", "rt:exec(rt:getRuntime(),'touch /tmp/owned')")
                .replace("version=", "xmlns:rt=\"http://xml.apache.org/xalan/java/java.lang.Runtime\" version=");
        var including = fetching.replace("<xsl:template", "<xsl:include href=\"TRAP/y\"/><xsl:template");
        var xpath = "<ds:Transform Algorithm=\"http://www.w3.org/TR/1999/REC-xpath-19991116\"><ds:XPath>"
                + "not(ancestor-or-self::*[local-name()='NameID'])</ds:XPath></ds:Transform>";
        var filter = "<ds:Transform Algorithm=\"http://www.w3.org/2002/06/xmldsig-filter2\"><f:XPath"
                + " xmlns:f=\"http://www.w3.org/2002/06/xmldsig-filter2\" Filter=\"subtract\">//*</f:XPath>"
                + "</ds:Transform>";
        var slow = xpath.replaceAll("not\\(.*\\)<", "count(//. | //@* | //namespace::*)<");
        return Stream.concat(
                Map.of("XSLT that fetches", fetching, "XSLT that runs a program", running, "XSLT that includes",
                        including,
                        "XPath that leaves out the name", xpath, "filter that leaves out all", filter,
                        "XPath that counts for ever", slow).entrySet().stream()
                        .map(entry -> transforms(entry.getKey(), trap ->
                                enveloped + entry.getValue().replace("TRAP", trap) + exclusive)),
                Stream.of(
                        transforms("parameter of the canonicalization", _ -> enveloped
                                + exclusive.replace("/>", "><x/></ds:Transform>")),
                        transforms("two lists of prefixes", _ -> enveloped + exclusive.replace("/>",
                                ">" + prefixes("a") + prefixes("b") + "</ds:Transform>")),
                        Forgery.document(TRANSFORM, "parameter of enveloped", SamlReason.SIGNATURE_STRUCTURE,
                                scene -> scene.signed(new Handmade().shape(enveloped,
                                        enveloped.replace("/>", "><x/></ds:Transform>"))))));
    }

    /** Other canonical forms of the signed info. */
    private static Stream<Forgery> methods() {
        var known = Stream.of("TR/2001/REC-xml-c14n-20010315", "TR/2001/REC-xml-c14n-20010315#WithComments",
                "2006/12/xml-c14n11", "2006/12/xml-c14n11#WithComments").map(uri -> W3C + uri)
                .map(uri -> Forgery.document(CANONICAL, "of signed info by " + uri, SamlReason.TRANSFORM_REFUSED,
                        scene -> scene.signed(new Handmade().canonicalization(uri))));
        var unknown = Stream.of("", "none", "http://www.w3.org/2000/09/xmldsig#minimal", XSLT, "file:///etc/passwd")
                .map(uri -> Forgery.document(CANONICAL, "of signed info by <" + uri + ">", SamlReason.TRANSFORM_REFUSED,
                        scene -> scene.signed(new Handmade().shape("Method Algorithm=\"" + Handmade.EXCLUSIVE,
                                "Method Algorithm=\"" + uri))));
        return Stream.concat(known, unknown);
    }

    private static String prefixes(String list) {
        return "<ec:InclusiveNamespaces xmlns:ec=\"" + Handmade.EXCLUSIVE + "\" PrefixList=\"" + list + "\"/>";
    }

    /** Lists of prefixes longer than any honest one. */
    private static Stream<Forgery> prefixLists() {
        return Stream.of(33, 1_000, 20_000).flatMap(count -> {
            var list = new StringBuilder();
            for (int i = 0; i < count; i++) {
                list.append('p').append(i).append(' ');
            }
            return Stream.of(
                    Forgery.document(CANONICAL, count + " inclusive prefixes of the assertion",
                            SamlReason.TRANSFORM_REFUSED, scene -> scene.signed(new Handmade().shape(
                                    Handmade.transform(Handmade.EXCLUSIVE), Handmade.transform(Handmade.EXCLUSIVE)
                                            .replace("/>", '>' + prefixes(list.toString()) + "</ds:Transform>")))),
                    Forgery.document(CANONICAL, count + " inclusive prefixes of the signed info",
                            SamlReason.TRANSFORM_REFUSED, scene -> scene.signed(new Handmade().shape(
                                    "Method Algorithm=\"" + Handmade.EXCLUSIVE + "\"/>", "Method Algorithm=\""
                                            + Handmade.EXCLUSIVE + "\">" + prefixes(list.toString())
                                            + "</ds:CanonicalizationMethod>"))));
        });
    }

    /** Small changes to what was signed. */
    private static Stream<Forgery> afterSigning() {
        var changes = Map.<String, UnaryOperator<String>>ofEntries(
                Map.entry("the name", xml -> xml.replace(">" + FakeSamlIdp.NAME_ID + "</saml:NameID>",
                        ">" + Scene.EVIL + "</saml:NameID>")),
                Map.entry("the name, its old text in a comment", xml -> xml.replace(">" + FakeSamlIdp.NAME_ID
                        + "</saml:NameID>", ">" + Scene.EVIL + "<!--" + FakeSamlIdp.NAME_ID + "--></saml:NameID>")),
                Map.entry("the name, cut short by a child", xml -> xml.replace(">" + FakeSamlIdp.NAME_ID
                        + "</saml:NameID>", ">" + Scene.EVIL + "<x/></saml:NameID>")),
                Map.entry("white space", xml -> xml.replace("<saml:Subject>", "<saml:Subject> ")),
                Map.entry("a namespace", xml -> xml.replace("<saml:Subject>", "<saml:Subject xmlns=\"urn:x\"><x/>")),
                Map.entry("the prefix", xml -> xml.replace("<saml:Subject>", "<s:Subject xmlns:s=\"" + SAML + "\">")
                        .replace("</saml:Subject>", "</s:Subject>")),
                Map.entry("the meaning of a prefix", xml -> xml.replace("<saml:Subject>",
                        "<saml:Subject xmlns:saml=\"urn:x\">")),
                Map.entry("the language", xml -> xml.replace("<saml:Subject>", "<saml:Subject xml:lang=\"en\">")),
                Map.entry("the space rule", xml -> xml.replace("<saml:Subject>",
                        "<saml:Subject xml:space=\"default\">")),
                Map.entry("the base address", xml -> xml.replace("<saml:Subject>",
                        "<saml:Subject xml:base=\"http://127.0.0.1/\">")),
                Map.entry("the letter case", xml -> xml.replace("ada@", "Ada@")),
                Map.entry("a letter that looks alike", xml -> xml.replace("ada@", "\u0430d\u0430@")),
                Map.entry("a letter composed otherwise", xml -> xml.replace("ada@", "a\u0301da@")),
                Map.entry("a carriage return", xml -> xml.replace("ada@", "ada&#13;@")),
                Map.entry("a character of no width", xml -> xml.replace("ada@", "ada\u200b@")),
                Map.entry("the end of its validity", xml -> xml.replaceFirst("<saml:Conditions NotBefore=\"20",
                        "<saml:Conditions NotBefore=\"19")),
                Map.entry("an attribute in our namespace", xml -> xml.replace("<saml:Subject>",
                        "<saml:Subject saml:x=\"\">")),
                Map.entry("an added attribute value", xml -> xml.replace("</saml:Attribute>",
                        "<saml:AttributeValue>admin</saml:AttributeValue></saml:Attribute>")),
                Map.entry("a removed condition", xml -> xml.replaceAll("<saml:AudienceRestriction>.*</saml:Aud[^>]*n>",
                        "")));
        return changes.entrySet().stream().map(change -> Forgery.text(CANONICAL, "changed after signing: "
                + change.getKey(), SamlReason.DIGEST_MISMATCH, scene -> change.getValue().apply(scene.signedText())));
    }

    private static final String SAML = "urn:oasis:names:tc:SAML:2.0:assertion";

    /** What the canonicalizer itself must not accept, or must not lose (xml-c14n §1.3). */
    private static Stream<Forgery> inSigned() {
        return Stream.of(
                new Forgery(CANONICAL, "relative namespace", Set.of(SamlReason.CANONICALIZATION_FAILED,
                        SamlReason.DIGEST_MISMATCH), scene -> relative(scene, "../x")),
                new Forgery(CANONICAL, "relative namespace without path", Set.of(SamlReason.CANONICALIZATION_FAILED,
                        SamlReason.DIGEST_MISMATCH), scene -> relative(scene, "x")),
                Forgery.text(CANONICAL, "digest of nothing", SamlReason.DIGEST_MISMATCH, scene ->
                        gatehouse.idp.samlwire.Dsig.text(scene.signed(new Handmade().shape(xml -> xml.replaceAll(
                                "<ds:DigestValue>[^<]*",
                                "<ds:DigestValue>47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU="))))));
    }

    private static byte[] relative(Scene scene, String uri) {
        return scene.signedText().replace("<saml:Subject>", "<saml:Subject xmlns:r=\"" + uri + "\" r:x=\"\">")
                .getBytes(java.nio.charset.StandardCharsets.UTF_8);
    }
}
