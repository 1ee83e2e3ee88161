package gatehouse.idp.samlwire;

import gatehouse.idp.samlwire.XmlWriter.CanonicalXml;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.w3c.dom.Element;

/**
 * A request to sign somebody in (saml-core §3.4.1), as it is sent and as it is received.
 *
 * @param id              answered by {@code InResponseTo}
 * @param issuer          entityID of the service provider
 * @param issueInstant    when it was made
 * @param destination     where it was sent
 * @param acsUrl          where the answer is wanted
 * @param acsIndex        the same, as an index into the service provider's metadata
 * @param protocolBinding URN of the binding that the answer is wanted by
 * @param forceAuthn      whether the person must be asked again
 * @param passive         whether the person must not be asked anything
 * @param nameIdFormat    URN of the wanted NameID format
 * @param nameIdCreatable whether an identifier may be made for a person who has none yet ({@code AllowCreate})
 * @param context         the wanted ways of signing in
 * @param subject         the NameID of who is probably signing in
 */
public record AuthnRequest(
        String id,
        String issuer,
        Instant issueInstant,
        Optional<String> destination,
        Optional<String> acsUrl,
        Optional<Integer> acsIndex,
        Optional<String> protocolBinding,
        boolean forceAuthn,
        boolean passive,
        Optional<String> nameIdFormat,
        boolean nameIdCreatable,
        RequestedContexts context,
        Optional<String> subject) {

    /**
     * The wanted ways of signing in (saml-core §3.3.2.2.1).
     *
     * @param comparison {@code exact}, {@code minimum}, {@code better} or {@code maximum}
     * @param classes    URIs, best first; empty: any will do
     */
    public record RequestedContexts(String comparison, List<String> classes) {

        /** Any way will do. */
        public static final RequestedContexts ANY = new RequestedContexts("exact", List.of());

        public RequestedContexts {
            classes = List.copyOf(classes);
        }
    }

    /** Reads a request. @param root an element that may be anything */
    static AuthnRequest read(Element root) {
        if (!Dom.is(root, Namespace.SAMLP, "AuthnRequest")) {
            throw new SamlError(SamlReason.UNEXPECTED_MESSAGE);
        }
        if (!Dom.require(root, "Version").equals("2.0")) {
            throw new SamlError(SamlReason.VERSION_UNSUPPORTED);
        }
        var policy = Dom.child(root, Namespace.SAMLP, "NameIDPolicy");
        return new AuthnRequest(
                Dom.require(root, "ID"),
                Dom.child(root, Namespace.SAML, "Issuer").map(Dom::text).filter(text -> !text.isEmpty())
                        .orElseThrow(AuthnRequest::malformed),
                Dom.instant(root, "IssueInstant").orElseThrow(AuthnRequest::malformed),
                Dom.attribute(root, "Destination").filter(text -> !text.isEmpty()),
                Dom.attribute(root, "AssertionConsumerServiceURL"),
                Dom.attribute(root, "AssertionConsumerServiceIndex").map(AuthnRequest::index),
                Dom.attribute(root, "ProtocolBinding"),
                Dom.flag(root, "ForceAuthn"),
                Dom.flag(root, "IsPassive"),
                policy.flatMap(element -> Dom.attribute(element, "Format")),
                policy.filter(element -> Dom.flag(element, "AllowCreate")).isPresent(),
                Dom.child(root, Namespace.SAMLP, "RequestedAuthnContext").map(AuthnRequest::context)
                        .orElse(RequestedContexts.ANY),
                Dom.child(root, Namespace.SAML, "Subject")
                        .flatMap(element -> Dom.child(element, Namespace.SAML, "NameID")).map(Dom::text)
                        .filter(text -> !text.isEmpty()));
    }

    private static SamlError malformed() {
        return new SamlError(SamlReason.MALFORMED_MESSAGE);
    }

    private static int index(String text) {
        try {
            return Integer.parseUnsignedInt(text.strip());
        } catch (NumberFormatException malformed) {
            throw malformed();
        }
    }

    private static RequestedContexts context(Element element) {
        var classes = Dom.children(element, Namespace.SAML, "AuthnContextClassRef").stream().map(Dom::text).toList();
        var comparison = Dom.attribute(element, "Comparison").orElse("exact");
        if (!List.of("exact", "minimum", "better", "maximum").contains(comparison) || classes.size() > 32) {
            throw malformed();
        }
        return new RequestedContexts(comparison, classes);
    }

    /** The request as XML, with a place for a signature. */
    CanonicalXml write() {
        var xml = new XmlWriter().start(Namespace.SAMLP, "AuthnRequest")
                .attribute("ID", id).attribute("Version", "2.0").attribute("IssueInstant", issueInstant.toString());
        destination.ifPresent(value -> xml.attribute("Destination", value));
        acsUrl.ifPresent(value -> xml.attribute("AssertionConsumerServiceURL", value));
        acsIndex.ifPresent(value -> xml.attribute("AssertionConsumerServiceIndex", value.toString()));
        protocolBinding.ifPresent(value -> xml.attribute("ProtocolBinding", value));
        if (forceAuthn) {
            xml.attribute("ForceAuthn", "true");
        }
        if (passive) {
            xml.attribute("IsPassive", "true");
        }
        xml.element(Namespace.SAML, "Issuer", issuer).signatureHere();
        subject.ifPresent(value -> xml.start(Namespace.SAML, "Subject").element(Namespace.SAML, "NameID", value).end());
        xml.start(Namespace.SAMLP, "NameIDPolicy").attribute("AllowCreate", Boolean.toString(nameIdCreatable));
        nameIdFormat.ifPresent(value -> xml.attribute("Format", value));
        xml.end();
        if (!context.classes().isEmpty()) {
            xml.start(Namespace.SAMLP, "RequestedAuthnContext").attribute("Comparison", context.comparison());
            context.classes().forEach(value -> xml.element(Namespace.SAML, "AuthnContextClassRef", value));
            xml.end();
        }
        return xml.end().finish();
    }
}
