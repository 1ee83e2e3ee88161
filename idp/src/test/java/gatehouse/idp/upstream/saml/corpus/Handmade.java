package gatehouse.idp.upstream.saml.corpus;

import gatehouse.idp.samlwire.Dsig;
import gatehouse.idp.samlwire.TestCredentials;
import java.io.ByteArrayOutputStream;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.PrivateKey;
import java.security.Signature;
import java.util.Base64;
import java.util.function.UnaryOperator;
import org.apache.xml.security.c14n.Canonicalizer;
import org.w3c.dom.Element;
import org.w3c.dom.Node;

/**
 * An XML signature written by hand. Whatever shape it is given, its digest and value are right for that shape: what is
 * refused is the shape.
 */
final class Handmade {

    static final String ENVELOPED = "http://www.w3.org/2000/09/xmldsig#enveloped-signature";
    static final String EXCLUSIVE = "http://www.w3.org/2001/10/xml-exc-c14n#";
    static final String TRANSFORMS = "<ds:Transforms>" + transform(ENVELOPED) + transform(EXCLUSIVE)
            + "</ds:Transforms>";
    static final String SIGNATURE_METHOD =
            "<ds:SignatureMethod Algorithm=\"http://www.w3.org/2001/04/xmldsig-more#rsa-sha256\"/>";
    static final String DIGEST_METHOD = "<ds:DigestMethod Algorithm=\"http://www.w3.org/2001/04/xmlenc#sha256\"/>";
    private static final String VALUE = "<ds:SignatureValue>VALUE</ds:SignatureValue>";

    /** Octets to signature. */
    interface Signer {
        byte[] sign(byte[] octets) throws GeneralSecurityException;
    }

    private UnaryOperator<String> shape = xml -> xml;
    private UnaryOperator<byte[]> value = octets -> octets;
    private Signer signer = rsa(TestCredentials.IDP.keys().getPrivate());
    private String digestName = "SHA-256";
    private String canonicalization = EXCLUSIVE;

    static Signer rsa(PrivateKey key) {
        return with("SHA256withRSA", key);
    }

    static Signer with(String algorithm, PrivateKey key) {
        return octets -> {
            var signature = Signature.getInstance(algorithm);
            signature.initSign(key);
            signature.update(octets);
            return signature.sign();
        };
    }

    static String transform(String uri) {
        return "<ds:Transform Algorithm=\"" + uri + "\"/>";
    }

    static String base64(byte[] octets) {
        return Base64.getEncoder().encodeToString(octets);
    }

    /** Changes the signature's XML before it is signed. */
    Handmade shape(UnaryOperator<String> change) {
        var before = shape;
        shape = xml -> {
            var changed = change.apply(before.apply(xml));
            if (changed.equals(xml)) {
                throw new IllegalStateException("nothing was changed");
            }
            return changed;
        };
        return this;
    }

    /** Replaces text in the signature's XML before it is signed. */
    Handmade shape(String from, String to) {
        return shape(xml -> xml.replace(from, to));
    }

    /** Changes the signature value. */
    Handmade value(UnaryOperator<byte[]> change) {
        value = change;
        return this;
    }

    /** Signs with another key, by the algorithm of {@code uri} and the digest of {@code digestUri}. */
    Handmade by(PrivateKey key, String jcaName, String uri, String digestUri) {
        if (!uri.endsWith("#rsa-sha256")) {
            shape(SIGNATURE_METHOD, "<ds:SignatureMethod Algorithm=\"" + uri + "\"/>");
        }
        if (!digestUri.endsWith("sha256")) {
            digest(digestUri.endsWith("sha384") ? "SHA-384" : "SHA-512");
            shape(DIGEST_METHOD, "<ds:DigestMethod Algorithm=\"" + digestUri + "\"/>");
        }
        return by(with(jcaName, key));
    }

    /** Adds what stands in the key info. */
    Handmade keyInfo(String content) {
        return shape("</ds:SignatureValue>", "</ds:SignatureValue><ds:KeyInfo>" + content + "</ds:KeyInfo>");
    }

    /** Writes the signature with another prefix; empty for the default namespace. */
    Handmade prefix(String prefix) {
        var start = prefix.isEmpty() ? "" : prefix + ':';
        return shape(xml -> xml.replace("<ds:", '<' + start).replace("</ds:", "</" + start)
                .replace("xmlns:ds=", prefix.isEmpty() ? "xmlns=" : "xmlns:" + prefix + '='));
    }

    Handmade by(Signer other) {
        signer = other;
        return this;
    }

    /** Computes the digest with another function; its name in the XML is not touched. */
    Handmade digest(String jcaName) {
        digestName = jcaName;
        return this;
    }

    /** Makes the octets of the signed info another way, and names it. */
    Handmade canonicalization(String uri) {
        canonicalization = uri;
        return this;
    }

    /** Signs {@code covered}, the signature after its issuer. */
    void sign(Element covered) {
        try {
            var document = covered.getOwnerDocument();
            var digest = MessageDigest.getInstance(digestName).digest(canonical(EXCLUSIVE, covered));
            var xml = shape.apply("<ds:Signature xmlns:ds=\"" + Dsig.DS + "\"><ds:SignedInfo>"
                    + "<ds:CanonicalizationMethod Algorithm=\"" + canonicalization + "\"/>" + SIGNATURE_METHOD
                    + "<ds:Reference URI=\"#" + covered.getAttribute("ID") + "\">" + TRANSFORMS + DIGEST_METHOD
                    + "<ds:DigestValue>" + base64(digest) + "</ds:DigestValue></ds:Reference></ds:SignedInfo>"
                    + VALUE + "</ds:Signature>");
            var signature = (Element) document.importNode(Dsig.parse(xml).getDocumentElement(), true);
            var issuer = Dsig.child(covered, Dsig.SAML, "Issuer");
            covered.insertBefore(signature, issuer.getNextSibling());
            var octets = canonical(canonicalization, Dsig.first(signature, Dsig.DS, "SignedInfo"));
            var made = base64(value.apply(signer.sign(octets)));
            Dsig.eachElement(signature, element -> {
                if (element.getLocalName().equals("SignatureValue") && element.getTextContent().contains("VALUE")) {
                    replace(element, made);
                }
            });
        } catch (GeneralSecurityException failed) {
            throw new IllegalStateException(failed);
        }
    }

    private static void replace(Element holder, String made) {
        for (var node = holder.getFirstChild(); node != null; node = node.getNextSibling()) {
            if (node.getNodeType() == Node.TEXT_NODE) {
                node.setNodeValue(node.getNodeValue().replace("VALUE", made));
            }
        }
    }

    private static byte[] canonical(String uri, Element element) {
        try {
            org.apache.xml.security.Init.init();
            var out = new ByteArrayOutputStream();
            Canonicalizer.getInstance(uri).canonicalizeSubtree(element, out);
            return out.toByteArray();
        } catch (Exception failed) {
            throw new IllegalStateException(failed);
        }
    }
}
