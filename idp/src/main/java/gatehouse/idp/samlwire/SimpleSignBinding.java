package gatehouse.idp.samlwire;

import gatehouse.idp.http.Form;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.security.PrivateKey;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The HTTP POST-SimpleSign binding (SAML 2.0 HTTP POST "SimpleSign" Binding §2.5): the POST binding with a signature in
 * fields of its own. It covers the message as XML, the relay state and the name of the algorithm, as they are before
 * any encoding. The {@code KeyInfo} field is not read: trusted keys come from configuration.
 */
public final class SimpleSignBinding {

    /** Its URN. */
    public static final String URN = "urn:oasis:names:tc:SAML:2.0:bindings:HTTP-POST-SimpleSign";

    private static final String ALGORITHM = "SigAlg";
    private static final String SIGNATURE = "Signature";

    private SimpleSignBinding() {}

    /**
     * The signature in {@code form} over {@code xml}, which came in field {@code name}; empty if there is none.
     *
     * @throws SamlError if a field is repeated, or there is only a part of a signature
     */
    static Optional<DetachedSignature> signature(Form form, String name, byte[] xml) {
        for (var field : List.of(ALGORITHM, SIGNATURE, "KeyInfo")) {
            if (form.all(field).size() > 1) {
                throw new SamlError(SamlReason.PARAMETER_REPEATED);
            }
        }
        if (form.optional(SIGNATURE).isEmpty() && form.optional(ALGORITHM).isEmpty()) {
            return Optional.empty();
        }
        var uri = form.nonEmpty(ALGORITHM).orElseThrow(() -> new SamlError(SamlReason.SIGNATURE_STRUCTURE));
        var text = form.nonEmpty(SIGNATURE).orElseThrow(() -> new SamlError(SamlReason.SIGNATURE_STRUCTURE));
        var algorithm = SignatureAlgorithm.of(uri)
                .orElseThrow(() -> new SamlError(SamlReason.SIGNATURE_ALGORITHM_REFUSED));
        var value = Base64Text.decode(text).orElseThrow(() -> new SamlError(SamlReason.NOT_BASE64));
        return Optional.of(new DetachedSignature(
                algorithm, octets(name, xml, form.nonEmpty(RelayState.PARAMETER), uri), value));
    }

    /** The fields of the form that carries {@code xml}, signed with {@code key}. */
    static Map<String, String> fields(
            String name, byte[] xml, Optional<String> relayState, SamlCrypto crypto, PrivateKey key) {
        var algorithm = XmlSigner.algorithmOf(key);
        var signature = crypto.sign(algorithm, key, octets(name, xml, relayState, algorithm.uri()));
        var fields = PostBinding.fields(name, xml, relayState);
        fields.put(ALGORITHM, algorithm.uri());
        fields.put(SIGNATURE, Base64Text.encode(signature));
        return fields;
    }

    private static byte[] octets(String name, byte[] xml, Optional<String> relayState, String algorithm) {
        var out = new ByteArrayOutputStream(xml.length + 256);
        out.writeBytes((name + '=').getBytes(StandardCharsets.UTF_8));
        out.writeBytes(xml);
        relayState.ifPresent(value -> out.writeBytes(
                ('&' + RelayState.PARAMETER + '=' + value).getBytes(StandardCharsets.UTF_8)));
        out.writeBytes(('&' + ALGORITHM + '=' + algorithm).getBytes(StandardCharsets.UTF_8));
        return out.toByteArray();
    }
}
