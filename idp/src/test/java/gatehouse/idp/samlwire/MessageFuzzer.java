package gatehouse.idp.samlwire;

import java.security.PrivateKey;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.w3c.dom.Element;

/**
 * Jazzer's target for messages. As a response that anybody can send, octets are refused, whatever they are. As a
 * document that a provider has signed, they are read or refused; and what is read is the same document to the parser of
 * the platform.
 */
public final class MessageFuzzer {

    private static final XmlReader READER = new XmlReader();
    private static final SamlWire WIRE = new SamlWire(new SamlCrypto(Optional.empty()), Instant::now);
    private static final SignaturePolicy POLICY = WIRE.policy(List.of(TestCredentials.IDP.certificate()));
    private static final List<PrivateKey> KEYS = List.of(TestCredentials.US.keys().getPrivate());

    private MessageFuzzer() {}

    /** Called by Jazzer. */
    public static void fuzzerTestOneInput(byte[] xml) {
        Element root;
        try {
            root = READER.read(xml, XmlLimits.MESSAGE);
        } catch (SamlError refused) {
            return;
        }
        SecondReading.requireSame(xml, root);
        Dom.each(root, element -> {
            if (Dom.is(element, Namespace.SAML, "Assertion")) {
                read(element);
            }
        });
        try {
            WIRE.verifier().verify(PostBinding.Posted.alone(xml), POLICY, KEYS);
        } catch (SamlError refused) {
            return;
        }
        throw new IllegalStateException("nobody signed this");
    }

    private static void read(Element assertion) {
        try {
            new VerifiedAssertion(assertion, false);
        } catch (SamlError refused) {
            // As it should be.
        }
    }
}
