package gatehouse.idp.samlwire;

import java.nio.charset.StandardCharsets;
import java.security.PublicKey;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.UUID;
import java.util.function.UnaryOperator;
import javax.crypto.KeyGenerator;
import org.apache.xml.security.encryption.XMLCipher;
import org.apache.xml.security.keys.KeyInfo;
import org.w3c.dom.Document;
import org.w3c.dom.Element;

/**
 * An identity provider that says whatever a test wants: a draft of a response with every value open to change, signed
 * by the Java platform and encrypted by Santuario, neither of which the server uses for it.
 */
public final class FakeSamlIdp {

    public static final String ENTITY_ID = "https://idp.example/entity";
    public static final String NAME_ID = "ada@acme-ads.example";

    public String issuer = ENTITY_ID;
    public String responseIssuer = ENTITY_ID;
    public String status = "urn:oasis:names:tc:SAML:2.0:status:Success";
    public String responseId = "_r" + UUID.randomUUID();
    public String assertionId = "_a" + UUID.randomUUID();
    public String destination;
    public String recipient;
    public String audience;
    public String inResponseTo;
    public String confirmationInResponseTo;
    public String nameId = NAME_ID;
    public String nameIdFormat = "urn:oasis:names:tc:SAML:2.0:nameid-format:persistent";
    public String extraConditions = "";
    public String contextClass = "urn:oasis:names:tc:SAML:2.0:ac:classes:PasswordProtectedTransport";
    public String attributes = attribute("email", NAME_ID) + attribute("givenName", "Ada")
            + attribute("sn", "Lovelace");
    public Instant issueInstant;
    public Instant notBefore;
    public Instant notOnOrAfter;
    public Instant confirmedUntil;
    public Instant authnInstant;
    public Instant sessionNotOnOrAfter;
    /** The last word on the text, before anything is signed. */
    public UnaryOperator<String> beforeSigning = xml -> xml;

    /** An honest answer to {@code requestId} for the service provider with these addresses. */
    public FakeSamlIdp(String spEntityId, String acs, String requestId, Instant now) {
        destination = acs;
        recipient = acs;
        audience = spEntityId;
        inResponseTo = requestId;
        confirmationInResponseTo = requestId;
        issueInstant = now;
        notBefore = now.minusSeconds(30);
        notOnOrAfter = now.plus(Duration.ofMinutes(5));
        confirmedUntil = notOnOrAfter;
        authnInstant = now;
        sessionNotOnOrAfter = now.plus(Duration.ofHours(8));
    }

    public static String attribute(String name, String... values) {
        var xml = new StringBuilder("<saml:Attribute Name=\"" + name + "\">");
        for (var value : values) {
            xml.append("<saml:AttributeValue xmlns:xs=\"http://www.w3.org/2001/XMLSchema\""
                    + " xmlns:xsi=\"http://www.w3.org/2001/XMLSchema-instance\" xsi:type=\"xs:string\">")
                    .append(value).append("</saml:AttributeValue>");
        }
        return xml.append("</saml:Attribute>").toString();
    }

    /** The response, unsigned. */
    public Document draft() {
        var answered = inResponseTo == null ? "" : " InResponseTo=\"" + inResponseTo + '"';
        var confirmed = confirmationInResponseTo == null ? "" : " InResponseTo=\"" + confirmationInResponseTo + '"';
        return Dsig.parse(beforeSigning.apply("<samlp:Response xmlns:samlp=\"urn:oasis:names:tc:SAML:2.0:protocol\""
                + " xmlns:saml=\"urn:oasis:names:tc:SAML:2.0:assertion\" ID=\"" + responseId + "\" Version=\"2.0\""
                + " IssueInstant=\"" + issueInstant + "\" Destination=\"" + destination + '"' + answered + ">\n"
                + "  <saml:Issuer>" + responseIssuer + "</saml:Issuer>\n"
                + "  <samlp:Status><samlp:StatusCode Value=\"" + status + "\"/></samlp:Status>\n"
                + "  <saml:Assertion ID=\"" + assertionId + "\" Version=\"2.0\" IssueInstant=\"" + issueInstant
                + "\">\n"
                + "    <saml:Issuer>" + issuer + "</saml:Issuer>\n"
                + "    <saml:Subject><saml:NameID Format=\"" + nameIdFormat + "\">" + nameId + "</saml:NameID>\n"
                + "      <saml:SubjectConfirmation Method=\"urn:oasis:names:tc:SAML:2.0:cm:bearer\">"
                + "<saml:SubjectConfirmationData NotOnOrAfter=\"" + confirmedUntil + "\" Recipient=\"" + recipient + '"'
                + confirmed + "/></saml:SubjectConfirmation></saml:Subject>\n"
                + "    <saml:Conditions NotBefore=\"" + notBefore + "\" NotOnOrAfter=\"" + notOnOrAfter + "\">"
                + "<saml:AudienceRestriction><saml:Audience>" + audience + "</saml:Audience></saml:AudienceRestriction>"
                + extraConditions + "</saml:Conditions>\n"
                + "    <saml:AuthnStatement AuthnInstant=\"" + authnInstant + "\" SessionIndex=\"s-1\""
                + " SessionNotOnOrAfter=\"" + sessionNotOnOrAfter + "\"><saml:AuthnContext><saml:AuthnContextClassRef>"
                + contextClass + "</saml:AuthnContextClassRef></saml:AuthnContext></saml:AuthnStatement>\n"
                + "    <saml:AttributeStatement>" + attributes + "</saml:AttributeStatement>\n"
                + "  </saml:Assertion>\n</samlp:Response>"));
    }

