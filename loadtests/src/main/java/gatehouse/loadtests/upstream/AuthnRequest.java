package gatehouse.loadtests.upstream;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.Base64;
import java.util.zip.Inflater;
import java.util.zip.InflaterInputStream;
import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLStreamConstants;
import javax.xml.stream.XMLStreamException;

/**
 * What the upstream needs of a SAML AuthnRequest (saml-core §3.4.1); its signature is not checked.
 */
record AuthnRequest(String id, String assertionConsumerService, String issuer) {

    private static final int LARGEST = 64 * 1024;

    /** @param deflated whether it came by the Redirect binding (saml-bindings §3.4.4.1) */
    static AuthnRequest read(String parameter, boolean deflated) {
        var bytes = Base64.getMimeDecoder().decode(parameter);
        InputStream raw = new ByteArrayInputStream(bytes);
        try (var xml = deflated ? new InflaterInputStream(raw, new Inflater(true)) : raw) {
            return parse(xml.readNBytes(LARGEST));
        } catch (IOException | XMLStreamException failure) {
            throw new IllegalArgumentException("not an AuthnRequest", failure);
        }
    }

    private static AuthnRequest parse(byte[] xml) throws XMLStreamException {
        var factory = XMLInputFactory.newFactory();
        factory.setProperty(XMLInputFactory.SUPPORT_DTD, false);
        factory.setProperty(XMLInputFactory.IS_SUPPORTING_EXTERNAL_ENTITIES, false);
        var reader = factory.createXMLStreamReader(new ByteArrayInputStream(xml));
        String id = "";
        String service = "";
        while (reader.hasNext()) {
            if (reader.next() != XMLStreamConstants.START_ELEMENT) {
                continue;
            }
            if (reader.getLocalName().equals("AuthnRequest")) {
                id = reader.getAttributeValue(null, "ID");
                service = reader.getAttributeValue(null, "AssertionConsumerServiceURL");
            } else if (reader.getLocalName().equals("Issuer")) {
                return new AuthnRequest(id, service, reader.getElementText().strip());
            }
        }
        throw new IllegalArgumentException("an AuthnRequest without Issuer");
    }
}
