package gatehouse.idp.samlwire;

import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A response that we give (saml-core §3.3.3; saml-profiles §4.1.4.2).
 *
 * @param id           its ID
 * @param issuer       our entityID
 * @param issueInstant when it is made
 * @param destination  the assertion consumer service it goes to
 * @param inResponseTo the request it answers
 * @param status       top-level status code
 * @param detail       second-level status code
 * @param assertion    what it asserts; empty if the status is not success
 */
public record IssuedResponse(
        String id,
        String issuer,
        Instant issueInstant,
        String destination,
        Optional<String> inResponseTo,
        StatusCode status,
        Optional<StatusCode> detail,
        Optional<IssuedAssertion> assertion) {

    /**
     * An assertion that somebody signed in.
     *
     * @param id                  its ID
     * @param nameId              who
     * @param nameIdFormat        in which format
     * @param audience            entityID of the service provider
     * @param notBefore           when it begins to hold
     * @param notOnOrAfter        when it stops to hold
     * @param authnInstant        when the person signed in
     * @param sessionIndex        names our session to the service provider
     * @param sessionNotOnOrAfter when our session ends at the latest
     * @param contextClass        how the person signed in
     * @param attributes          released attributes by name; nothing empty
     */
    public record IssuedAssertion(
            String id,
            String nameId,
            NameIdFormat nameIdFormat,
            String audience,
            Instant notBefore,
            Instant notOnOrAfter,
            Instant authnInstant,
            String sessionIndex,
            Instant sessionNotOnOrAfter,
            String contextClass,
            Map<String, List<String>> attributes) {}

    String signed(XmlSigner signer, PrivateKey key, X509Certificate certificate) {
        var xml = new XmlWriter().start(Namespace.SAMLP, "Response")
                .attribute("ID", id).attribute("Version", "2.0").attribute("IssueInstant", issueInstant.toString())
                .attribute("Destination", destination);
        inResponseTo.ifPresent(value -> xml.attribute("InResponseTo", value));
        xml.element(Namespace.SAML, "Issuer", issuer).signatureHere()
                .start(Namespace.SAMLP, "Status")
                .start(Namespace.SAMLP, "StatusCode").attribute("Value", status.urn());
        detail.ifPresent(code -> xml.start(Namespace.SAMLP, "StatusCode").attribute("Value", code.urn()).end());
        xml.end().end();
        assertion.ifPresent(said -> xml.embed(signer.sign(write(said).finish(), key, certificate)));
        return signer.sign(xml.end().finish(), key, certificate);
    }

    private XmlWriter write(IssuedAssertion said) {
        var xml = new XmlWriter().start(Namespace.SAML, "Assertion")
                .attribute("ID", said.id()).attribute("Version", "2.0")
                .attribute("IssueInstant", issueInstant.toString());
        xml.element(Namespace.SAML, "Issuer", issuer).signatureHere();
        writeSubject(xml, said);
        xml.start(Namespace.SAML, "Conditions").attribute("NotBefore", said.notBefore().toString())
                .attribute("NotOnOrAfter", said.notOnOrAfter().toString())
                .start(Namespace.SAML, "AudienceRestriction").element(Namespace.SAML, "Audience", said.audience())
                .end().end();
        xml.start(Namespace.SAML, "AuthnStatement").attribute("AuthnInstant", said.authnInstant().toString())
                .attribute("SessionIndex", said.sessionIndex())
                .attribute("SessionNotOnOrAfter", said.sessionNotOnOrAfter().toString())
                .start(Namespace.SAML, "AuthnContext")
                .element(Namespace.SAML, "AuthnContextClassRef", said.contextClass()).end().end();
        if (!said.attributes().isEmpty()) {
            xml.start(Namespace.SAML, "AttributeStatement");
            said.attributes().forEach((name, values) -> writeAttribute(xml, name, values));
            xml.end();
        }
        return xml.end();
    }

    private void writeSubject(XmlWriter xml, IssuedAssertion said) {
        xml.start(Namespace.SAML, "Subject").start(Namespace.SAML, "NameID")
                .attribute("Format", said.nameIdFormat().urn());
        if (said.nameIdFormat() == NameIdFormat.PERSISTENT) {
            xml.attribute("NameQualifier", issuer).attribute("SPNameQualifier", said.audience());
        }
        xml.text(said.nameId()).end()
                .start(Namespace.SAML, "SubjectConfirmation")
                .attribute("Method", "urn:oasis:names:tc:SAML:2.0:cm:bearer")
                .start(Namespace.SAML, "SubjectConfirmationData")
                .attribute("NotOnOrAfter", said.notOnOrAfter().toString()).attribute("Recipient", destination);
        inResponseTo.ifPresent(value -> xml.attribute("InResponseTo", value));
        xml.end().end().end();
    }

    private static void writeAttribute(XmlWriter xml, String name, List<String> values) {
        xml.start(Namespace.SAML, "Attribute").attribute("Name", name).attribute("NameFormat", name.indexOf(':') >= 0
                ? "urn:oasis:names:tc:SAML:2.0:attrname-format:uri"
                : "urn:oasis:names:tc:SAML:2.0:attrname-format:basic");
        values.forEach(value -> xml.element(Namespace.SAML, "AttributeValue", value));
        xml.end();
    }
}
