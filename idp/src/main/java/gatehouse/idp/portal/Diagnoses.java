package gatehouse.idp.portal;

import gatehouse.idp.upstream.InvalidSettings;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.Base64;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * What is the matter with a document that was refused as metadata. Looks at its text, after the refusal and for words
 * only: nothing is accepted by what is found here.
 */
final class Diagnoses {

    private static final int START = 2_048;
    private static final Pattern CERTIFICATE =
            Pattern.compile("X509Certificate[^>]{0,200}>([A-Za-z0-9+/=\\s]{100,8000})<");

    /** What the reader of metadata says, by a part of its sentence, and the word for it here. */
    private static final Map<String, String> SAID = Map.ofEntries(
            Map.entry("was valid until", "metadata_ended"),
            Map.entry("contains no signing certificate", "no_certificate"),
            Map.entry("is too weak", "weak_key"),
            Map.entry("is not well-formed XML", "not_well_formed"),
            Map.entry("document type declaration", "doctype"),
            Map.entry("is too large", "too_large"),
            Map.entry("but not a SAML metadata document", "other_xml"),
            Map.entry("that is no SAML 2.0 identity provider", "no_idp"),
            Map.entry("neither by the Redirect nor by the POST binding", "no_binding"),
            Map.entry("address of the identity provider's sign-in service", "sso_address"),
            Map.entry("value that cannot be read", "unreadable_value"),
            Map.entry("does not describe", "not_described"));

    private Diagnoses() {}

    static Screen.Trouble of(byte[] document, InvalidSettings refused) {
        var text = new String(document, StandardCharsets.UTF_8);
        var start = text.substring(0, Math.min(START, text.length())).toLowerCase(Locale.ROOT).strip();
        var detail = Optional.of(refused.getMessage());
        if (start.contains("<!doctype html") || start.contains("<html")) {
            return new Screen.Trouble("web_page", "", Optional.empty());
        }
        if (start.startsWith("-----begin certificate")) {
            return new Screen.Trouble("certificate_only", "", Optional.empty());
        }
        if (start.startsWith("{")) {
            return new Screen.Trouble("json", "", Optional.empty());
        }
        if (!start.startsWith("<") && !start.startsWith("\uFEFF<")) {
            return new Screen.Trouble("not_xml", "", Optional.empty());
        }
        if (text.contains("SPSSODescriptor") && !text.contains("IDPSSODescriptor")) {
            return new Screen.Trouble("other_sp", entityId(text), Optional.empty());
        }
        if (text.contains("EntitiesDescriptor") && refused.getMessage().contains("identity providers")) {
            return new Screen.Trouble("several", "", detail);
        }
        var expired = expired(text);
        if (refused.getMessage().contains("expired") && expired.isPresent()) {
            return new Screen.Trouble("certificate_expired",
                    Desk.when(expired.get().getNotAfter().toInstant()).text(), Optional.empty());
        }
        return SAID.entrySet().stream().filter(said -> refused.getMessage().contains(said.getKey())).findFirst()
                .map(said -> new Screen.Trouble(said.getValue(), "", Optional.empty()))
                .orElseGet(() -> new Screen.Trouble("metadata_invalid", "", detail));
    }

    private static String entityId(String text) {
        var found = Pattern.compile("entityID=\"([^\"]{1,300})\"").matcher(text);
        return found.find() ? found.group(1) : "–";
    }

    private static Optional<X509Certificate> expired(String text) {
        var found = CERTIFICATE.matcher(text);
        while (found.find()) {
            try {
                var bytes = Base64.getMimeDecoder().decode(found.group(1));
                return Optional.of((X509Certificate) CertificateFactory.getInstance("X.509")
                        .generateCertificate(new ByteArrayInputStream(bytes)));
            } catch (CertificateException | IllegalArgumentException unreadable) {
                // The next one may be readable.
            }
        }
        return Optional.empty();
    }
}
