package gatehouse.idp.samlwire;

import java.security.cert.X509Certificate;
import java.util.List;

/** Writes our own metadata in both roles (saml-metadata §2.4.3, §2.4.4). */
public final class MetadataWriter {

    private static final String SAML_PROTOCOL = "urn:oasis:names:tc:SAML:2.0:protocol";
    private static final String SIGNING = "signing";

    private MetadataWriter() {}

    /**
     * Us as a service provider.
     *
     * @param acs        where responses are taken, by POST
     * @param signing    certificates of our requests: current, and next
     * @param encryption certificates to encrypt assertions for
     */
    public static String serviceProvider(
            String entityId, String acs, List<X509Certificate> signing, List<X509Certificate> encryption) {
        var xml = entity(entityId).start(Namespace.MD, "SPSSODescriptor")
                .attribute("protocolSupportEnumeration", SAML_PROTOCOL)
                .attribute("AuthnRequestsSigned", "true")
                .attribute("WantAssertionsSigned", "true");
        signing.forEach(certificate -> key(xml, SIGNING, certificate));
        encryption.forEach(certificate -> {
            keyStart(xml, "encryption", certificate);
            // The algorithms that are decrypted here (saml-metadata §2.4.1.1); senders that ask choose among them.
            for (var algorithm : List.of("http://www.w3.org/2009/xmlenc11#aes256-gcm",
                    "http://www.w3.org/2009/xmlenc11#aes128-gcm", "http://www.w3.org/2001/04/xmlenc#rsa-oaep-mgf1p")) {
                xml.start(Namespace.MD, "EncryptionMethod").attribute("Algorithm", algorithm).end();
            }
            xml.end();
        });
        for (var format : List.of(NameIdFormat.PERSISTENT, NameIdFormat.EMAIL_ADDRESS, NameIdFormat.UNSPECIFIED)) {
            xml.element(Namespace.MD, "NameIDFormat", format.urn());
        }
        xml.start(Namespace.MD, "AssertionConsumerService").attribute("Binding", PostBinding.URN)
                .attribute("Location", acs).attribute("index", "0").attribute("isDefault", "true").end();
        return xml.end().end().finish().text();
    }

    /** Us as an identity provider. @param sso where requests are taken, by Redirect and by POST */
    public static String identityProvider(String entityId, String sso, List<X509Certificate> signing) {
        var xml = entity(entityId).start(Namespace.MD, "IDPSSODescriptor")
                .attribute("protocolSupportEnumeration", SAML_PROTOCOL)
                .attribute("WantAuthnRequestsSigned", "false");
        signing.forEach(certificate -> key(xml, SIGNING, certificate));
        for (var format : List.of(NameIdFormat.PERSISTENT, NameIdFormat.EMAIL_ADDRESS, NameIdFormat.TRANSIENT)) {
            xml.element(Namespace.MD, "NameIDFormat", format.urn());
        }
        for (var binding : List.of(RedirectBinding.URN, PostBinding.URN)) {
            xml.start(Namespace.MD, "SingleSignOnService")
                    .attribute("Binding", binding).attribute("Location", sso).end();
        }
        return xml.end().end().finish().text();
    }

    private static XmlWriter entity(String entityId) {
        // Keys change on a schedule: who reads this is asked to come again within the hour.
        return new XmlWriter().start(Namespace.MD, "EntityDescriptor")
                .attribute("entityID", entityId).attribute("cacheDuration", "PT1H");
    }

    private static void key(XmlWriter xml, String use, X509Certificate certificate) {
        keyStart(xml, use, certificate);
        xml.end();
    }

    private static void keyStart(XmlWriter xml, String use, X509Certificate certificate) {
        xml.start(Namespace.MD, "KeyDescriptor").attribute("use", use)
                .start(Namespace.DS, "KeyInfo").start(Namespace.DS, "X509Data")
                .element(Namespace.DS, "X509Certificate", XmlSigner.encoded(certificate)).end().end();
    }
}
