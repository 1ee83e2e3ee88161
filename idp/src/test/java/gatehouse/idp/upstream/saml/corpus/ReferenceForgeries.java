package gatehouse.idp.upstream.saml.corpus;

import gatehouse.idp.samlwire.Dsig;
import gatehouse.idp.samlwire.FakeSamlIdp;
import gatehouse.idp.samlwire.SamlReason;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

/** Signatures by the right key over the wrong thing: what is referred to, and how the signature is built. */
final class ReferenceForgeries {

    private static final String REFERENCE = "reference";
    private static final String SHAPE = "signature structure";
    private static final String END = "</ds:Signature>";

    private ReferenceForgeries() {}

    static Stream<Forgery> all() {
        return Stream.of(uris(), identifiers(), shapes(), severalReferences(), severalSignatures(), remarks())
                .flatMap(forgeries -> forgeries);
    }

    /** Every other way of saying what is signed. */
    private static Stream<Forgery> uris() {
        return Stream.<String>of("", "#", "ID", " #ID", "#ID ", "##ID", "#id", "?#ID", "./#ID", "#xpointer(/)",
                        "#xpointer(id('ID'))", "#xpointer(id(&quot;ID&quot;))", "#xpointer(//*[@ID='ID'])",
                                "#element(/1)",
                        "#RESPONSE", "#_nothing", "TRAP/signed.xml", "TRAP/signed.xml#ID", "file:///etc/passwd",
                        "file:///etc/passwd#ID", "cid:part@example", "jar:TRAP/a.jar!/signed.xml", "ftp://127.0.0.1/x",
                        "data:text/xml,%3Cx/%3E", "//127.0.0.1/x#ID", "urn:x#ID", "http://[::1]/#ID",
                        "ldap://127.0.0.1/x", "jndi:ldap://127.0.0.1/x", "netdoc:/etc/passwd", "\\\\127.0.0.1\\x")
                .map(uri -> referringTo(uri.isEmpty() ? "nothing" : uri, scene -> uri.replace("RESPONSE",
                        scene.idp().responseId).replace("TRAP", scene.trap()).replace("ID", scene.idp().assertionId)));
    }

    private static Forgery referringTo(String name, java.util.function.Function<Scene, String> uri) {
        return Forgery.document(REFERENCE, "to " + name, SamlReason.REFERENCE_MISMATCH, scene -> scene.signed(
                new Handmade().shape("URI=\"#" + scene.idp().assertionId + '"', "URI=\"" + uri.apply(scene) + '"')));
    }

    /** What an ID is, is not a matter of opinion. */
    private static Stream<Forgery> identifiers() {
        var renamed = Stream.of("Id", "id", "AssertionID", "saml:ID", "xml:id", "wsu:Id xmlns:wsu=\"urn:wsu\"")
                .map(name -> Forgery.text(REFERENCE, "ID renamed " + name, SamlReason.REFERENCE_MISMATCH, scene ->
                        scene.signedText().replace(" ID=\"" + scene.idp().assertionId + '"',
                                declared(name) + '=' + '"' + scene.idp().assertionId + '"')));
        var beside = Stream.of("Id", "id", "xml:id").map(name -> Forgery.text(REFERENCE,
                "another element with the same " + name, SamlReason.DUPLICATE_ID, scene -> scene.signedText()
                        .replace("<samlp:Status>", "<samlp:Status " + name + "=\"" + scene.idp().assertionId + "\">")));
        return Stream.of(renamed, beside, Stream.of(
                Forgery.text(REFERENCE, "no ID", SamlReason.REFERENCE_MISMATCH, scene -> scene.signedText()
                        .replace(" ID=\"" + scene.idp().assertionId + '"', "")),
                Forgery.text(REFERENCE, "empty ID and reference", SamlReason.REFERENCE_MISMATCH, scene ->
                        scene.signedText()
                        .replace(" ID=\"" + scene.idp().assertionId + '"', " ID=\"\"")
                        .replace("URI=\"#" + scene.idp().assertionId + '"', "URI=\"#\"")),
                Forgery.text(REFERENCE, "ID with white space", SamlReason.REFERENCE_MISMATCH, scene ->
                        scene.signedText()
                        .replace(" ID=\"" + scene.idp().assertionId, " ID=\" " + scene.idp().assertionId)),
                Forgery.document(REFERENCE, "none", SamlReason.REFERENCE_MISMATCH, scene -> scene.signed(new Handmade()
                        .shape(" URI=\"#" + scene.idp().assertionId + '"', ""))),
                Forgery.document(REFERENCE, "the response's signature refers to the assertion",
                        SamlReason.REFERENCE_MISMATCH, scene -> {
                            var document = scene.idp().draft();
                            Dsig.honest().sign(document.getDocumentElement(), scene.idp().assertionId);
                            return document;
                        }),
                Forgery.document(REFERENCE, "the assertion's signature refers to the response",
                        SamlReason.REFERENCE_MISMATCH, scene -> {
                            var document = scene.idp().draft();
                            Dsig.honest().sign(FakeSamlIdp.assertion(document), scene.idp().responseId);
                            return document;
                        }))).flatMap(forgeries -> forgeries);
    }

