package gatehouse.idp.samlwire;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import javax.xml.parsers.DocumentBuilderFactory;
import org.apache.xml.security.c14n.implementations.Canonicalizer20010315ExclOmitComments;
import org.w3c.dom.Element;
import org.xml.sax.ErrorHandler;
import org.xml.sax.SAXParseException;

/** A document read by the Java platform's own parser: where the two readings differ, one of them was deceived. */
public final class SecondReading {

    private SecondReading() {}

    /** @throws IllegalStateException unless {@code xml} is the document with {@code root} to the platform's parser */
    static void requireSame(byte[] xml, Element root) {
        var first = canonical(root);
        var second = canonical(parsed(xml));
        if (!first.equals(second)) {
            throw new IllegalStateException("two readings of one document:\n" + first + "\n" + second);
        }
    }

    private static Element parsed(byte[] xml) {
        try {
            var factory = DocumentBuilderFactory.newDefaultInstance();
            factory.setNamespaceAware(true);
            factory.setFeature("http://apache.org/xml/features/disallow-doctype-decl", true);
            var builder = factory.newDocumentBuilder();
            builder.setErrorHandler(new Thrown());
            return builder.parse(new ByteArrayInputStream(xml)).getDocumentElement();
        } catch (Exception refused) {
            throw new IllegalStateException("read by one parser, refused by the other", refused);
        }
    }

    private static String canonical(Element root) {
        try {
            var out = new ByteArrayOutputStream();
            new Canonicalizer20010315ExclOmitComments().engineCanonicalizeSubTree(root, out);
            return out.toString(StandardCharsets.UTF_8);
        } catch (Exception refused) {
            return "no canonical form";
        }
    }

    private static final class Thrown implements ErrorHandler {
        @Override
        public void warning(SAXParseException nothing) {
            // Not a difference.
        }

        @Override
        public void error(SAXParseException error) throws SAXParseException {
            throw error;
        }

        @Override
        public void fatalError(SAXParseException error) throws SAXParseException {
            throw error;
        }
    }
}
