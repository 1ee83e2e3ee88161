package gatehouse.loadtests.upstream;

import java.io.ByteArrayOutputStream;
import java.io.StringReader;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.Base64;
import java.util.List;
import java.util.UUID;
import javax.xml.crypto.MarshalException;
import javax.xml.crypto.dsig.CanonicalizationMethod;
import javax.xml.crypto.dsig.DigestMethod;
import javax.xml.crypto.dsig.Transform;
import javax.xml.crypto.dsig.XMLSignatureException;
import javax.xml.crypto.dsig.XMLSignatureFactory;
import javax.xml.crypto.dsig.dom.DOMSignContext;
import javax.xml.crypto.dsig.spec.C14NMethodParameterSpec;
import javax.xml.crypto.dsig.spec.TransformParameterSpec;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.transform.OutputKeys;
import javax.xml.transform.TransformerFactory;
import javax.xml.transform.dom.DOMSource;
import javax.xml.transform.stream.StreamResult;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.xml.sax.InputSource;

/** Makes SAML responses with one signed assertion (saml-profiles §4.1.4.2). */
final class SamlAnswers {

    private static final String SAML = "urn:oasis:names:tc:SAML:2.0:assertion";
    private static final String RSA_SHA256 = "http://www.w3.org/2001/04/xmldsig-more#rsa-sha256";
    private static final Duration VALID = Duration.ofMinutes(5);
    /** A property of the JDK's XML signatures: the provider that makes the signature value. */
    private static final String SIGNATURE_PROVIDER = "org.jcp.xml.dsig.internal.dom.SignatureProvider";

    private static final String TEMPLATE = """
        <samlp:Response xmlns:samlp="urn:oasis:names:tc:SAML:2.0:protocol" xmlns:saml="urn:oasis:names:tc:SAML:2.0:\
        assertion" ID="%1$s" Version="2.0" IssueInstant="%3$s" Destination="%4$s" InResponseTo="%5$s"><saml:Issuer>\
        %6$s</saml:Issuer><samlp:Status><samlp:StatusCode Value="urn:oasis:names:tc:SAML:2.0:status:Success"/>\
        </samlp:Status><saml:Assertion ID="%2$s" Version="2.0" IssueInstant="%3$s"><saml:Issuer>%6$s</saml:Issuer>\
        <saml:Subject><saml:NameID Format="urn:oasis:names:tc:SAML:2.0:nameid-format:persistent">%7$s</saml:NameID>\
        <saml:SubjectConfirmation Method="urn:oasis:names:tc:SAML:2.0:cm:bearer"><saml:SubjectConfirmationData \
        InResponseTo="%5$s" NotOnOrAfter="%8$s" Recipient="%4$s"/></saml:SubjectConfirmation></saml:Subject>\
        <saml:Conditions NotBefore="%9$s" NotOnOrAfter="%8$s"><saml:AudienceRestriction><saml:Audience>%10$s\
        </saml:Audience></saml:AudienceRestriction></saml:Conditions><saml:AuthnStatement AuthnInstant="%3$s" \
        SessionIndex="%2$s"><saml:AuthnContext><saml:AuthnContextClassRef>urn:oasis:names:tc:SAML:2.0:ac:classes:\
        PasswordProtectedTransport</saml:AuthnContextClassRef></saml:AuthnContext></saml:AuthnStatement>\
        <saml:AttributeStatement>%11$s</saml:AttributeStatement></saml:Assertion></samlp:Response>""";

    private static final String ATTRIBUTE = """
        <saml:Attribute Name="%s" NameFormat="urn:oasis:names:tc:SAML:2.0:attrname-format:basic">\
        <saml:AttributeValue>%s</saml:AttributeValue></saml:Attribute>""";

    private final String entityId;
    private final UpstreamKeys keys;
    private final InstantSource clock;

    SamlAnswers(String entityId, UpstreamKeys keys, InstantSource clock) {
        this.entityId = entityId;
        this.keys = keys;
        this.clock = clock;
    }

    /** The value of the {@code SAMLResponse} field (saml-bindings §3.5.4). */
    String answer(AuthnRequest request, Person person) {
        var now = clock.instant().truncatedTo(ChronoUnit.MILLIS);
        var attributes = ATTRIBUTE.formatted("email", escape(person.email()))
            + ATTRIBUTE.formatted("firstName", escape(person.givenName()))
            + ATTRIBUTE.formatted("lastName", escape(person.familyName()));
        var xml = TEMPLATE.formatted(newId(), newId(), now, escape(request.assertionConsumerService()),
            escape(request.id()), escape(entityId), escape(person.subject()), now.plus(VALID), before(now),
            escape(request.issuer()), attributes);
        try {
            var document = parse(xml);
            sign(document);
            return Base64.getEncoder().encodeToString(serialize(document));
        } catch (Exception failure) {
            throw new IllegalStateException("cannot make a SAML response", failure);
        }
    }

    private void sign(Document document) throws GeneralSecurityException, MarshalException, XMLSignatureException {
        var assertion = (Element) document.getElementsByTagNameNS(SAML, "Assertion").item(0);
        assertion.setIdAttribute("ID", true);
        var issuer = assertion.getElementsByTagNameNS(SAML, "Issuer").item(0);
        var factory = XMLSignatureFactory.getInstance("DOM");
        var reference = factory.newReference("#" + assertion.getAttribute("ID"),
            factory.newDigestMethod(DigestMethod.SHA256, null),
            List.of(factory.newTransform(Transform.ENVELOPED, (TransformParameterSpec) null),
                factory.newTransform(CanonicalizationMethod.EXCLUSIVE, (TransformParameterSpec) null)), null, null);
        var signedInfo = factory.newSignedInfo(
            factory.newCanonicalizationMethod(CanonicalizationMethod.EXCLUSIVE, (C14NMethodParameterSpec) null),
            factory.newSignatureMethod(RSA_SHA256, null), List.of(reference));
        var signing = new DOMSignContext(keys.pair().getPrivate(), assertion, issuer.getNextSibling());
        signing.setDefaultNamespacePrefix("ds");
        keys.fast().ifPresent(provider -> signing.setProperty(SIGNATURE_PROVIDER, provider));
        factory.newXMLSignature(signedInfo, null).sign(signing);
    }

    private static Document parse(String xml) throws Exception {
        var factory = DocumentBuilderFactory.newDefaultInstance();
        factory.setNamespaceAware(true);
        return factory.newDocumentBuilder().parse(new InputSource(new StringReader(xml)));
    }

    private static byte[] serialize(Document document) throws Exception {
        var transformer = TransformerFactory.newDefaultInstance().newTransformer();
        transformer.setOutputProperty(OutputKeys.OMIT_XML_DECLARATION, "yes");
        var bytes = new ByteArrayOutputStream();
        transformer.transform(new DOMSource(document), new StreamResult(bytes));
        return bytes.toByteArray();
    }

    private static Instant before(Instant now) {
        return now.minusSeconds(30);
    }

    private static String newId() {
        return "_" + UUID.randomUUID();
    }

    static String escape(String text) {
        return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;").replace("\"", "&quot;");
    }
}