    private static String declared(String name) {
        int space = name.indexOf(' ');
        return space < 0 ? ' ' + name : name.substring(space) + ' ' + name.substring(0, space);
    }

    private static Stream<Forgery> shapes() {
        var info = "<ds:SignedInfo>";
        var changes = Map.<String, UnaryOperator<String>>ofEntries(
                Map.entry("object", xml -> xml.replace(END, "<ds:Object/>" + END)),
                Map.entry("manifest", xml -> xml.replace(END, "<ds:Object><ds:Manifest/></ds:Object>" + END)),
                Map.entry("signature properties", xml -> xml.replace(END,
                        "<ds:Object><ds:SignatureProperties/></ds:Object>" + END)),
                Map.entry("two key infos", xml -> xml.replace(END, "<ds:KeyInfo/><ds:KeyInfo/>" + END)),
                Map.entry("key info first", xml -> xml.replace(info, "<ds:KeyInfo/>" + info)),
                Map.entry("unknown part", xml -> xml.replace(END, "<x/>" + END)),
                Map.entry("signed info of another namespace", xml -> xml.replace(END, "<SignedInfo/>" + END)),
                Map.entry("two signature values", xml -> xml.replace("<ds:SignatureValue>",
                        "<ds:SignatureValue>AAAA</ds:SignatureValue><ds:SignatureValue>")),
                Map.entry("signature value with a child", xml -> xml.replace("VALUE", "VALUE<x/>")),
                Map.entry("second, empty signed info", xml -> xml.replace("<ds:SignatureValue>",
                        "<ds:SignedInfo/><ds:SignatureValue>")),
                Map.entry("digest value with a child", xml -> xml.replace("</ds:DigestValue>",
                        "<x/></ds:DigestValue>")),
                Map.entry("two digest values", xml -> xml.replace("<ds:DigestValue>",
                        "<ds:DigestValue>AAAA</ds:DigestValue><ds:DigestValue>")),
                Map.entry("no digest method", xml -> xml.replace(Handmade.DIGEST_METHOD, "")),
                Map.entry("two digest methods", xml -> xml.replace(Handmade.DIGEST_METHOD,
                        Handmade.DIGEST_METHOD + Handmade.DIGEST_METHOD)),
                Map.entry("no signature method", xml -> xml.replace(Handmade.SIGNATURE_METHOD, "")),
                Map.entry("two signature methods", xml -> xml.replace(Handmade.SIGNATURE_METHOD,
                        Handmade.SIGNATURE_METHOD + Handmade.SIGNATURE_METHOD)),
                Map.entry("parameter of the signature method", xml -> xml.replace(Handmade.SIGNATURE_METHOD,
                        Handmade.SIGNATURE_METHOD.replace("/>", "><ds:HMACOutputLength>8</ds:HMACOutputLength>"
                                + "</ds:SignatureMethod>"))),
                Map.entry("parameter of the digest method", xml -> xml.replace(Handmade.DIGEST_METHOD,
                        Handmade.DIGEST_METHOD.replace("/>", "><x/></ds:DigestMethod>"))),
                Map.entry("no transforms", xml -> xml.replace(Handmade.TRANSFORMS, "")),
                Map.entry("unknown part of signed info", xml -> xml.replace(info, info + "<x/>")));
        return changes.entrySet().stream().map(change -> Forgery.document(SHAPE, change.getKey(),
                java.util.Set.of(SamlReason.SIGNATURE_STRUCTURE, SamlReason.SEVERAL_REFERENCES),
                scene -> scene.signed(new Handmade().shape(change.getValue()))));
    }

