package gatehouse.idp.upstream.saml.corpus;

import gatehouse.idp.samlwire.Dsig;
import gatehouse.idp.samlwire.FakeSamlIdp;
import java.security.PublicKey;
import org.w3c.dom.Document;
import org.w3c.dom.Element;

/**
 * What a forger has in hand.
 *
 * @param idp  an honest answer to the request that is waited for, as a draft
 * @param us   the key that assertions are encrypted for
 * @param trap address of a server that nobody may ever call
 */
public record Scene(FakeSamlIdp idp, PublicKey us, String trap) {

    /** Who a forger wants to be. */
    public static final String EVIL = "root@acme-ads.example";

    /** The draft with its assertion signed by {@code signature}. */
    Document signed(Handmade signature) {
        var document = idp.draft();
        signature.sign(FakeSamlIdp.assertion(document));
        return document;
    }

    /** The assertion signed, as text. */
    String signedText() {
        return Dsig.text(idp.assertionSigned());
    }

    /** The assertion of {@code document}, copied under another ID for {@link #EVIL}; without signature. */
    static Element forged(Document document, String id) {
        var copy = (Element) FakeSamlIdp.assertion(document).cloneNode(true);
        for (var node = copy.getFirstChild(); node != null; ) {
            var next = node.getNextSibling();
            if ("Signature".equals(node.getLocalName())) {
                copy.removeChild(node);
            }
            node = next;
        }
        copy.setAttribute("ID", id);
        Dsig.first(copy, Dsig.SAML, "NameID").setTextContent(EVIL);
        return copy;
    }
}