    /** With the assertion signed. */
    public Document assertionSigned() {
        return assertionSigned(Dsig.honest());
    }

    public Document assertionSigned(Dsig how) {
        var document = draft();
        how.sign(assertion(document));
        return document;
    }

    /** With the response signed. */
    public Document responseSigned() {
        var document = draft();
        Dsig.honest().sign(document.getDocumentElement());
        return document;
    }

    /** With both signed. */
    public Document bothSigned() {
        var document = assertionSigned();
        Dsig.honest().sign(document.getDocumentElement());
        return document;
    }

    /** How an assertion is encrypted. */
    public record Encryption(String data, String transport, String digest, String mask) {
        public static final Encryption USUAL = new Encryption(XMLCipher.AES_256_GCM, XMLCipher.RSA_OAEP_11,
                "http://www.w3.org/2001/04/xmlenc#sha256", "http://www.w3.org/2009/xmlenc11#mgf1sha256");
        public static final Encryption CBC = new Encryption(XMLCipher.AES_256, XMLCipher.RSA_OAEP,
                "http://www.w3.org/2000/09/xmldsig#sha1", null);
        public static final Encryption TRIPLE_DES = new Encryption(XMLCipher.TRIPLEDES, XMLCipher.RSA_OAEP,
                "http://www.w3.org/2000/09/xmldsig#sha1", null);
        public static final Encryption PKCS1 = new Encryption(XMLCipher.AES_256_GCM, XMLCipher.RSA_v1dot5, null, null);
        public static final Encryption SHIBBOLETH = new Encryption(XMLCipher.AES_128_GCM, XMLCipher.RSA_OAEP,
                "http://www.w3.org/2000/09/xmldsig#sha1", null);
    }

    /** Replaces the assertion in {@code document} by its encryption for {@code recipient}. */
    public static Document encrypted(Document document, PublicKey recipient, Encryption how) {
        return encrypted(document, assertion(document), "saml:EncryptedAssertion", recipient, how);
    }

    /** Replaces the name in {@code document} by its encryption for {@code recipient}. */
    public static Document nameEncrypted(Document document, PublicKey recipient, Encryption how) {
        return nameEncrypted(document, Dsig.first(document, Dsig.SAML, "NameID"), recipient, how);
    }

    /** Replaces {@code content}, whatever it is, by its encryption as a name. */
    public static Document nameEncrypted(Document document, Element content, PublicKey recipient, Encryption how) {
        return encrypted(document, content, "saml:EncryptedID", recipient, how);
    }

    /** Replaces the last element of the response, whatever it is, by its encryption for {@code recipient}. */
    public static Document encryptedLast(Document document, PublicKey recipient, Encryption how) {
        var last = document.getDocumentElement().getLastChild();
        while (!(last instanceof Element)) {
            last = last.getPreviousSibling();
        }
        return encrypted(document, (Element) last, "saml:EncryptedAssertion", recipient, how);
    }

    private static Document encrypted(
            Document document, Element content, String name, PublicKey recipient, Encryption how) {
        try {
            org.apache.xml.security.Init.init();
            boolean tripleDes = how.data().contains("tripledes");
            var generator = KeyGenerator.getInstance(tripleDes ? "DESede" : "AES");
            generator.init(tripleDes ? 168 : how.data().contains("128") ? 128 : 256);
            var contentKey = generator.generateKey();
            var wrap = XMLCipher.getInstance(how.transport(), null, how.digest());
            wrap.init(XMLCipher.WRAP_MODE, recipient);
            var encryptedKey = wrap.encryptKey(document, contentKey, how.mask(), null, new SecureRandom());
            var cipher = XMLCipher.getInstance(how.data());
            cipher.init(XMLCipher.ENCRYPT_MODE, contentKey);
            var data = cipher.getEncryptedData();
            var keyInfo = new KeyInfo(document);
            keyInfo.add(encryptedKey);
            data.setKeyInfo(keyInfo);
            var holder = document.createElementNS(Dsig.SAML, name);
            content.getParentNode().replaceChild(holder, content);
            holder.appendChild(content);
            cipher.doFinal(document, content, false);
            return document;
        } catch (Exception failed) {
            throw new IllegalStateException(failed);
        }
    }

    public static Element assertion(Document document) {
        return Dsig.first(document, Dsig.SAML, "Assertion");
    }

    public static String base64(Document document) {
        return Base64.getEncoder().encodeToString(Dsig.text(document).getBytes(StandardCharsets.UTF_8));
    }
}
