package gatehouse.idp.samlwire;

import com.ctc.wstx.api.WstxInputProperties;
import com.ctc.wstx.exc.WstxException;
import com.ctc.wstx.stax.WstxInputFactory;
import java.io.StringReader;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import javax.xml.XMLConstants;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;
import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLStreamConstants;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;
import org.w3c.dom.DOMImplementation;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.Node;

/**
 * Reads XML from strangers: one pass, one encoding, no DOCTYPE, nothing fetched, and a limit on everything, checked while reading, so
 * that what is over a limit costs no more than what is within it. Two elements with one ID are refused here, for every
 * caller. Shared by all threads.
 */
public final class XmlReader {

    private final XMLInputFactory parsers;
    private final DOMImplementation documents;

    public XmlReader() {
        var factory = new WstxInputFactory();
        factory.setProperty(XMLInputFactory.SUPPORT_DTD, false);
        factory.setProperty(XMLInputFactory.IS_SUPPORTING_EXTERNAL_ENTITIES, false);
        factory.setProperty(XMLInputFactory.IS_COALESCING, true);
        factory.setProperty(WstxInputProperties.P_LAZY_PARSING, false);
        factory.setProperty(WstxInputProperties.P_MAX_ATTRIBUTES_PER_ELEMENT, 256);
        // Not interned and not cached: names come from strangers and must not pile up in shared tables.
        factory.getConfig().doInternNames(false);
        factory.getConfig().doInternNsURIs(false);
        factory.getConfig().doCacheDTDs(false);
        this.parsers = factory;
        try {
            this.documents = DocumentBuilderFactory.newDefaultInstance().newDocumentBuilder().getDOMImplementation();
        } catch (ParserConfigurationException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    /**
     * Reads a document.
     *
     * @return its root element
     * @throws SamlError MALFORMED_XML, ENCODING_REFUSED, DOCTYPE, TOO_LARGE, XML_LIMIT or DUPLICATE_ID
     */
    public Element read(byte[] xml, XmlLimits limits) {
        if (xml.length > limits.bytes()) {
            throw new SamlError(SamlReason.TOO_LARGE);
        }
        return parse(text(xml), limits);
    }

    private Element parse(String xml, XmlLimits limits) {
        try {
            var parser = parsers.createXMLStreamReader(new StringReader(xml));
            try {
                requireOneReading(parser);
                return new Reading(parser, limits, documents.createDocument(null, null, null)).root();
            } finally {
                parser.close();
            }
        } catch (WstxException malformed) {
            throw new SamlError(SamlReason.MALFORMED_XML);
        } catch (XMLStreamException beyondLimit) {
            throw new SamlError(SamlReason.XML_LIMIT);
        }
    }

    /** Of what a declaration can say, only that which changes nothing: XML 1.0 in UTF-8. */
    private static void requireOneReading(XMLStreamReader parser) {
        var version = parser.getVersion();
        var encoding = parser.getCharacterEncodingScheme();
        if (version != null && !version.equals("1.0") || encoding != null && !encoding.equalsIgnoreCase("UTF-8")) {
            throw new SamlError(SamlReason.ENCODING_REFUSED);
        }
    }

    /**
     * Reads an element that was cut out of a document, such as decrypted octets: what it does not declare itself, the
     * elements around {@code place} declare for it.
     *
     * @throws SamlError as {@link #read}; also MALFORMED_XML if it is not exactly one element
     */
    Element readWithin(Element place, byte[] xml, XmlLimits limits) {
        var text = text(xml);
        int start = text.startsWith("<?xml") ? text.indexOf("?>") + 2 : 0;
        var wrapped = new StringBuilder(text.length() + 512).append("<around");
        declarations(place).forEach((name, uri) ->
                wrapped.append(' ').append(name).append("=\"").append(uri.replace("&", "&amp;").replace("<", "&lt;")
                        .replace("\"", "&quot;")).append('"'));
        wrapped.append('>').append(text, start, text.length()).append("</around>");
        if (wrapped.length() > limits.bytes()) {
            throw new SamlError(SamlReason.TOO_LARGE);
        }
        var children = Dom.children(parse(wrapped.toString(), limits));
        if (children.size() != 1) {
            throw new SamlError(SamlReason.MALFORMED_XML);
        }
        return children.getFirst();
    }

    /**
     * The characters, decoded by the platform, which knows one form of each: the parser's own decoder takes overlong
     * ones. The encoding is not found out, since two readers can find out two.
     */
    private static String text(byte[] utf8) {
        try {
            var text = StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(utf8)).toString();
            if (text.indexOf('\ufffe') < 0 && text.indexOf('\uffff') < 0) { // no characters of XML (XML 1.0 §2.2)
                return text;
            }
        } catch (CharacterCodingException malformed) {
            // Said below.
        }
        throw new SamlError(SamlReason.MALFORMED_XML);
    }

    /** The namespace declarations in force at {@code place}. */
    private static Map<String, String> declarations(Element place) {
        var found = new HashMap<String, String>();
        for (Node node = place; node instanceof Element element; node = node.getParentNode()) {
            var attributes = element.getAttributes();
            for (int i = 0; i < attributes.getLength(); i++) {
                var attribute = attributes.item(i);
                if (XMLConstants.XMLNS_ATTRIBUTE_NS_URI.equals(attribute.getNamespaceURI())) {
                    found.putIfAbsent(attribute.getNodeName(), attribute.getNodeValue());
                }
            }
        }
        return found;
    }

    /** One document being read. */
    private static final class Reading {

        private final XMLStreamReader parser;
        private final XmlLimits limits;
        private final Document document;
        private final Set<String> ids = new HashSet<>();
        private final Set<String> names = new HashSet<>();
        private int elements;
        private int comments;

        Reading(XMLStreamReader parser, XmlLimits limits, Document document) {
            this.parser = parser;
            this.limits = limits;
            this.document = document;
            document.setStrictErrorChecking(false); // the parser has checked the names already
        }

        Element root() throws XMLStreamException {
            Node at = document;
            int depth = 0;
            while (parser.hasNext()) {
                switch (parser.next()) {
                    case XMLStreamConstants.START_ELEMENT -> {
                        require(++depth <= limits.depth() && ++elements <= limits.elements());
                        at = at.appendChild(element());
                    }
                    case XMLStreamConstants.END_ELEMENT -> {
                        depth--;
                        at = at.getParentNode();
                    }
                    case XMLStreamConstants.CHARACTERS, XMLStreamConstants.CDATA, XMLStreamConstants.SPACE -> {
                        if (depth > 0) {
                            at.appendChild(document.createTextNode(parser.getText()));
                        }
                    }
                    case XMLStreamConstants.COMMENT -> {
                        require(++comments <= limits.comments());
                        at.appendChild(document.createComment(parser.getText()));
                    }
                    case XMLStreamConstants.PROCESSING_INSTRUCTION -> {
                        require(++comments <= limits.comments());
                        at.appendChild(document.createProcessingInstruction(
                                parser.getPITarget(), parser.getPIData() == null ? "" : parser.getPIData()));
                    }
                    case XMLStreamConstants.DTD, XMLStreamConstants.ENTITY_REFERENCE ->
                            throw new SamlError(SamlReason.DOCTYPE);
                    case XMLStreamConstants.END_DOCUMENT -> { }
                    default -> throw new SamlError(SamlReason.MALFORMED_XML);
                }
            }
            return document.getDocumentElement();
        }

        private Element element() {
            var element = document.createElementNS(namespaceOf(parser.getNamespaceURI()),
                    named(qualified(parser.getPrefix(), parser.getLocalName())));
            require(parser.getNamespaceCount() + parser.getAttributeCount() <= limits.attributes());
            for (int i = 0; i < parser.getNamespaceCount(); i++) {
                var prefix = parser.getNamespacePrefix(i);
                var uri = parser.getNamespaceURI(i);
                element.setAttributeNS(XMLConstants.XMLNS_ATTRIBUTE_NS_URI,
                        prefix == null || prefix.isEmpty() ? "xmlns" : "xmlns:" + prefix, uri == null ? "" : uri);
            }
            for (int i = 0; i < parser.getAttributeCount(); i++) {
                var name = parser.getAttributeLocalName(i);
                var value = parser.getAttributeValue(i);
                element.setAttributeNS(namespaceOf(parser.getAttributeNamespace(i)),
                        named(qualified(parser.getAttributePrefix(i), name)), value);
                if (name.equalsIgnoreCase("id") && !ids.add(value)) {
                    throw new SamlError(SamlReason.DUPLICATE_ID);
                }
            }
            return element;
        }

        /** Counts a name, if it is new: the parser's own table of names is slow with many that were made to collide. */
        private String named(String qualified) {
            if (names.add(qualified)) {
                require(names.size() <= limits.names());
            }
            return qualified;
        }

        private static String qualified(String prefix, String name) {
            return prefix == null || prefix.isEmpty() ? name : prefix + ':' + name;
        }

        private static String namespaceOf(String uri) {
            return uri == null || uri.isEmpty() ? null : uri;
        }

        private static void require(boolean withinLimit) {
            if (!withinLimit) {
                throw new SamlError(SamlReason.XML_LIMIT);
            }
        }
    }
}
