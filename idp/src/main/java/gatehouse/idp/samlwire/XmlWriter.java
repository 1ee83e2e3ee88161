package gatehouse.idp.samlwire;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Map;
import java.util.TreeMap;

/**
 * Writes XML that is in exclusive canonical form as it stands (xml-exc-c14n §3): a namespace is declared where it is
 * first used, attributes are sorted, nothing is written short. So what is to be signed is hashed as it was written, and
 * text from users cannot become markup. For one thread, one document.
 */
final class XmlWriter {

    /**
     * A finished element.
     *
     * @param text        its canonical form
     * @param id          its {@code ID}; empty if it has none
     * @param signatureAt where in the text its signature belongs; 0 for nowhere
     */
    record CanonicalXml(String text, String id, int signatureAt) {}

    private final StringBuilder out = new StringBuilder(2048);
    private final Deque<Open> open = new ArrayDeque<>();
    private final Map<String, String> attributes = new TreeMap<>();
    private boolean inStartTag;
    private String id = "";
    private int signatureAt;

    /** @param declares the namespace that this element's start tag declares, if it does */
    private record Open(Namespace namespace, String name, boolean declares) {}

    /** Begins an element. */
    XmlWriter start(Namespace namespace, String name) {
        finishStartTag();
        boolean declared = open.stream().anyMatch(outer -> outer.declares() && outer.namespace() == namespace);
        open.push(new Open(namespace, name, !declared));
        inStartTag = true;
        return this;
    }

    /** Adds an attribute without a namespace to the element just begun. */
    XmlWriter attribute(String name, String value) {
        if (!inStartTag) {
            throw new IllegalStateException("attribute " + name + " outside a start tag");
        }
        attributes.put(name, value);
        if (name.equals("ID") && open.size() == 1) {
            id = value;
        }
        return this;
    }

    /** Adds text. */
    XmlWriter text(String text) {
        finishStartTag();
        escape(text, false);
        return this;
    }

    /** Ends the element begun last. */
    XmlWriter end() {
        finishStartTag();
        var element = open.pop();
        out.append("</").append(element.namespace().prefix()).append(':').append(element.name()).append('>');
        return this;
    }

    /** An element with text only. */
    XmlWriter element(Namespace namespace, String name, String text) {
        return start(namespace, name).text(text).end();
    }

    /** The signature of the outermost element goes here. */
    XmlWriter signatureHere() {
        finishStartTag();
        signatureAt = out.length();
        return this;
    }

    /** Adds a finished element, signed or not, none of whose namespaces is declared around it. */
    XmlWriter embed(String canonicalElement) {
        finishStartTag();
        out.append(canonicalElement);
        return this;
    }

    /** The finished element. */
    CanonicalXml finish() {
        if (!open.isEmpty()) {
            throw new IllegalStateException("an element is not ended");
        }
        return new CanonicalXml(out.toString(), id, signatureAt);
    }

    private void finishStartTag() {
        if (!inStartTag) {
            return;
        }
        inStartTag = false;
        var element = open.element();
        var namespace = element.namespace();
        out.append('<').append(namespace.prefix()).append(':').append(element.name());
        if (element.declares()) {
            out.append(" xmlns:").append(namespace.prefix()).append("=\"").append(namespace.uri()).append('"');
        }
        attributes.forEach((name, value) -> {
            out.append(' ').append(name).append("=\"");
            escape(value, true);
            out.append('"');
        });
        attributes.clear();
        out.append('>');
    }

    private void escape(String text, boolean inAttribute) {
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            switch (c) {
                case '&' -> out.append("&amp;");
                case '<' -> out.append("&lt;");
                case '>' -> out.append(inAttribute ? ">" : "&gt;");
                case '"' -> out.append(inAttribute ? "&quot;" : "\"");
                case '\r' -> out.append("&#xD;");
                case '\n' -> out.append(inAttribute ? "&#xA;" : "\n");
                case '\t' -> out.append(inAttribute ? "&#x9;" : "\t");
                default -> i += character(text, i, c);
            }
        }
    }

    /** Appends one character, or U+FFFD for what XML cannot carry; answers how many more chars it took. */
    private int character(String text, int at, char c) {
        if (Character.isHighSurrogate(c) && at + 1 < text.length() && Character.isLowSurrogate(text.charAt(at + 1))) {
            out.append(c).append(text.charAt(at + 1));
            return 1;
        }
        out.append(c < ' ' || Character.isSurrogate(c) || c >= 0xfffe ? '\ufffd' : c);
        return 0;
    }
}
