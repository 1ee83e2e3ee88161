package gatehouse.idp.upstream.saml.corpus;

import gatehouse.idp.samlwire.FakeSamlIdp;
import gatehouse.idp.samlwire.SamlReason;
import java.util.ArrayList;
import java.util.List;
import java.util.function.IntFunction;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

/** Messages that are meant to cost more to read than to send. */
final class ExhaustionForgeries {

    private static final String FAMILY = "exhaustion";

    private ExhaustionForgeries() {}

    static Stream<Forgery> all() {
        return Stream.of(sizes(), remarks(), depths(), widths(), names(), signatures()).flatMap(forgeries -> forgeries);
    }

    private static Forgery inserted(String name, SamlReason reason, String part) {
        return Forgery.text(FAMILY, name, reason, scene -> scene.signedText()
                .replace("<samlp:Status>", part + "<samlp:Status>"));
    }

    private static Forgery changed(String name, SamlReason reason, UnaryOperator<String> change) {
        return Forgery.text(FAMILY, name, reason, scene -> change.apply(scene.signedText()));
    }

    private static Stream<Forgery> sizes() {
        return Stream.of(
                inserted("a megabyte of text", SamlReason.TOO_LARGE, "<x>" + "a".repeat(1 << 20) + "</x>"),
                inserted("a megabyte of white space", SamlReason.TOO_LARGE, " ".repeat(1 << 20)),
                inserted("a megabyte of one attribute", SamlReason.TOO_LARGE, "<x a=\"" + "a".repeat(1 << 20) + "\"/>"),
                inserted("a megabyte of CDATA", SamlReason.TOO_LARGE, "<x><![CDATA[" + "<".repeat(1 << 20) + "]]></x>"),
                inserted("a megabyte of one comment", SamlReason.TOO_LARGE, "<!--" + "a".repeat(1 << 20) + "-->"),
                inserted("a megabyte of one name", SamlReason.TOO_LARGE, "<" + "a".repeat(1 << 20) + "/>"),
                inserted("a megabyte of references to characters", SamlReason.TOO_LARGE,
                        "<x>" + "&#65;".repeat((1 << 20) / 5) + "</x>"),
                changed("a name of half a megabyte", SamlReason.TOO_LARGE, xml -> xml.replace(FakeSamlIdp.NAME_ID,
                        "a".repeat(1 << 19))),
                Forgery.octets(FAMILY, "zeros", SamlReason.MALFORMED_XML, _ -> new byte[400_000]));
    }

    private static Stream<Forgery> remarks() {
        return Stream.of(
                inserted("200 000 comments", SamlReason.TOO_LARGE, "<!---->".repeat(200_000)),
                inserted("70 000 comments", SamlReason.XML_LIMIT, "<!---->".repeat(70_000)),
                inserted("65 comments", SamlReason.XML_LIMIT, "<!---->".repeat(65)),
                inserted("70 000 instructions", SamlReason.XML_LIMIT, "<?x?>".repeat(70_000)),
                Forgery.text(FAMILY, "70 000 comments before the root", SamlReason.XML_LIMIT, scene ->
                        "<!---->".repeat(70_000) + scene.signedText()),
                Forgery.text(FAMILY, "70 000 comments after the root", SamlReason.XML_LIMIT, scene ->
                        scene.signedText() + "<!---->".repeat(70_000)),
                changed("70 000 comments in the name", SamlReason.XML_LIMIT, xml -> xml.replaceFirst("ada@",
                        "ada" + "<!---->".repeat(70_000) + "@")),
                changed("70 000 comments in the signature", SamlReason.XML_LIMIT, xml ->
                        xml.replace("<ds:SignatureValue>",
                        "<ds:SignatureValue>" + "<!---->".repeat(70_000))),
                changed("comments and text in turn", SamlReason.XML_LIMIT, xml -> xml.replaceFirst("ada@",
                        "a<!---->".repeat(50_000))));
    }

    private static Stream<Forgery> depths() {
        return Stream.of(32, 100, 10_000, 70_000).map(depth -> inserted(depth + " elements within each other",
                SamlReason.XML_LIMIT, "<x>".repeat(depth) + "</x>".repeat(depth)));
    }

    private static String many(int count, IntFunction<String> part) {
        var text = new StringBuilder();
        for (int i = 0; i < count; i++) {
            text.append(part.apply(i));
        }
        return text.toString();
    }

