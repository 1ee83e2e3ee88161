package gatehouse.idp.samlwire;

import java.io.ByteArrayOutputStream;
import java.security.MessageDigest;
import java.util.List;
import java.util.Optional;
import org.apache.xml.security.c14n.CanonicalizationException;
import org.apache.xml.security.c14n.implementations.Canonicalizer20010315ExclOmitComments;
import org.w3c.dom.Element;
import org.w3c.dom.Node;

/**
 * The one form of XML signature that SAML allows (saml-core §5.4): enveloped in the element it covers, one reference to
 * that element's ID, exclusive canonicalization. Everything else that XML Signature can express is refused by its
 * structure, before any octet is hashed; {@code KeyInfo} is not read.
 */
final class EnvelopedSignature {

    private static final String ENVELOPED = Namespace.DS.uri() + "enveloped-signature";
    private static final String EXCLUSIVE = Namespace.EXC_C14N.uri();
    private static final String EXCLUSIVE_WITH_COMMENTS = EXCLUSIVE + "WithComments";

    /** Inclusive prefixes of one canonicalization: each is looked for at every element. */
    static final int PREFIXES_MAX = 32;

    private final Element covered;
    private final Element signature;
    private final Element signedInfo;
    private final Canonicalization signedInfoForm;
    private final SignatureAlgorithm algorithm;
    private final byte[] signatureValue;
    private final Canonicalization coveredForm;
    private final DigestAlgorithm digest;
    private final byte[] digestValue;

    /**
     * How octets are made of elements. Comments are left out under both names of the method: a reference to an ID has
     * dropped them already (xmldsig §4.4.3.3), and signed info with comments is refused.
     *
     * @param prefixes inclusive prefixes, separated by spaces; empty for none
     */
    private record Canonicalization(String prefixes) {

        byte[] octets(Node element, Node excluded) {
            var canonicalizer = new Canonicalizer20010315ExclOmitComments();
            var out = new ByteArrayOutputStream(4096);
            try {
                canonicalizer.engineCanonicalizeSubTree(element, prefixes, excluded, out);
            } catch (CanonicalizationException failed) {
                throw new SamlError(SamlReason.CANONICALIZATION_FAILED);
            }
            if (out.size() == 0) {
                throw new SamlError(SamlReason.CANONICALIZATION_FAILED);
            }
            return out.toByteArray();
        }
    }

    /**
     * The signature that is a child of {@code covered}, if there is one.
     *
     * @throws SamlError if it is not of the one form
     */
    static Optional<EnvelopedSignature> of(Element covered) {
        var signatures = Dom.children(covered, Namespace.DS, "Signature");
        if (signatures.size() > 1) {
            throw new SamlError(SamlReason.SIGNATURE_STRUCTURE);
        }
        return signatures.isEmpty() ? Optional.empty()
                : Optional.of(new EnvelopedSignature(covered, signatures.getFirst()));
    }

    private EnvelopedSignature(Element covered, Element signature) {
        this.covered = covered;
        this.signature = signature;
        var parts = Dom.children(signature);
        if (parts.size() < 2 || parts.size() > 3
                || !Dom.is(parts.get(0), Namespace.DS, "SignedInfo")
                || !Dom.is(parts.get(1), Namespace.DS, "SignatureValue")
                || parts.size() == 3 && !Dom.is(parts.get(2), Namespace.DS, "KeyInfo")) {
            throw new SamlError(SamlReason.SIGNATURE_STRUCTURE);
        }
        this.signedInfo = parts.get(0);
        requireNoComments(signedInfo);
        this.signatureValue = base64(parts.get(1));
        var info = Dom.children(signedInfo);
        if (info.size() != 3) {
            throw new SamlError(info.stream().filter(part -> Dom.is(part, Namespace.DS, "Reference")).count() == 1
                    ? SamlReason.SIGNATURE_STRUCTURE : SamlReason.SEVERAL_REFERENCES);
        }
        this.signedInfoForm = canonicalization(expect(info.get(0), "CanonicalizationMethod"));
        this.algorithm = SignatureAlgorithm
                .of(Dom.require(childless(expect(info.get(1), "SignatureMethod")), "Algorithm"))
                .orElseThrow(() -> new SamlError(SamlReason.SIGNATURE_ALGORITHM_REFUSED));
        var reference = expect(info.get(2), "Reference");
        requireOwnReference(reference);
        var steps = Dom.children(reference);
        if (steps.size() != 3) {
            throw new SamlError(SamlReason.SIGNATURE_STRUCTURE);
        }
        this.coveredForm = transforms(expect(steps.get(0), "Transforms"));
        this.digest = DigestAlgorithm.of(Dom.require(childless(expect(steps.get(1), "DigestMethod")), "Algorithm"))
                .orElseThrow(() -> new SamlError(SamlReason.DIGEST_ALGORITHM_REFUSED));
        this.digestValue = base64(expect(steps.get(2), "DigestValue"));
    }

