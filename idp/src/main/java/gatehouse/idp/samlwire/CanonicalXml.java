package gatehouse.idp.samlwire;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import org.apache.xml.security.c14n.CanonicalizationException;
import org.apache.xml.security.c14n.implementations.Canonicalizer20010315ExclOmitComments;
import org.opensaml.saml.common.SAMLObject;
import org.opensaml.saml.saml2.core.Issuer;
import org.w3c.dom.Element;

/**
 * A message of ours in exclusive canonical form (xml-exc-c14n §3), so that what is signed is hashed as it is sent, and
 * can stand within another one without being written again.
 *
 * @param text        the XML
 * @param id          {@code ID} of the root; empty if it has none
 * @param signatureAt where in the text the signature of the root belongs: after its issuer (saml-core §5.4); 0 if it
 *                    has none
 */
record CanonicalXml(String text, String id, int signatureAt) {

    private static final String ISSUER_END =
            "</" + Issuer.DEFAULT_ELEMENT_NAME.getPrefix() + ':' + Issuer.DEFAULT_ELEMENT_LOCAL_NAME + '>';

    /** {@code message} as XML; what XML cannot carry is replaced. */
    static CanonicalXml of(SAMLObject message) {
        var root = OpenSaml.toDom(message);
        var text = legible(new String(octets(root), StandardCharsets.UTF_8));
        int issuerEnd = text.indexOf(ISSUER_END); // the first is the root's own: the issuer is its first child
        return new CanonicalXml(text, root.getAttributeNS(null, "ID"),
                issuerEnd < 0 ? 0 : issuerEnd + ISSUER_END.length());
    }

    /** This with {@code last}, itself canonical, added as the last child of the root. */
    CanonicalXml with(String last) {
        int end = text.lastIndexOf("</");
        return new CanonicalXml(text.substring(0, end) + last + text.substring(end), id, signatureAt);
    }

    /** {@code element} and what is below it, in exclusive canonical form, without comments. */
    static byte[] octets(Element element) {
        var out = new ByteArrayOutputStream(4096);
        try {
            new Canonicalizer20010315ExclOmitComments().engineCanonicalizeSubTree(element, out);
        } catch (CanonicalizationException failed) {
            throw new SamlError(SamlReason.CANONICALIZATION_FAILED);
        }
        return out.toByteArray();
    }

    /** {@code xml} with U+FFFD for the characters that XML has no way to write (XML 1.0 §2.2). */
    private static String legible(String xml) {
        for (int i = 0; i < xml.length(); i++) {
            if (!isCharacter(xml.charAt(i))) {
                var mended = new StringBuilder(xml);
                for (int at = i; at < mended.length(); at++) {
                    if (!isCharacter(mended.charAt(at))) {
                        mended.setCharAt(at, '\ufffd');
                    }
                }
                return mended.toString();
            }
        }
        return xml;
    }

    private static boolean isCharacter(char c) {
        return c >= ' ' && c < '\ufffe' || c == '\n' || c == '\t';
    }
}
