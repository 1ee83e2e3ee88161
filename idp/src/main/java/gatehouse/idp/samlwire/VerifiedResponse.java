package gatehouse.idp.samlwire;

import java.time.Instant;
import java.util.Optional;
import org.w3c.dom.Element;

/**
 * A successful response whose one assertion is proved. Only {@link SignatureVerifier} makes one.
 *
 * @see #isSigned() whether what the envelope says is proved as well
 */
public final class VerifiedResponse {

    private final Optional<String> issuer;
    private final Optional<String> destination;
    private final Optional<String> inResponseTo;
    private final Instant issueInstant;
    private final boolean signed;
    private final VerifiedAssertion assertion;

    VerifiedResponse(Element response, boolean signed, VerifiedAssertion assertion) {
        this.issuer = Dom.child(response, Namespace.SAML, "Issuer").map(Dom::text);
        this.destination = Dom.attribute(response, "Destination");
        this.inResponseTo = Dom.attribute(response, "InResponseTo");
        this.issueInstant = Dom.instant(response, "IssueInstant")
                .orElseThrow(() -> new SamlError(SamlReason.MALFORMED_MESSAGE));
        this.signed = signed;
        this.assertion = assertion;
    }

    /** Whether the response itself is signed. If not, its envelope can only be held against it. */
    public boolean isSigned() {
        return signed;
    }

    public Optional<String> issuer() {
        return issuer;
    }

    public Optional<String> destination() {
        return destination;
    }

    public Optional<String> inResponseTo() {
        return inResponseTo;
    }

    public Instant issueInstant() {
        return issueInstant;
    }

    public VerifiedAssertion assertion() {
        return assertion;
    }
}
