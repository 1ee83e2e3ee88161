package gatehouse.idp.samlwire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import gatehouse.idp.samlwire.FakeSamlIdp.Encryption;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;
import org.w3c.dom.Document;
import org.w3c.dom.Element;

/**
 * Every element of a document made into every other one, and every attribute into nonsense: what a provider has signed,
 * or an administrator has uploaded, is read or refused, and never a fault.
 */
class MutationTest {

    private static final String XSI = "http://www.w3.org/2001/XMLSchema-instance";
    private static final String MD = Namespace.MD.uri();

    private static final List<String> ASSERTION_NAMES = List.of("Assertion", "Issuer", "Subject", "NameID", "BaseID",
            "EncryptedID", "SubjectConfirmation", "SubjectConfirmationData", "Conditions", "Condition",
            "AudienceRestriction", "Audience", "OneTimeUse", "ProxyRestriction", "Advice", "AssertionIDRef",
                    "Statement",
            "AuthnStatement", "AuthnContext", "AuthnContextClassRef", "AuthnContextDecl", "SubjectLocality",
            "AttributeStatement", "Attribute", "EncryptedAttribute", "AttributeValue", "AuthzDecisionStatement",
            "Evidence", "EncryptedAssertion");
    private static final List<String> METADATA_NAMES = List.of("EntitiesDescriptor", "EntityDescriptor",
            "RoleDescriptor",
            "IDPSSODescriptor", "SPSSODescriptor", "AttributeAuthorityDescriptor", "AuthnAuthorityDescriptor",
            "PDPDescriptor", "AffiliationDescriptor", "KeyDescriptor", "EncryptionMethod", "Extensions",
            "SingleSignOnService", "SingleLogoutService", "ArtifactResolutionService", "NameIDFormat", "Organization",
            "OrganizationName", "ContactPerson", "AdditionalMetadataLocation", "AttributeConsumingService");
    private static final List<String> VALUES = List.of("", " ", "x", "-1", "99999999999999999999", "true", "maybe",
            "urn:x", "2026-11-20T12:00:00Z", "P1D", "-P1D", "P9999999999999D", "0", "\ufffd", "%zz", "http://", "#",
            "signing", "INF");

    private final SamlWire wire = new SamlWire(SamlCrypto.fastest(), () -> Instant.parse("2026-11-20T12:00:00Z"));

    /** Mutants of the document, one by one. */
    private static int mutate(Supplier<Document> original, String namespace, List<String> names,
            Consumer<Document> check) {
        var elements = elements(original.get()).size();
        int mutants = 0;
        for (int at = 0; at < elements; at++) {
            for (var mutation : mutations(elements(original.get()).get(at), namespace, names)) {
                var document = original.get();
                mutation.accept(elements(document).get(at));
                if (document.getDocumentElement() != null) {
                    check.accept(document);
                    mutants++;
                }
            }
        }
        return mutants;
    }

    private static List<Element> elements(Document document) {
        var found = new ArrayList<Element>();
        Dsig.eachElement(document.getDocumentElement(), found::add);
        return found;
    }

    private static List<Consumer<Element>> mutations(Element element, String namespace, List<String> names) {
        var mutations = new ArrayList<Consumer<Element>>(List.of(
                it -> it.getParentNode().removeChild(it),
                it -> {
                    if (it.getParentNode() instanceof Element parent) {
                        parent.insertBefore(it.cloneNode(true), it);
                    }
                },
                it -> it.setTextContent(""), it -> it.setTextContent("text"),
                it -> it.insertBefore(it.getOwnerDocument().createTextNode("text"), it.getFirstChild()),
                it -> it.appendChild(it.getOwnerDocument().createComment("comment")),
                it -> it.appendChild(it.getOwnerDocument().createElementNS("urn:x", "x:x")),
                it -> it.setAttributeNS(XSI, "xsi:nil", "true"),
                it -> it.setAttributeNS(XSI, "xsi:type", "nope:Type"), it -> it.setAttributeNS(XSI, "xsi:type", ":"),
                it -> it.setAttributeNS(XSI, "xsi:type", "")));
        for (var name : names) {
            mutations.add(it -> it.getOwnerDocument().renameNode(it, namespace, prefixed(namespace, name)));
            mutations.add(it -> it.appendChild(it.getOwnerDocument().createElementNS(namespace, prefixed(namespace,
                    name))));
            mutations.add(it -> it.setAttributeNS(XSI, "xsi:type", prefixed(namespace, name + "Type")));
        }
        for (var type : List.of("string", "integer", "boolean", "dateTime", "base64Binary", "anyURI", "QName",
                "anyType")) {
            mutations.add(it -> {
                it.setAttributeNS("http://www.w3.org/2000/xmlns/", "xmlns:xs", "http://www.w3.org/2001/XMLSchema");
                it.setAttributeNS(XSI, "xsi:type", "xs:" + type);
            });
        }
        for (int i = 0; i < element.getAttributes().getLength(); i++) {
            var name = element.getAttributes().item(i).getNodeName();
            if (!name.startsWith("xmlns")) {
                mutations.add(it -> it.removeAttribute(name));
                VALUES.forEach(value -> mutations.add(it -> it.setAttribute(name, value)));
            }
        }
        return mutations;
    }

