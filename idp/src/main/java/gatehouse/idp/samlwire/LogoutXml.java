package gatehouse.idp.samlwire;

import gatehouse.idp.samlwire.LogoutRequest.Name;
import java.util.Optional;
import org.opensaml.saml.saml2.core.NameID;
import org.opensaml.saml.saml2.core.SessionIndex;
import org.opensaml.saml.saml2.core.Status;
import org.w3c.dom.Element;

/** {@link LogoutRequest} and {@link LogoutResponse} from and to XML, through OpenSAML's objects of the same names. */
final class LogoutXml {

    private static final int ID_LENGTH_MAX = 256;
    private static final int NAME_LENGTH_MAX = 1_024;

    private LogoutXml() {}

    /** @param root an element that may be anything */
    static LogoutRequest request(Element root) {
        requireMessage(root, "LogoutRequest");
        var request = OpenSaml.fromDom(org.opensaml.saml.saml2.core.LogoutRequest.class, root);
        if (request.getSessionIndexes().size() > LogoutRequest.SESSION_INDEXES_MAX) {
            throw new SamlError(SamlReason.XML_LIMIT);
        }
        return new LogoutRequest(
                id(root),
                Dom.only(request.getIssuer()).map(Dom::text).filter(text -> !text.isEmpty())
                        .orElseThrow(LogoutXml::malformed),
                Dom.instant(root, "IssueInstant").orElseThrow(LogoutXml::malformed),
                Dom.attribute(root, "Destination"),
                Dom.instant(root, "NotOnOrAfter"),
                Dom.only(request.getNameID()).map(LogoutXml::name).orElseThrow(LogoutXml::malformed),
                request.getSessionIndexes().stream().map(Dom::text).map(LogoutXml::index).toList());
    }

    private static Name name(NameID name) {
        var value = Dom.text(name);
        if (value.isEmpty() || value.length() > NAME_LENGTH_MAX) {
            throw malformed();
        }
        return new Name(value, Optional.ofNullable(name.getFormat()), Optional.ofNullable(name.getNameQualifier()),
                Optional.ofNullable(name.getSPNameQualifier()));
    }

    /** An empty index names no session; left out, it would name all. */
    private static String index(String text) {
        if (text.isEmpty() || text.length() > ID_LENGTH_MAX) {
            throw malformed();
        }
        return text;
    }

    /** @param root an element that may be anything */
    static LogoutResponse response(Element root) {
        requireMessage(root, "LogoutResponse");
        var response = OpenSaml.fromDom(org.opensaml.saml.saml2.core.LogoutResponse.class, root);
        var code = Dom.child(root, Namespace.SAMLP, "Status")
                .flatMap(status -> Dom.child(status, Namespace.SAMLP, "StatusCode"))
                .orElseThrow(LogoutXml::malformed);
        return new LogoutResponse(
                id(root),
                Dom.only(response.getIssuer()).map(Dom::text).filter(text -> !text.isEmpty())
                        .orElseThrow(LogoutXml::malformed),
                Dom.instant(root, "IssueInstant").orElseThrow(LogoutXml::malformed),
                Dom.attribute(root, "Destination"),
                Dom.attribute(root, "InResponseTo"),
                Dom.require(code, "Value"),
                Dom.child(code, Namespace.SAMLP, "StatusCode").map(second -> Dom.require(second, "Value")));
    }

    private static void requireMessage(Element root, String name) {
        if (!Dom.is(root, Namespace.SAMLP, name)) {
            throw new SamlError(SamlReason.UNEXPECTED_MESSAGE);
        }
        if (!Dom.require(root, "Version").equals("2.0")) {
            throw new SamlError(SamlReason.VERSION_UNSUPPORTED);
        }
    }

    private static String id(Element root) {
        var id = Dom.require(root, "ID");
        if (id.length() > ID_LENGTH_MAX) {
            throw malformed();
        }
        return id;
    }

    private static SamlError malformed() {
        return new SamlError(SamlReason.MALFORMED_MESSAGE);
    }

    /** The request as XML, with a place for a signature. */
    static CanonicalXml write(LogoutRequest request) {
        var xml = OpenSaml.make(org.opensaml.saml.saml2.core.LogoutRequest.class,
                org.opensaml.saml.saml2.core.LogoutRequest.DEFAULT_ELEMENT_NAME);
        xml.setID(request.id());
        xml.setIssueInstant(request.issueInstant());
        request.destination().ifPresent(xml::setDestination);
        request.notOnOrAfter().ifPresent(xml::setNotOnOrAfter);
        xml.setIssuer(AuthnRequestXml.issuer(request.issuer()));
        var name = OpenSaml.make(NameID.class, NameID.DEFAULT_ELEMENT_NAME);
        name.setValue(request.name().value());
        request.name().format().ifPresent(name::setFormat);
        request.name().qualifier().ifPresent(name::setNameQualifier);
        request.name().spQualifier().ifPresent(name::setSPNameQualifier);
        xml.setNameID(name);
        for (var text : request.sessionIndexes()) {
            var index = OpenSaml.make(SessionIndex.class, SessionIndex.DEFAULT_ELEMENT_NAME);
            index.setValue(text);
            xml.getSessionIndexes().add(index);
        }
        return CanonicalXml.of(xml);
    }

    /** The response as XML, with a place for a signature. */
    static CanonicalXml write(LogoutResponse response) {
        var xml = OpenSaml.make(org.opensaml.saml.saml2.core.LogoutResponse.class,
                org.opensaml.saml.saml2.core.LogoutResponse.DEFAULT_ELEMENT_NAME);
        xml.setID(response.id());
        xml.setIssueInstant(response.issueInstant());
        response.destination().ifPresent(xml::setDestination);
        response.inResponseTo().ifPresent(xml::setInResponseTo);
        xml.setIssuer(AuthnRequestXml.issuer(response.issuer()));
        var code = code(response.status());
        response.detail().ifPresent(detail -> code.setStatusCode(code(detail)));
        var status = OpenSaml.make(Status.class, Status.DEFAULT_ELEMENT_NAME);
        status.setStatusCode(code);
        xml.setStatus(status);
        return CanonicalXml.of(xml);
    }

    private static org.opensaml.saml.saml2.core.StatusCode code(String urn) {
        var code = OpenSaml.make(org.opensaml.saml.saml2.core.StatusCode.class,
                org.opensaml.saml.saml2.core.StatusCode.DEFAULT_ELEMENT_NAME);
        code.setValue(urn);
        return code;
    }
}