    /**
     * The octets that the signature covers, once it is proved that a key of {@code policy} signed them.
     *
     * @throws SamlError SIGNATURE_INVALID or DIGEST_MISMATCH; …_ALGORITHM_REFUSED if the policy does not accept one
     */
    byte[] verify(SignaturePolicy policy) {
        policy.requireAccepted(algorithm);
        policy.requireAccepted(digest);
        if (!policy.verifies(algorithm, signedInfoForm.octets(signedInfo, null), signatureValue)) {
            throw new SamlError(SamlReason.SIGNATURE_INVALID);
        }
        var octets = coveredForm.octets(covered, signature);
        if (digestValue.length == 0 || !MessageDigest.isEqual(digest.digest(octets), digestValue)) {
            throw new SamlError(SamlReason.DIGEST_MISMATCH);
        }
        return octets;
    }

    /** The reference names the element that the signature is in; an empty URI (the whole document) is not that. */
    private void requireOwnReference(Element reference) {
        var id = Dom.attribute(covered, "ID").orElse("");
        var uri = Dom.attribute(reference, "URI").orElse("");
        if (id.isEmpty() || !uri.equals('#' + id)) {
            throw new SamlError(SamlReason.REFERENCE_MISMATCH);
        }
    }

    private static Canonicalization transforms(Element transforms) {
        var steps = Dom.children(transforms);
        if (steps.size() != 2
                || !Dom.is(steps.get(0), Namespace.DS, "Transform")
                || !Dom.is(steps.get(1), Namespace.DS, "Transform")
                || !Dom.attribute(steps.get(0), "Algorithm").equals(Optional.of(ENVELOPED))) {
            throw new SamlError(SamlReason.TRANSFORM_REFUSED);
        }
        childless(steps.get(0));
        return canonicalization(steps.get(1));
    }

    private static Canonicalization canonicalization(Element method) {
        var name = Dom.attribute(method, "Algorithm").orElse("");
        if (!name.equals(EXCLUSIVE) && !name.equals(EXCLUSIVE_WITH_COMMENTS)) {
            throw new SamlError(SamlReason.TRANSFORM_REFUSED);
        }
        var parameters = Dom.children(method);
        if (parameters.isEmpty()) {
            return new Canonicalization("");
        }
        if (parameters.size() > 1 || !Dom.is(parameters.getFirst(), Namespace.EXC_C14N, "InclusiveNamespaces")) {
            throw new SamlError(SamlReason.TRANSFORM_REFUSED);
        }
        var prefixes = Dom.attribute(parameters.getFirst(), "PrefixList").orElse("").strip();
        if (prefixes.split("\\s+", PREFIXES_MAX + 1).length > PREFIXES_MAX) {
            throw new SamlError(SamlReason.TRANSFORM_REFUSED);
        }
        return new Canonicalization(prefixes);
    }

    private static Element expect(Element element, String name) {
        if (!Dom.is(element, Namespace.DS, name)) {
            throw new SamlError(name.equals("Reference") ? SamlReason.SEVERAL_REFERENCES
                    : SamlReason.SIGNATURE_STRUCTURE);
        }
        return element;
    }

    private static Element childless(Element element) {
        if (!Dom.children(element).isEmpty()) {
            throw new SamlError(SamlReason.SIGNATURE_STRUCTURE);
        }
        return element;
    }

    private static void requireNoComments(Element root) {
        for (var node = root.getFirstChild(); node != null; node = node.getNextSibling()) {
            switch (node.getNodeType()) {
                case Node.ELEMENT_NODE -> requireNoComments((Element) node);
                case Node.TEXT_NODE -> { }
                default -> throw new SamlError(SamlReason.SIGNATURE_STRUCTURE);
            }
        }
    }

    private static byte[] base64(Element element) {
        requireNoComments(element);
        return Base64Text.decode(Dom.text(childless(element)))
                .orElseThrow(() -> new SamlError(SamlReason.SIGNATURE_STRUCTURE));
    }

    /** Refuses every signature element below {@code root} that is not a child of one of {@code parents}: none hides. */
    static void requireOnlyIn(Element root, List<Element> parents) {
        Dom.each(root, element -> {
            if (Dom.is(element, Namespace.DS, "Signature") && !parents.contains(element.getParentNode())) {
                throw new SamlError(SamlReason.SIGNATURE_MISPLACED);
            }
        });
    }
}
