package gatehouse.idp.samlwire;

import gatehouse.idp.http.Form;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** The HTTP POST binding (saml-bindings §3.5): a message in a form field. */
public final class PostBinding {

    /** Its URN. */
    public static final String URN = "urn:oasis:names:tc:SAML:2.0:bindings:HTTP-POST";

    private PostBinding() {}

    /** A received message, not verified yet, with the signature that came beside it (SimpleSign). */
    public record Posted(byte[] xml, Optional<DetachedSignature> signature) {

        /** A message that came with nothing beside it. */
        public static Posted alone(byte[] xml) {
            return new Posted(xml, Optional.empty());
        }
    }

    /**
     * The message in field {@code name}.
     *
     * @param name {@code SAMLRequest} or {@code SAMLResponse}
     * @throws SamlError if it is missing, repeated, too large or not base64, or its signature is incomplete
     */
    public static Posted receive(Form form, String name) {
        var xml = decode(form, name);
        return new Posted(xml, SimpleSignBinding.signature(form, name, xml));
    }

    /** As {@link #receive}, where no signature beside the message is looked for. @throws SamlError */
    public static byte[] decode(Form form, String name) {
        if (form.all(name).size() > 1 || form.all(RelayState.PARAMETER).size() > 1) {
            throw new SamlError(SamlReason.PARAMETER_REPEATED);
        }
        var text = form.nonEmpty(name).orElseThrow(() -> new SamlError(SamlReason.PARAMETER_MISSING));
        if (text.length() > XmlLimits.MESSAGE.bytes() / 2 * 3) {
            throw new SamlError(SamlReason.TOO_LARGE);
        }
        return Base64Text.decode(text).orElseThrow(() -> new SamlError(SamlReason.NOT_BASE64));
    }

    /** The fields of the form that carries {@code xml}. */
    public static Map<String, String> fields(String name, String xml, Optional<String> relayState) {
        return fields(name, xml.getBytes(StandardCharsets.UTF_8), relayState);
    }

    /** The fields of the form that carries {@code xml}. */
    public static Map<String, String> fields(String name, byte[] xml, Optional<String> relayState) {
        var fields = new LinkedHashMap<String, String>();
        fields.put(name, Base64Text.encode(xml));
        relayState.ifPresent(value -> fields.put(RelayState.PARAMETER, value));
        return fields;
    }
}
