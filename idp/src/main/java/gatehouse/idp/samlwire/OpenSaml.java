package gatehouse.idp.samlwire;

import java.io.IOException;
import java.util.List;
import javax.xml.namespace.QName;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;
import org.opensaml.core.config.ConfigurationService;
import org.opensaml.core.xml.XMLObject;
import org.opensaml.core.xml.config.XMLConfigurationException;
import org.opensaml.core.xml.config.XMLConfigurator;
import org.opensaml.core.xml.config.XMLObjectProviderRegistry;
import org.opensaml.core.xml.io.MarshallingException;
import org.opensaml.core.xml.io.UnmarshallingException;
import org.opensaml.xmlsec.signature.Signature;
import org.w3c.dom.DOMImplementation;
import org.w3c.dom.Element;

/**
 * OpenSAML, as far as it is used: its objects for messages and metadata, made, written to DOM and read from DOM. Its
 * own initializers are not run. So there is no parser pool for it to read octets with, no signer, decrypter, resolver
 * or HTTP client of its own, and no provider or algorithm list registered for the process: octets come in through
 * {@link XmlReader} and are proved by {@link EnvelopedSignature} before or after, never by OpenSAML.
 */
public final class OpenSaml {

    /** The kinds of elements that are made into objects; every other one becomes an object without meaning. */
    private static final List<String> KINDS = List.of("/default-config.xml", "/signature-config.xml",
            "/saml2-assertion-config.xml", "/saml2-protocol-config.xml", "/saml2-metadata-config.xml");

    private OpenSaml() {}

    /** Loaded by whoever comes first; everybody else waits. */
    private static final class Loaded {

        static final XMLObjectProviderRegistry REGISTRY = load();
        static final DOMImplementation DOCUMENTS = documents();

        private static XMLObjectProviderRegistry load() {
            var thread = Thread.currentThread();
            var loader = thread.getContextClassLoader();
            thread.setContextClassLoader(OpenSaml.class.getClassLoader()); // by which OpenSAML finds its classes
            try {
                var configurator = new XMLConfigurator();
                for (var kind : KINDS) {
                    try (var stream = XMLConfigurator.class.getResourceAsStream(kind)) {
                        configurator.load(stream);
                    }
                }
                var registry = ConfigurationService.get(XMLObjectProviderRegistry.class);
                // Its object for a signature is one that Santuario reads: no stranger's signature gets there.
                registry.deregisterObjectProvider(Signature.DEFAULT_ELEMENT_NAME);
                return registry;
            } catch (XMLConfigurationException | IOException incomplete) {
                throw new IllegalStateException("OpenSAML cannot be loaded", incomplete);
            } finally {
                thread.setContextClassLoader(loader);
            }
        }

        private static DOMImplementation documents() {
            try {
                return DocumentBuilderFactory.newDefaultInstance().newDocumentBuilder().getDOMImplementation();
            } catch (ParserConfigurationException impossible) {
                throw new IllegalStateException(impossible);
            }
        }
    }

    /**
     * Loads OpenSAML, once; it takes some hundred milliseconds. Without this call the first message pays for it, so the
     * start of the server makes it, on a platform thread beside everything else.
     */
    public static void initialize() {
        registry();
    }

    private static XMLObjectProviderRegistry registry() {
        return Loaded.REGISTRY;
    }

    /** A new, empty object. @param name its element's name, {@code DEFAULT_ELEMENT_NAME} of {@code type} */
    static <T extends XMLObject> T make(Class<T> type, QName name) {
        return type.cast(registry().getBuilderFactory().getBuilderOrThrow(name).buildObject(name));
    }

    /** {@code object} as the root of a document of its own. */
    static Element toDom(XMLObject object) {
        try {
            var document = Loaded.DOCUMENTS.createDocument(null, null, null);
            return registry().getMarshallerFactory().getMarshaller(object).marshall(object, document);
        } catch (MarshallingException impossible) {
            throw new IllegalStateException(impossible); // it was made here
        }
    }

    /**
     * {@code element} as an object. Where an element may stand once and stands twice, the object knows the last; of
     * text around a child element, the last part; an empty attribute is none to it, and a time without zone one of this
     * machine's zone. So objects are taken through {@link Dom#only}, text through {@link Dom#text(XMLObject)} and times
     * through {@link Dom#instant}, which refuse that.
     *
     * @throws SamlError MALFORMED_MESSAGE if it is not of {@code type}, or breaks the types of its schema
     */
    static <T extends XMLObject> T fromDom(Class<T> type, Element element) {
        var plain = Dom.plain(element);
        try {
            return type.cast(registry().getUnmarshallerFactory().getUnmarshaller(plain).unmarshall(plain));
        } catch (UnmarshallingException | RuntimeException malformed) {
            throw new SamlError(SamlReason.MALFORMED_MESSAGE);
        }
    }
}
