package gatehouse.idp.samlwire;

import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import javax.xml.XMLConstants;
import org.opensaml.core.xml.XMLObject;
import org.w3c.dom.Element;
import org.w3c.dom.Node;

/** Reading of DOM elements by full name, without shortcuts: first or only children, whole text, typed attributes. */
final class Dom {

    private static final String XSI = XMLConstants.W3C_XML_SCHEMA_INSTANCE_NS_URI;

    /** Nine digits of a second and a zone: the longest that is understood. */
    private static final int INSTANT_LENGTH_MAX = 35;

    private Dom() {}

    /** Whether {@code element} is {@code name} of {@code namespace}. */
    static boolean is(Element element, Namespace namespace, String name) {
        return name.equals(element.getLocalName()) && namespace.uri().equals(element.getNamespaceURI());
    }

    /** The child elements of {@code parent}, in order. */
    static List<Element> children(Element parent) {
        var found = new ArrayList<Element>();
        for (var node = parent.getFirstChild(); node != null; node = node.getNextSibling()) {
            if (node instanceof Element element) {
                found.add(element);
            }
        }
        return found;
    }

    /** The child elements of {@code parent} with this name, in order. */
    static List<Element> children(Element parent, Namespace namespace, String name) {
        var found = new ArrayList<Element>();
        for (var node = parent.getFirstChild(); node != null; node = node.getNextSibling()) {
            if (node instanceof Element element && is(element, namespace, name)) {
                found.add(element);
            }
        }
        return found;
    }

    /** The one child with this name; more than one is refused. */
    static Optional<Element> child(Element parent, Namespace namespace, String name) {
        var found = children(parent, namespace, name);
        if (found.size() > 1) {
            throw new SamlError(SamlReason.MALFORMED_MESSAGE);
        }
        return found.isEmpty() ? Optional.empty() : Optional.of(found.getFirst());
    }

    /** The object, unless it is absent; one whose element stands beside another of its name is refused. */
    static <T extends XMLObject> Optional<T> only(T object) {
        if (object == null) {
            return Optional.empty();
        }
        var element = object.getDOM();
        for (var node = element.getParentNode().getFirstChild(); node != null; node = node.getNextSibling()) {
            if (node != element && element.getLocalName().equals(node.getLocalName())
                    && element.getNamespaceURI().equals(node.getNamespaceURI())) {
                throw new SamlError(SamlReason.MALFORMED_MESSAGE);
            }
        }
        return Optional.of(object);
    }

    /** Every element below {@code root} and itself, in document order. */
    static void each(Element root, java.util.function.Consumer<Element> visitor) {
        visitor.accept(root);
        for (var node = root.getFirstChild(); node != null; node = node.getNextSibling()) {
            if (node instanceof Element element) {
                each(element, visitor);
            }
        }
    }

    /**
     * The whole text of {@code element}, stripped: comments and processing instructions within it neither end nor split
     * it; a child element is refused.
     */
    static String text(Element element) {
        var first = element.getFirstChild();
        if (first == null) {
            return "";
        }
        if (first.getNextSibling() == null && first.getNodeType() == Node.TEXT_NODE) {
            return first.getNodeValue().strip();
        }
        var text = new StringBuilder();
        for (var node = first; node != null; node = node.getNextSibling()) {
            switch (node.getNodeType()) {
                case Node.TEXT_NODE, Node.CDATA_SECTION_NODE -> text.append(node.getNodeValue());
                case Node.COMMENT_NODE, Node.PROCESSING_INSTRUCTION_NODE -> { }
                default -> throw new SamlError(SamlReason.MALFORMED_MESSAGE);
            }
        }
        return text.toString().strip();
    }

    /** The whole text of the element that {@code object} was read from. */
    static String text(XMLObject object) {
        return text(object.getDOM());
    }

    /**
     * {@code element} without comments and processing instructions, the text that they divided in one piece, and without
     * types that it claims for itself ({@code xsi:type}), but for values of attributes: what an element is, its name
     * says. Itself if it has none of these, a copy otherwise.
     */
    static Element plain(Element element) {
        if (!claimsType(element) && !hasRemarks(element)) {
            return element;
        }
        var copy = (Element) element.cloneNode(true);
        copy.removeAttributeNS(XSI, "type");
        makePlain(copy);
        copy.normalize();
        return copy;
    }

    private static boolean isRemark(Node node) {
        return node.getNodeType() == Node.COMMENT_NODE || node.getNodeType() == Node.PROCESSING_INSTRUCTION_NODE;
    }

    private static boolean claimsType(Node node) {
        return node instanceof Element element && element.hasAttributeNS(XSI, "type")
                && !(is(element, Namespace.SAML, "AttributeValue")
                        && element.getParentNode() instanceof Element parent && is(parent, Namespace.SAML, "Attribute"));
    }

    private static boolean hasRemarks(Node parent) {
        for (var node = parent.getFirstChild(); node != null; node = node.getNextSibling()) {
            if (isRemark(node) || claimsType(node) || hasRemarks(node)) {
                return true;
            }
        }
        return false;
    }

    private static void makePlain(Node parent) {
        for (var node = parent.getFirstChild(); node != null; ) {
            var next = node.getNextSibling();
            if (isRemark(node)) {
                parent.removeChild(node);
            } else {
                if (claimsType(node)) {
                    ((Element) node).removeAttributeNS(XSI, "type");
                }
                makePlain(node);
            }
            node = next;
        }
    }

    /** The attribute, unless it is absent. */
    static Optional<String> attribute(Element element, String name) {
        var attribute = element.getAttributeNodeNS(null, name);
        return attribute == null ? Optional.empty() : Optional.of(attribute.getValue());
    }

    /** The attribute; absent or empty is refused. */
    static String require(Element element, String name) {
        return attribute(element, name).filter(value -> !value.isEmpty())
                .orElseThrow(() -> new SamlError(SamlReason.MALFORMED_MESSAGE));
    }

    /** The attribute as an instant (saml-core §1.3.3) of a year with four digits: others overflow what is computed. */
    static Optional<Instant> instant(Element element, String name) {
        return attribute(element, name).map(String::strip).map(text -> {
            if (text.length() > INSTANT_LENGTH_MAX || text.indexOf('-') != 4) {
                throw new SamlError(SamlReason.MALFORMED_MESSAGE);
            }
            try {
                return Instant.parse(text);
            } catch (DateTimeException malformed) {
                throw new SamlError(SamlReason.MALFORMED_MESSAGE);
            }
        });
    }
}