    private static String prefixed(String namespace, String name) {
        return (namespace.equals(MD) ? "md:" : "saml:") + name;
    }

    private static void isReadOrRefused(Document document, Runnable reading) {
        assertThatCode(() -> {
            try {
                reading.run();
            } catch (SamlError refused) {
                assertThat(refused.description()).isNotBlank();
            }
        }).as(() -> Dsig.text(document)).doesNotThrowAnyException();
    }

    private static FakeSamlIdp idp() {
        var idp = new FakeSamlIdp("https://login.example/sp", "https://login.example/acs", "_r",
                Instant.parse("2026-11-20T12:00:00Z"));
        idp.responseId = "_response";
        idp.assertionId = "_assertion";
        idp.extraConditions = "<saml:OneTimeUse/><saml:ProxyRestriction Count=\"1\"/>";
        return idp;
    }

    @Test
    void signedAssertionIsReadOrRefused() {
        var reader = new XmlReader();
        var text = Dsig.text(FakeSamlIdp.assertion(idp().draft()));
        int mutants = mutate(() -> Dsig.parse(text), Namespace.SAML.uri(), ASSERTION_NAMES, document -> isReadOrRefused(
                document, () -> new VerifiedAssertion(
                        reader.read(Dsig.text(document).getBytes(StandardCharsets.UTF_8), XmlLimits.MESSAGE), false)));
        assertThat(mutants).isGreaterThan(2_000);
    }

    @Test
    void encryptedResponseIsReadOrRefused() {
        var policy = wire.policy(List.of(TestCredentials.IDP.certificate()));
        var keys = List.of(TestCredentials.US.keys().getPrivate());
        var text = Dsig.text(FakeSamlIdp.encrypted(idp().assertionSigned(), TestCredentials.US.keys().getPublic(),
                Encryption.USUAL));
        int mutants = mutate(() -> Dsig.parse(text), Namespace.SAML.uri(), List.of("Assertion", "EncryptedAssertion"),
                document -> isReadOrRefused(document, () -> wire.verifier().verify(PostBinding.Posted.alone(
                        Dsig.text(document).getBytes(StandardCharsets.UTF_8)), policy, keys)));
        assertThat(mutants).isGreaterThan(300);
    }

    @Test
    void uploadedMetadataIsReadOrRefused() {
        var text = MetadataWriter.identityProvider("https://idp.example", "https://idp.example/sso",
                "https://idp.example/slo", List.of(TestCredentials.IDP.certificate()));
        int mutants = mutate(() -> Dsig.parse(text), MD, METADATA_NAMES, document -> isReadOrRefused(document,
                () -> wire.metadata().read(Dsig.text(document).getBytes(StandardCharsets.UTF_8), Optional.empty())));
        assertThat(mutants).isGreaterThan(500);
    }

    @Test
    void requestIsReadOrRefused() {
        var text = "<samlp:AuthnRequest xmlns:samlp=\"urn:oasis:names:tc:SAML:2.0:protocol\""
                + " xmlns:saml=\"urn:oasis:names:tc:SAML:2.0:assertion\" ID=\"_r\" Version=\"2.0\""
                + " IssueInstant=\"2026-11-20T12:00:00Z\" Destination=\"https://x.example\" ForceAuthn=\"true\""
                + " IsPassive=\"false\" AssertionConsumerServiceIndex=\"1\" ProtocolBinding=\"urn:x\""
                + " AssertionConsumerServiceURL=\"https://x.example\"><saml:Issuer>https://x.example</saml:Issuer>"
                + "<saml:Subject><saml:NameID>x</saml:NameID></saml:Subject><samlp:NameIDPolicy AllowCreate=\"true\""
                + " Format=\"urn:x\"/><saml:Conditions/><samlp:RequestedAuthnContext Comparison=\"exact\">"
                + "<saml:AuthnContextClassRef>urn:x</saml:AuthnContextClassRef></samlp:RequestedAuthnContext>"
                + "<samlp:Scoping ProxyCount=\"1\"/></samlp:AuthnRequest>";
        int mutants = mutate(() -> Dsig.parse(text), Namespace.SAML.uri(), ASSERTION_NAMES, document -> isReadOrRefused(
                document, () -> wire.read(Dsig.text(document).getBytes(StandardCharsets.UTF_8))));
        assertThat(mutants).isGreaterThan(1_000);
    }
}
