package gatehouse.idp.samlwire;

import gatehouse.idp.http.Compared;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.cert.X509Certificate;
import java.util.HexFormat;
import java.util.Optional;
import java.util.Set;
import org.w3c.dom.Element;

/**
 * What a message looks like, for people who look for a mistake in it: structure, addresses, names, dates and algorithms
 * as they are; what is personal or could be used again, masked. Nothing of it is verified.
 *
 * @param text        one line per element, indented, in a notation that no parser takes for the message; bounded
 * @param certificate fingerprint of the first certificate that the message names
 */
public record MaskedMessage(String text, Optional<String> certificate) {

    private static final String MASK = "•••";
    private static final int DEPTH_MAX = 40;

    /** Elements whose text says how the message was made, and nothing about the person. */
    private static final Set<String> PLAIN_TEXT = Set.of("Issuer", "Audience", "AuthnContextClassRef",
            "AuthenticatingAuthority", "StatusMessage", "KeyName", "X509IssuerName", "X509SubjectName");

    /** Attributes of the same kind. */
    private static final Set<String> PLAIN_ATTRIBUTES = Set.of("ID", "Version", "IssueInstant", "Destination",
            "InResponseTo", "Recipient", "NotBefore", "NotOnOrAfter", "AuthnInstant", "SessionNotOnOrAfter", "Format",
            "Name", "NameFormat", "FriendlyName", "Method", "Algorithm", "URI", "Value", "Type", "type", "PrefixList");

    /**
     * The message in {@code xml}.
     *
     * @param lengthMax longest text
     * @throws SamlError if it cannot be parsed within the limits
     */
    static MaskedMessage of(byte[] xml, XmlReader reader, int lengthMax) {
        var root = reader.read(xml, XmlLimits.MESSAGE);
        var text = new StringBuilder();
        write(root, 0, text, lengthMax);
        return new MaskedMessage(text.length() <= lengthMax ? text.toString() : text.substring(0, lengthMax - 1) + "…",
                certificate(root));
    }

    private static void write(Element element, int depth, StringBuilder out, int lengthMax) {
        if (out.length() > lengthMax || depth > DEPTH_MAX) {
            return;
        }
        out.repeat("  ", depth).append(plain(element.getNodeName()));
        var attributes = element.getAttributes();
        for (int i = 0; i < attributes.getLength(); i++) {
            var name = attributes.item(i).getNodeName();
            if (!name.startsWith("xmlns")) {
                var value = PLAIN_ATTRIBUTES.contains(attributes.item(i).getLocalName())
                        ? plain(attributes.item(i).getNodeValue()) : MASK;
                out.append(' ').append(plain(name)).append("=\"").append(value).append('"');
            }
        }
        var children = Dom.children(element);
        var content = children.isEmpty() ? content(element) : "";
        out.append(content.isEmpty() ? "\n" : ": " + content + '\n');
        children.forEach(child -> write(child, depth + 1, out, lengthMax));
    }

    private static String content(Element element) {
        var text = Dom.text(element).strip();
        if (text.isEmpty()) {
            return "";
        }
        return switch (element.getLocalName()) {
            case "X509Certificate" -> fingerprint(text).orElse(MASK);
            case String name when PLAIN_TEXT.contains(name) -> plain(text);
            default -> MASK;
        };
    }

    private static Optional<String> certificate(Element root) {
        var found = new String[1];
        Dom.each(root, element -> {
            if (found[0] == null && Dom.is(element, Namespace.DS, "X509Certificate")) {
                found[0] = fingerprint(Dom.text(element)).orElse("that cannot be read");
            }
        });
        return Optional.ofNullable(found[0]);
    }

    private static Optional<String> fingerprint(String base64) {
        return Certificates.ofBase64(base64).map(MaskedMessage::fingerprint);
    }

    /** How people compare certificates: SHA-256 over the whole of it, in upper-case hexadecimal. */
    public static String fingerprint(X509Certificate certificate) {
        try {
            return "SHA-256 " + HexFormat.of().withUpperCase()
                    .formatHex(MessageDigest.getInstance("SHA-256").digest(certificate.getEncoded()));
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException("a certificate that was read can be written", impossible);
        }
    }

    private static String plain(String text) {
        return Compared.received(text).received().orElseThrow();
    }
}