    private static Stream<Forgery> severalReferences() {
        return Stream.of(
                Forgery.document(SHAPE, "two references", SamlReason.SEVERAL_REFERENCES, scene -> {
                    var document = scene.idp().draft();
                    Dsig.honest().alsoCovering(scene.idp().assertionId)
                            .sign(FakeSamlIdp.assertion(document), scene.idp().assertionId);
                    return document;
                }),
                Forgery.document(SHAPE, "two references, the other one elsewhere", SamlReason.SEVERAL_REFERENCES,
                        scene ->
                        scene.signed(new Handmade().shape("<ds:Reference ", "<ds:Reference URI=\"" + scene.trap()
                                + "\">" + Handmade.DIGEST_METHOD
                                        + "<ds:DigestValue>AAAA</ds:DigestValue></ds:Reference>"
                                + "<ds:Reference "))),
                Forgery.document(SHAPE, "no reference", SamlReason.SEVERAL_REFERENCES, scene -> scene.signed(
                        new Handmade().shape(xml -> xml.replaceAll("<ds:Reference .*</ds:Reference>", "")))),
                Forgery.document(SHAPE, "thousand references", SamlReason.SEVERAL_REFERENCES, scene -> scene.signed(
                        new Handmade().shape("<ds:Reference ", "<ds:Reference URI=\"#x\"/>".repeat(1_000)
                                + "<ds:Reference "))),
                Forgery.text(SHAPE, "signed info twice", SamlReason.SIGNATURE_STRUCTURE, scene -> {
                    var text = scene.signedText();
                    var info = text.substring(text.indexOf("<ds:SignedInfo>"), text.indexOf("<ds:SignatureValue>"));
                    return text.replace(info, info + info);
                }),
                Forgery.text(SHAPE, "forged signed info before the signed one", SamlReason.SIGNATURE_STRUCTURE, scene ->
                        {
                    var text = scene.signedText();
                    var info = text.substring(text.indexOf("<ds:SignedInfo>"), text.indexOf("<ds:SignatureValue>"));
                    return text.replace(info, info.replaceAll("<ds:DigestValue>[^<]*", "<ds:DigestValue>AAAA") + info);
                }));
    }

    private static Stream<Forgery> severalSignatures() {
        return Stream.of(
                Forgery.document(SHAPE, "two signatures", SamlReason.SIGNATURE_STRUCTURE, scene -> {
                    var document = scene.signed(new Handmade());
                    new Handmade().sign(FakeSamlIdp.assertion(document));
                    return document;
                }),
                Forgery.document(SHAPE, "signature within the signature", SamlReason.SIGNATURE_MISPLACED, scene -> {
                    var document = scene.signed(new Handmade());
                    var signature = Dsig.first(document, Dsig.DS, "Signature");
                    signature.appendChild(signature.cloneNode(true));
                    return document;
                }),
                misplaced("the status", "<samlp:Status>"),
                misplaced("the subject", "<saml:Subject>"),
                misplaced("the issuer", "<saml:Issuer>"),
                Forgery.document(SHAPE, "signature of the assertion beside it", java.util.Set.of(
                        SamlReason.REFERENCE_MISMATCH), scene -> {
                            var document = scene.idp().assertionSigned();
                            var signature = Dsig.first(document, Dsig.DS, "Signature");
                            document.getDocumentElement().appendChild(signature);
                            return document;
                        }));
    }

    private static Forgery misplaced(String where, String tag) {
        return Forgery.text(SHAPE, "signature in " + where, SamlReason.SIGNATURE_MISPLACED, scene -> {
            var text = scene.signedText();
            var signature = text.substring(text.indexOf("<ds:Signature "), text.indexOf(END) + END.length());
            int at = text.lastIndexOf(tag) + tag.length();
            return text.substring(0, at).concat(text.substring(at).replace(signature, "")).replace(signature, "")
                    .replaceFirst(java.util.regex.Pattern.quote(tag), java.util.regex.Matcher.quoteReplacement(
                            tag + signature));
        });
    }

    /** Comments and processing instructions where somebody could read half a value (CVE-2025-29775). */
    private static Stream<Forgery> remarks() {
        return List.of("<!-- -->", "<!---->", "<?x y?>", "<?x?>").stream().flatMap(remark -> Stream.of(
                remark(remark, "DigestValue", new Handmade().shape("<ds:DigestValue>", "<ds:DigestValue>" + remark)),
                remark(remark, "the middle of DigestValue", new Handmade().shape(xml -> xml.replaceFirst(
                        "<ds:DigestValue>(....)", "<ds:DigestValue>$1" + remark.replace("$", "")))),
                remark(remark, "DigestValue, a forged one before it", new Handmade().shape("<ds:DigestValue>",
                        "<ds:DigestValue>47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=" + remark)),
                remark(remark, "SignatureValue", new Handmade().shape("VALUE</", "VALUE" + remark + "</")),
                remark(remark, "SignedInfo", new Handmade().shape("<ds:SignedInfo>", "<ds:SignedInfo>" + remark)),
                remark(remark, "Transforms", new Handmade().shape("<ds:Transforms>", "<ds:Transforms>" + remark)),
                remark(remark, "SignatureMethod", new Handmade().shape(Handmade.SIGNATURE_METHOD,
                        Handmade.SIGNATURE_METHOD.replace("/>", ">" + remark + "</ds:SignatureMethod>")))));
    }

    private static Forgery remark(String remark, String where, Handmade signature) {
        return Forgery.document(SHAPE, remark + " in " + where, SamlReason.SIGNATURE_STRUCTURE,
                scene -> scene.signed(signature));
    }
}
