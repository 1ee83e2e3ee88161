package gatehouse.idp.samlwire;

import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.w3c.dom.Element;

/**
 * Who has to have signed a metadata document (saml-metadata §3): certificates, or fingerprints of one that the document
 * itself carries. Nobody in particular if both are empty; then a signature is not looked at.
 */
public final class MetadataSigners {

    private final SamlCrypto crypto;
    private final List<X509Certificate> certificates;
    private final Set<String> fingerprints;

    /** @param fingerprints SHA-256 of certificates in DER, lower-case hexadecimal */
    MetadataSigners(SamlCrypto crypto, List<X509Certificate> certificates, Set<String> fingerprints) {
        this.crypto = crypto;
        this.certificates = List.copyOf(certificates);
        this.fingerprints = Set.copyOf(fingerprints);
    }

    /** Whether a signature is needed at all. */
    public boolean isPinned() {
        return !certificates.isEmpty() || !fingerprints.isEmpty();
    }

    /** The octets of {@code root} that one of the signers signed: all of it. */
    byte[] requireSigned(Element root) {
        try {
            var signature = EnvelopedSignature.of(root)
                    .orElseThrow(() -> MetadataReader.invalid("The metadata is not signed, and this connection asks for"
                            + " a signature."));
            return signature.verify(new SignaturePolicy(crypto, known(root)));
        } catch (SamlError refused) {
            throw refused.why() == SamlReason.METADATA_INVALID ? refused
                    : MetadataReader.invalid("The signature of the metadata does not hold (" + refused.reason() + ").");
        }
    }

    private List<X509Certificate> known(Element root) {
        var known = new ArrayList<>(certificates);
        for (var signature : Dom.children(root, Namespace.DS, "Signature")) {
            Dom.each(signature, element -> {
                if (Dom.is(element, Namespace.DS, "X509Certificate")) {
                    Certificates.ofBase64(Dom.text(element))
                            .filter(carried -> fingerprints.contains(Certificates.fingerprint(carried)))
                            .filter(SignaturePolicy::isStrongEnough)
                            .ifPresent(known::add);
                }
            });
        }
        var distinct = known.stream().distinct().limit(SignaturePolicy.CERTIFICATES_MAX).toList();
        if (distinct.isEmpty()) {
            throw MetadataReader.invalid("The metadata is signed by somebody else than this connection asks for.");
        }
        return distinct;
    }
}
