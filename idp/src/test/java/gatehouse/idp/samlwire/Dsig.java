package gatehouse.idp.samlwire;

import java.io.ByteArrayInputStream;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.security.Key;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.List;
import javax.xml.crypto.dsig.CanonicalizationMethod;
import javax.xml.crypto.dsig.DigestMethod;
import javax.xml.crypto.dsig.Transform;
import javax.xml.crypto.dsig.XMLSignatureFactory;
import javax.xml.crypto.dsig.dom.DOMSignContext;
import javax.xml.crypto.dsig.keyinfo.KeyInfo;
import javax.xml.crypto.dsig.spec.C14NMethodParameterSpec;
import javax.xml.crypto.dsig.spec.ExcC14NParameterSpec;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.transform.OutputKeys;
import javax.xml.transform.TransformerFactory;
import javax.xml.transform.dom.DOMSource;
import javax.xml.transform.stream.StreamResult;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.Node;

/** XML signatures by the Java platform, which is not what the server signs or verifies with; honest ones and others. */
public final class Dsig {

    public static final String SAML = Namespace.SAML.uri();
    public static final String SAMLP = Namespace.SAMLP.uri();
    public static final String DS = Namespace.DS.uri();

    private static final XMLSignatureFactory XML = XMLSignatureFactory.getInstance("DOM");
    private static final DocumentBuilderFactory DOCUMENTS = DocumentBuilderFactory.newDefaultNSInstance();
    private static final TransformerFactory TRANSFORMERS = TransformerFactory.newDefaultInstance();

    private String signatureMethod = SignatureAlgorithm.RSA_SHA256.uri();
    private String digestMethod = DigestMethod.SHA256;
    private String canonicalization = CanonicalizationMethod.EXCLUSIVE;
    private List<String> transforms = List.of(Transform.ENVELOPED, CanonicalizationMethod.EXCLUSIVE);
    private String inclusive = "";
    private final List<String> references = new ArrayList<>();
    private Key key = TestCredentials.IDP.keys().getPrivate();
    private X509Certificate certificate = TestCredentials.IDP.certificate();

    public static Dsig honest() {
        return new Dsig();
    }

    public Dsig with(TestCredentials credentials) {
        key = credentials.keys().getPrivate();
        certificate = credentials.certificate();
        if (credentials.keys().getPrivate().getAlgorithm().equals("EC")) {
            signatureMethod = SignatureAlgorithm.ECDSA_SHA256.uri();
        }
        return this;
    }

    public Dsig key(Key other) {
        key = other;
        return this;
    }

    public Dsig signatureMethod(String uri) {
        signatureMethod = uri;
        return this;
    }

    public Dsig digestMethod(String uri) {
        digestMethod = uri;
        return this;
    }

    public Dsig canonicalization(String uri) {
        canonicalization = uri;
        return this;
    }

    /** Adds a list of inclusive prefixes to the last transform. */
    public Dsig inclusive(String prefixes) {
        inclusive = prefixes;
        return this;
    }

    public Dsig transforms(String... uris) {
        transforms = List.of(uris);
        return this;
    }

    public Dsig alsoCovering(String id) {
        references.add(id);
        return this;
    }

    /** Signs {@code element} with the signature where SAML wants it: after the issuer. */
    public Element sign(Element element) {
        return sign(element, element.getAttribute("ID"));
    }

    /** Signs whatever has {@code id}, with the signature in {@code parent}. */
    public Element sign(Element parent, String id) {
        try {
            eachElement(parent.getOwnerDocument().getDocumentElement(), element -> {
                if (element.hasAttribute("ID")) {
                    element.setIdAttribute("ID", true);
                }
            });
            var steps = new ArrayList<Transform>();
            for (var uri : transforms) {
                steps.add(XML.newTransform(uri, inclusive.isEmpty() || steps.isEmpty() ? null
                        : new ExcC14NParameterSpec(List.of(inclusive.split(" ")))));
            }
            var refs = new ArrayList<javax.xml.crypto.dsig.Reference>();
            refs.add(XML.newReference("#" + id, XML.newDigestMethod(digestMethod, null), steps, null, null));
            for (var other : references) {
                refs.add(XML.newReference("#" + other, XML.newDigestMethod(digestMethod, null), steps, null, null));
            }
            var info = XML.newSignedInfo(XML.newCanonicalizationMethod(canonicalization,
                    (C14NMethodParameterSpec) null),
                    XML.newSignatureMethod(signatureMethod, null), refs);
            var keys = XML.getKeyInfoFactory();
            KeyInfo keyInfo = keys.newKeyInfo(List.of(keys.newX509Data(List.of(certificate))));
            var context = new DOMSignContext(key, parent, afterIssuer(parent));
            context.setDefaultNamespacePrefix("ds");
            context.setProperty("org.jcp.xml.dsig.secureValidation", false);
            XML.newXMLSignature(info, keyInfo).sign(context);
            return child(parent, DS, "Signature");
        } catch (Exception failed) {
            throw new IllegalStateException(failed);
        }
    }

    private static Node afterIssuer(Element parent) {
        for (var node = parent.getFirstChild(); node != null; node = node.getNextSibling()) {
            if ("Issuer".equals(node.getLocalName())) {
                return node.getNextSibling();
            }
        }
        return parent.getFirstChild();
    }

    public static Document parse(String xml) {
        try {
            return DOCUMENTS.newDocumentBuilder().parse(new ByteArrayInputStream(xml.getBytes(StandardCharsets.UTF_8)));
        } catch (Exception malformed) {
            throw new IllegalStateException(malformed);
        }
    }

    public static String text(Node node) {
        try {
            var transformer = TRANSFORMERS.newTransformer();
            transformer.setOutputProperty(OutputKeys.OMIT_XML_DECLARATION, "yes");
            var out = new StringWriter();
            transformer.transform(new DOMSource(node), new StreamResult(out));
            return out.toString();
        } catch (Exception failed) {
            throw new IllegalStateException(failed);
        }
    }

    /** The first element below {@code root} with this name. */
    public static Element first(Node root, String namespace, String name) {
        var list = root instanceof Document document
                ? document.getElementsByTagNameNS(namespace, name) : ((Element) root)
                .getElementsByTagNameNS(namespace, name);
        if (list.getLength() == 0) {
            throw new IllegalStateException("no " + name);
        }
        return (Element) list.item(0);
    }

    /** The first child of {@code parent} with this name. */
    public static Element child(Element parent, String namespace, String name) {
        for (var node = parent.getFirstChild(); node != null; node = node.getNextSibling()) {
            if (node instanceof Element element && name.equals(element.getLocalName())
                    && namespace.equals(element.getNamespaceURI())) {
                return element;
            }
        }
        throw new IllegalStateException("no " + name);
    }

    public static void eachElement(Element root, java.util.function.Consumer<Element> visitor) {
        visitor.accept(root);
        for (var node = root.getFirstChild(); node != null; node = node.getNextSibling()) {
            if (node instanceof Element element) {
                eachElement(element, visitor);
            }
        }
    }
}
