package gatehouse.idp.samlwire;

import org.w3c.dom.Element;

/**
 * A request as it came, not proved: what it claims tells whose keys to verify it with, and nothing more until then.
 */
public final class ReceivedAuthnRequest {

    private final Element root;
    private final XmlReader reader;
    private final AuthnRequest claimed;

    private ReceivedAuthnRequest(Element root, XmlReader reader) {
        this.root = root;
        this.reader = reader;
        this.claimed = AuthnRequestXml.read(root);
    }

    static ReceivedAuthnRequest read(byte[] xml, XmlReader reader) {
        return new ReceivedAuthnRequest(reader.read(xml, XmlLimits.REQUEST), reader);
    }

    /** What it says. */
    public AuthnRequest claimed() {
        return claimed;
    }

    /** Whether it carries a signature in its XML. */
    public boolean carriesSignature() {
        return !Dom.children(root, Namespace.DS, "Signature").isEmpty();
    }

    /**
     * What its signature proves.
     *
     * @throws SamlError UNSIGNED if it has none, or why it is not accepted
     */
    public AuthnRequest verified(SignaturePolicy policy) {
        EnvelopedSignature.requireOnlyIn(root, java.util.List.of(root));
        var signature = EnvelopedSignature.of(root).orElseThrow(() -> new SamlError(SamlReason.UNSIGNED));
        return AuthnRequestXml.read(reader.read(signature.verify(policy), XmlLimits.REQUEST));
    }
}