    private static Stream<Forgery> widths() {
        var limit = SamlReason.XML_LIMIT;
        return Stream.of(
                inserted("10 000 elements", limit, "<x/>".repeat(10_000)),
                inserted("100 000 elements", limit, "<x/>".repeat(100_000)),
                inserted("65 attributes", limit, "<x" + many(65, i -> " a" + i + "=\"\"") + "/>"),
                inserted("300 attributes", limit, "<x" + many(300, i -> " a" + i + "=\"\"") + "/>"),
                inserted("30 000 attributes", limit, "<x" + many(30_000, i -> " a" + i + "=\"\"") + "/>"),
                inserted("65 namespaces", limit, "<x" + many(65, i -> " xmlns:a" + i + "=\"urn:" + i + "\"") + "/>"),
                inserted("15 000 namespaces", limit, "<x" + many(15_000, i -> " xmlns:a" + i + "=\"urn:" + i + "\"")
                        + "/>"),
                inserted("namespaces at every depth", limit, many(40, d -> "<x" + many(60, i -> " xmlns:a" + d + "b" + i
                        + "=\"u\"") + ">") + "</x>".repeat(40)),
                inserted("5 000 IDs", limit, many(5_000, i -> "<x ID=\"_" + i + "\"><y/></x>")),
                inserted("5 000 equal IDs", SamlReason.DUPLICATE_ID, "<x ID=\"_\"/>".repeat(5_000)),
                inserted("nine thousand attribute values", limit, "<saml:AttributeStatement><saml:Attribute Name=\"x\">"
                        + "<saml:AttributeValue>y</saml:AttributeValue>".repeat(9_990)
                        + "</saml:Attribute></saml:AttributeStatement>"));
    }

    /** Names made to fall into one another's place in a table of hashes. */
    private static List<String> colliding(int count) {
        var names = new ArrayList<>(List.of("Aa", "BB"));
        while (names.size() < count) {
            var longer = new ArrayList<String>();
            for (var name : names) {
                longer.add(name + "Aa");
                longer.add(name + "BB");
            }
            names = longer;
        }
        return names.subList(0, count);
    }

    private static Stream<Forgery> names() {
        var elements = colliding(9_000);
        return Stream.of(
                inserted("9 000 names of elements", SamlReason.XML_LIMIT, many(9_000, i -> "<e" + i + "/>")),
                inserted("9 000 names that collide", SamlReason.XML_LIMIT, many(9_000, i -> "<" + elements.get(i)
                        + "/>")),
                inserted("9 000 names of attributes", SamlReason.XML_LIMIT, many(150, e -> "<x" + many(60, a -> " a" + e
                        + "b"
                        + a + "=\"\"") + "/>")),
                inserted("attributes that collide", SamlReason.XML_LIMIT, "<x" + many(200, i -> " " + elements.get(i)
                        + "=\"\"") + "/>"),
                inserted("IDs that collide", SamlReason.XML_LIMIT, many(8_000, i -> "<x ID=\"" + elements.get(i)
                        + "\"><y/></x>")));
    }

    private static Stream<Forgery> signatures() {
        return Stream.of(
                changed("1 000 signatures", SamlReason.SIGNATURE_STRUCTURE, xml -> xml.replaceFirst(
                        "<ds:Signature ", ("<ds:Signature xmlns:ds=\"" + gatehouse.idp.samlwire.Dsig.DS + "\"/>")
                                .repeat(1_000)
                                + "<ds:Signature ")),
                changed("1 000 assertions", SamlReason.SEVERAL_ASSERTIONS, xml -> xml.replaceFirst("<saml:Assertion ",
                        "<saml:Assertion/>".repeat(1_000) + "<saml:Assertion ")),
                changed("1 000 encrypted assertions", SamlReason.SEVERAL_ASSERTIONS, xml -> xml.replaceFirst(
                        "<saml:Assertion ", "<saml:EncryptedAssertion/>".repeat(1_000) + "<saml:Assertion ")),
                Forgery.document(FAMILY, "signature value of 300 000 octets", SamlReason.SIGNATURE_INVALID, scene ->
                        scene.signed(new Handmade().value(_ -> new byte[300_000]))),
                Forgery.document(FAMILY, "digest value of 300 000 octets", SamlReason.DIGEST_MISMATCH, scene ->
                        scene.signed(
                        new Handmade().shape(xml -> xml.replaceAll("<ds:DigestValue>[^<]*", "<ds:DigestValue>"
                                + Handmade.base64(new byte[300_000]))))));
    }
}
