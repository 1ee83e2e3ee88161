package gatehouse.idp.samlwire;

import java.io.ByteArrayOutputStream;
import java.net.URLDecoder;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.security.PrivateKey;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.zip.DataFormatException;
import java.util.zip.Deflater;
import java.util.zip.Inflater;

/**
 * The HTTP Redirect binding (saml-bindings §3.4): a deflated message in a query, signed, if at all, over the query's
 * own octets. Those octets are taken as they were sent: a parameter is read only where its name is spelled literally,
 * and only once, so that what is verified is what is used.
 */
public final class RedirectBinding {

    /** Its URN. */
    public static final String URN = "urn:oasis:names:tc:SAML:2.0:bindings:HTTP-Redirect";

    private static final Set<String> PARAMETERS =
            Set.of("SAMLRequest", "SAMLResponse", RelayState.PARAMETER, "SigAlg", "Signature", "SAMLEncoding");
    private static final String DEFLATE = "urn:oasis:names:tc:SAML:2.0:bindings:URL-Encoding:DEFLATE";

    private final SamlCrypto crypto;

    RedirectBinding(SamlCrypto crypto) {
        this.crypto = crypto;
    }

    /** A received message. @param xml not verified yet */
    public record Received(byte[] xml, Optional<String> relayState, Optional<DetachedSignature> signature) {

        /** @throws SamlError unless a key of {@code policy} signed the query */
        public void verify(SignaturePolicy policy) {
            signature.orElseThrow(() -> new SamlError(SamlReason.UNSIGNED)).verify(policy);
        }
    }

    /**
     * Reads the message in parameter {@code name}.
     *
     * @throws SamlError if a parameter is missing, repeated, misspelled, too large or not decodable
     */
    public Received decode(String rawQuery, String name) {
        var raw = parameters(rawQuery);
        if (!raw.containsKey(name)) {
            throw new SamlError(SamlReason.PARAMETER_MISSING);
        }
        if (raw.containsKey("SAMLRequest") && raw.containsKey("SAMLResponse")) {
            throw new SamlError(SamlReason.PARAMETER_REPEATED);
        }
        if (raw.containsKey("SAMLEncoding") && !decoded(raw.get("SAMLEncoding")).equals(DEFLATE)) {
            throw new SamlError(SamlReason.PARAMETER_UNSUPPORTED);
        }
        var deflated = Base64Text.decode(decoded(raw.get(name)))
                .orElseThrow(() -> new SamlError(SamlReason.NOT_BASE64));
        var relayState = Optional.ofNullable(raw.get(RelayState.PARAMETER)).map(RedirectBinding::decoded)
                .filter(value -> !value.isEmpty() && value.length() <= RelayState.LENGTH_MAX);
        return new Received(inflate(deflated), relayState, signature(raw, name));
    }

    private static Optional<DetachedSignature> signature(Map<String, String> raw, String name) {
        if (!raw.containsKey("Signature") && !raw.containsKey("SigAlg")) {
            return Optional.empty();
        }
        var algorithm = SignatureAlgorithm.of(decoded(raw.getOrDefault("SigAlg", "")))
                .orElseThrow(() -> new SamlError(SamlReason.SIGNATURE_ALGORITHM_REFUSED));
        var value = Base64Text.decode(decoded(raw.getOrDefault("Signature", "")))
                .orElseThrow(() -> new SamlError(SamlReason.NOT_BASE64));
        var signed = new StringBuilder(name).append('=').append(raw.get(name));
        if (raw.containsKey(RelayState.PARAMETER)) {
            signed.append('&').append(RelayState.PARAMETER).append('=').append(raw.get(RelayState.PARAMETER));
        }
        signed.append("&SigAlg=").append(raw.get("SigAlg"));
        return Optional.of(
                new DetachedSignature(algorithm, signed.toString().getBytes(StandardCharsets.UTF_8), value));
    }

    /** The parameters of the binding with their values as they were sent. */
    private static Map<String, String> parameters(String rawQuery) {
        var found = new HashMap<String, String>();
        for (var pair : rawQuery.split("&", 201)) {
            int equals = pair.indexOf('=');
            var rawName = equals < 0 ? pair : pair.substring(0, equals);
            if (!PARAMETERS.contains(rawName)) {
                if (PARAMETERS.contains(decoded(rawName))) {
                    throw new SamlError(SamlReason.PARAMETER_ENCODED);
                }
                continue;
            }
            if (found.putIfAbsent(rawName, equals < 0 ? "" : pair.substring(equals + 1)) != null) {
                throw new SamlError(SamlReason.PARAMETER_REPEATED);
            }
        }
        return found;
    }

    private static String decoded(String text) {
        try {
            return URLDecoder.decode(text, StandardCharsets.UTF_8);
        } catch (IllegalArgumentException malformed) {
            throw new SamlError(SamlReason.PARAMETER_ENCODED);
        }
    }

    /** Inflates up to the size of a message and one byte: a bomb costs no more than an honest message. */
    private static byte[] inflate(byte[] deflated) {
        var inflater = new Inflater(true);
        try {
            inflater.setInput(deflated);
            var out = new ByteArrayOutputStream(4096);
            var buffer = new byte[4096];
            while (!inflater.finished()) {
                int read = inflater.inflate(buffer);
                if (read == 0 && (inflater.needsInput() || inflater.needsDictionary())) {
                    throw new SamlError(SamlReason.NOT_DEFLATED);
                }
                out.write(buffer, 0, read);
                if (out.size() > XmlLimits.MESSAGE.bytes()) {
                    throw new SamlError(SamlReason.TOO_LARGE);
                }
            }
            return out.toByteArray();
        } catch (DataFormatException malformed) {
            throw new SamlError(SamlReason.NOT_DEFLATED);
        } finally {
            inflater.end();
        }
    }

    /** The URL that carries {@code xml} to {@code location}, unsigned. */
    public String encode(String location, String name, String xml, Optional<String> relayState) {
        return location + (location.indexOf('?') < 0 ? '?' : '&') + query(name, xml, relayState);
    }

    /** The URL that carries {@code xml} to {@code location}, its query signed with {@code key}. */
    public String encodeSigned(String location, String name, String xml, Optional<String> relayState, PrivateKey key) {
        var algorithm = XmlSigner.algorithmOf(key);
        var signed = query(name, xml, relayState) + "&SigAlg=" + encoded(algorithm.uri());
        var signature = crypto.sign(algorithm, key, signed.getBytes(StandardCharsets.US_ASCII));
        return location + (location.indexOf('?') < 0 ? '?' : '&') + signed
                + "&Signature=" + encoded(Base64Text.encode(signature));
    }

    private static String query(String name, String xml, Optional<String> relayState) {
        var message = name + '=' + encoded(Base64Text.encode(deflate(xml.getBytes(StandardCharsets.UTF_8))));
        return relayState.map(value -> message + '&' + RelayState.PARAMETER + '=' + encoded(value)).orElse(message);
    }

    private static byte[] deflate(byte[] xml) {
        var deflater = new Deflater(Deflater.BEST_SPEED, true);
        try {
            deflater.setInput(xml);
            deflater.finish();
            var out = new ByteArrayOutputStream(xml.length);
            var buffer = new byte[2048];
            while (!deflater.finished()) {
                out.write(buffer, 0, deflater.deflate(buffer));
            }
            return out.toByteArray();
        } finally {
            deflater.end();
        }
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }
}
