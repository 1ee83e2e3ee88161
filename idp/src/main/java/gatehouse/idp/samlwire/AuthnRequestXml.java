package gatehouse.idp.samlwire;

import gatehouse.idp.samlwire.AuthnRequest.RequestedContexts;
import java.util.Optional;
import org.opensaml.saml.saml2.core.AuthnContextClassRef;
import org.opensaml.saml.saml2.core.AuthnContextComparisonTypeEnumeration;
import org.opensaml.saml.saml2.core.Issuer;
import org.opensaml.saml.saml2.core.NameID;
import org.opensaml.saml.saml2.core.NameIDPolicy;
import org.opensaml.saml.saml2.core.RequestedAuthnContext;
import org.opensaml.saml.saml2.core.Subject;
import org.w3c.dom.Element;

/** {@link AuthnRequest} from and to XML (saml-core §3.4.1), through OpenSAML's object of the same name. */
final class AuthnRequestXml {

    private static final int CONTEXTS_MAX = 32;

    private AuthnRequestXml() {}

    /** Reads a request. @param root an element that may be anything */
    static AuthnRequest read(Element root) {
        if (!Dom.is(root, Namespace.SAMLP, "AuthnRequest")) {
            throw new SamlError(SamlReason.UNEXPECTED_MESSAGE);
        }
        if (!Dom.require(root, "Version").equals("2.0")) {
            throw new SamlError(SamlReason.VERSION_UNSUPPORTED);
        }
        var request = OpenSaml.fromDom(org.opensaml.saml.saml2.core.AuthnRequest.class, root);
        var policy = Dom.only(request.getNameIDPolicy());
        return new AuthnRequest(
                Optional.ofNullable(request.getID()).orElseThrow(AuthnRequestXml::malformed),
                Dom.only(request.getIssuer()).map(Dom::text).filter(text -> !text.isEmpty())
                        .orElseThrow(AuthnRequestXml::malformed),
                Dom.instant(root, "IssueInstant").orElseThrow(AuthnRequestXml::malformed),
                Optional.ofNullable(request.getDestination()),
                Dom.attribute(root, "AssertionConsumerServiceURL"), // an empty one is another one, not none
                Optional.ofNullable(request.getAssertionConsumerServiceIndex()).map(AuthnRequestXml::index),
                Optional.ofNullable(request.getProtocolBinding()),
                Boolean.TRUE.equals(request.isForceAuthn()),
                Boolean.TRUE.equals(request.isPassive()),
                policy.map(NameIDPolicy::getFormat),
                policy.filter(wanted -> Boolean.TRUE.equals(wanted.getAllowCreate())).isPresent(),
                Dom.only(request.getRequestedAuthnContext()).map(AuthnRequestXml::contexts)
                        .orElse(RequestedContexts.ANY),
                Dom.only(request.getSubject()).flatMap(subject -> Dom.only(subject.getNameID())).map(Dom::text)
                        .filter(text -> !text.isEmpty()));
    }

    private static SamlError malformed() {
        return new SamlError(SamlReason.MALFORMED_MESSAGE);
    }

    private static int index(int index) {
        if (index < 0) {
            throw malformed();
        }
        return index;
    }

    private static RequestedContexts contexts(RequestedAuthnContext wanted) {
        var classes = wanted.getAuthnContextClassRefs();
        if (classes.size() > CONTEXTS_MAX) {
            throw malformed();
        }
        return new RequestedContexts(
                Optional.ofNullable(wanted.getComparison()).map(Object::toString).orElse("exact"),
                classes.stream().map(Dom::text).toList());
    }

    /** The request as XML, with a place for a signature. */
    static CanonicalXml write(AuthnRequest request) {
        var xml = OpenSaml.make(org.opensaml.saml.saml2.core.AuthnRequest.class,
                org.opensaml.saml.saml2.core.AuthnRequest.DEFAULT_ELEMENT_NAME);
        xml.setID(request.id());
        xml.setIssueInstant(request.issueInstant());
        request.destination().ifPresent(xml::setDestination);
        request.acsUrl().ifPresent(xml::setAssertionConsumerServiceURL);
        request.acsIndex().ifPresent(xml::setAssertionConsumerServiceIndex);
        request.protocolBinding().ifPresent(xml::setProtocolBinding);
        if (request.forceAuthn()) {
            xml.setForceAuthn(true);
        }
        if (request.passive()) {
            xml.setIsPassive(true);
        }
        xml.setIssuer(issuer(request.issuer()));
        request.subject().ifPresent(name -> xml.setSubject(subject(name)));
        var policy = OpenSaml.make(NameIDPolicy.class, NameIDPolicy.DEFAULT_ELEMENT_NAME);
        policy.setAllowCreate(request.nameIdCreatable());
        request.nameIdFormat().ifPresent(policy::setFormat);
        xml.setNameIDPolicy(policy);
        if (!request.context().classes().isEmpty()) {
            xml.setRequestedAuthnContext(contexts(request.context()));
        }
        return CanonicalXml.of(xml);
    }

    /** The element that says who sends a message. */
    static Issuer issuer(String entityId) {
        var issuer = OpenSaml.make(Issuer.class, Issuer.DEFAULT_ELEMENT_NAME);
        issuer.setValue(entityId);
        return issuer;
    }

    private static Subject subject(String name) {
        var nameId = OpenSaml.make(NameID.class, NameID.DEFAULT_ELEMENT_NAME);
        nameId.setValue(name);
        var subject = OpenSaml.make(Subject.class, Subject.DEFAULT_ELEMENT_NAME);
        subject.setNameID(nameId);
        return subject;
    }

    private static RequestedAuthnContext contexts(RequestedContexts wanted) {
        var contexts = OpenSaml.make(RequestedAuthnContext.class, RequestedAuthnContext.DEFAULT_ELEMENT_NAME);
        contexts.setComparison(switch (wanted.comparison()) {
            case "minimum" -> AuthnContextComparisonTypeEnumeration.MINIMUM;
            case "better" -> AuthnContextComparisonTypeEnumeration.BETTER;
            case "maximum" -> AuthnContextComparisonTypeEnumeration.MAXIMUM;
            default -> AuthnContextComparisonTypeEnumeration.EXACT;
        });
        for (var uri : wanted.classes()) {
            var reference = OpenSaml.make(AuthnContextClassRef.class, AuthnContextClassRef.DEFAULT_ELEMENT_NAME);
            reference.setURI(uri);
            contexts.getAuthnContextClassRefs().add(reference);
        }
        return contexts;
    }
}
