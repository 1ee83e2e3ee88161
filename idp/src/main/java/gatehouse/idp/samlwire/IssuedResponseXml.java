package gatehouse.idp.samlwire;

import gatehouse.idp.samlwire.IssuedResponse.IssuedAssertion;
import gatehouse.idp.samlwire.IssuedResponse.IssuedAttribute;
import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import org.opensaml.saml.saml2.core.Assertion;
import org.opensaml.saml.saml2.core.Attribute;
import org.opensaml.saml.saml2.core.AttributeStatement;
import org.opensaml.saml.saml2.core.AttributeValue;
import org.opensaml.saml.saml2.core.Audience;
import org.opensaml.saml.saml2.core.AudienceRestriction;
import org.opensaml.saml.saml2.core.AuthnContext;
import org.opensaml.saml.saml2.core.AuthnContextClassRef;
import org.opensaml.saml.saml2.core.AuthnStatement;
import org.opensaml.saml.saml2.core.Conditions;
import org.opensaml.saml.saml2.core.NameID;
import org.opensaml.saml.saml2.core.Response;
import org.opensaml.saml.saml2.core.Status;
import org.opensaml.saml.saml2.core.Subject;
import org.opensaml.saml.saml2.core.SubjectConfirmation;
import org.opensaml.saml.saml2.core.SubjectConfirmationData;

/** {@link IssuedResponse} as XML, made of OpenSAML's objects. */
final class IssuedResponseXml {

    private final IssuedResponse response;

    private IssuedResponseXml(IssuedResponse response) {
        this.response = response;
    }

    /** {@code response} with its assertion, if there is one, protected as it asks. */
    static String signed(IssuedResponse response, XmlSigner signer, AssertionEncrypter encrypter, PrivateKey key,
            X509Certificate certificate) {
        var made = new IssuedResponseXml(response);
        var protection = response.protection();
        var envelope = CanonicalXml.of(made.envelope());
        var whole = response.assertion()
                .map(said -> CanonicalXml.of(made.assertion(said)))
                .map(said -> protection.assertion() ? signer.sign(said, key, certificate) : said.text())
                .map(said -> protection.encryption().map(choice -> encrypter.encrypt(said, choice)).orElse(said))
                .map(envelope::with).orElse(envelope);
        // Without a signature anywhere nothing is said: there is always one.
        return protection.response() || response.assertion().isEmpty() || !protection.assertion()
                ? signer.sign(whole, key, certificate) : whole.text();
    }

    private Response envelope() {
        var envelope = OpenSaml.make(Response.class, Response.DEFAULT_ELEMENT_NAME);
        envelope.setID(response.id());
        envelope.setIssueInstant(response.issueInstant());
        envelope.setDestination(response.destination());
        response.inResponseTo().ifPresent(envelope::setInResponseTo);
        envelope.setIssuer(AuthnRequestXml.issuer(response.issuer()));
        var code = code(response.status());
        response.detail().ifPresent(detail -> code.setStatusCode(code(detail)));
        var status = OpenSaml.make(Status.class, Status.DEFAULT_ELEMENT_NAME);
        status.setStatusCode(code);
        envelope.setStatus(status);
        return envelope;
    }

    private static org.opensaml.saml.saml2.core.StatusCode code(StatusCode value) {
        var code = OpenSaml.make(org.opensaml.saml.saml2.core.StatusCode.class,
                org.opensaml.saml.saml2.core.StatusCode.DEFAULT_ELEMENT_NAME);
        code.setValue(value.urn());
        return code;
    }

    private Assertion assertion(IssuedAssertion said) {
        var assertion = OpenSaml.make(Assertion.class, Assertion.DEFAULT_ELEMENT_NAME);
        assertion.setID(said.id());
        assertion.setIssueInstant(response.issueInstant());
        assertion.setIssuer(AuthnRequestXml.issuer(response.issuer()));
        assertion.setSubject(subject(said));
        assertion.setConditions(conditions(said));
        assertion.getAuthnStatements().add(authnStatement(said));
        if (!said.attributes().isEmpty()) {
            var statement = OpenSaml.make(AttributeStatement.class, AttributeStatement.DEFAULT_ELEMENT_NAME);
            said.attributes().forEach(released -> statement.getAttributes().add(attribute(released)));
            assertion.getAttributeStatements().add(statement);
        }
        return assertion;
    }

    private Subject subject(IssuedAssertion said) {
        var name = OpenSaml.make(NameID.class, NameID.DEFAULT_ELEMENT_NAME);
        name.setFormat(said.nameIdFormat().urn());
        name.setValue(said.nameId());
        if (said.nameIdFormat() == NameIdFormat.PERSISTENT) {
            name.setNameQualifier(response.issuer());
            name.setSPNameQualifier(said.audience());
        }
        var data = OpenSaml.make(SubjectConfirmationData.class, SubjectConfirmationData.DEFAULT_ELEMENT_NAME);
        data.setNotOnOrAfter(said.notOnOrAfter());
        data.setRecipient(response.destination());
        response.inResponseTo().ifPresent(data::setInResponseTo);
        var confirmation = OpenSaml.make(SubjectConfirmation.class, SubjectConfirmation.DEFAULT_ELEMENT_NAME);
        confirmation.setMethod(SubjectConfirmation.METHOD_BEARER);
        confirmation.setSubjectConfirmationData(data);
        var subject = OpenSaml.make(Subject.class, Subject.DEFAULT_ELEMENT_NAME);
        subject.setNameID(name);
        subject.getSubjectConfirmations().add(confirmation);
        return subject;
    }

    private static Conditions conditions(IssuedAssertion said) {
        var audience = OpenSaml.make(Audience.class, Audience.DEFAULT_ELEMENT_NAME);
        audience.setURI(said.audience());
        var restriction = OpenSaml.make(AudienceRestriction.class, AudienceRestriction.DEFAULT_ELEMENT_NAME);
        restriction.getAudiences().add(audience);
        var conditions = OpenSaml.make(Conditions.class, Conditions.DEFAULT_ELEMENT_NAME);
        conditions.setNotBefore(said.notBefore());
        conditions.setNotOnOrAfter(said.notOnOrAfter());
        conditions.getAudienceRestrictions().add(restriction);
        return conditions;
    }

    private static AuthnStatement authnStatement(IssuedAssertion said) {
        var reference = OpenSaml.make(AuthnContextClassRef.class, AuthnContextClassRef.DEFAULT_ELEMENT_NAME);
        reference.setURI(said.contextClass());
        var context = OpenSaml.make(AuthnContext.class, AuthnContext.DEFAULT_ELEMENT_NAME);
        context.setAuthnContextClassRef(reference);
        var statement = OpenSaml.make(AuthnStatement.class, AuthnStatement.DEFAULT_ELEMENT_NAME);
        statement.setAuthnInstant(said.authnInstant());
        statement.setSessionIndex(said.sessionIndex());
        statement.setSessionNotOnOrAfter(said.sessionNotOnOrAfter());
        statement.setAuthnContext(context);
        return statement;
    }

    private static Attribute attribute(IssuedAttribute released) {
        var attribute = OpenSaml.make(Attribute.class, Attribute.DEFAULT_ELEMENT_NAME);
        attribute.setName(released.name());
        attribute.setNameFormat(released.nameFormat());
        for (var text : released.values()) {
            // Without xsi:type: its prefix would stand in a value, where exclusive canonical form drops it.
            var value = OpenSaml.make(AttributeValue.class, AttributeValue.DEFAULT_ELEMENT_NAME);
            value.setTextContent(text);
            attribute.getAttributeValues().add(value);
        }
        return attribute;
    }
}
