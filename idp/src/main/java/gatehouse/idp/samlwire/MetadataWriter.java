package gatehouse.idp.samlwire;

import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.List;
import org.opensaml.saml.saml2.metadata.AssertionConsumerService;
import org.opensaml.saml.saml2.metadata.EncryptionMethod;
import org.opensaml.saml.saml2.metadata.EntityDescriptor;
import org.opensaml.saml.saml2.metadata.IDPSSODescriptor;
import org.opensaml.saml.saml2.metadata.KeyDescriptor;
import org.opensaml.saml.saml2.metadata.NameIDFormat;
import org.opensaml.saml.saml2.metadata.SPSSODescriptor;
import org.opensaml.saml.saml2.metadata.SSODescriptor;
import org.opensaml.saml.saml2.metadata.SingleSignOnService;
import org.opensaml.security.credential.UsageType;
import org.opensaml.xmlsec.signature.KeyInfo;
import org.opensaml.xmlsec.signature.X509Data;

/** Writes our own metadata in both roles (saml-metadata §2.4.3, §2.4.4). */
public final class MetadataWriter {

    private static final String SAML_PROTOCOL = "urn:oasis:names:tc:SAML:2.0:protocol";

    /** What is decrypted here (saml-metadata §2.4.1.1); senders that ask choose among them. */
    private static final List<String> DECRYPTED = List.of("http://www.w3.org/2009/xmlenc11#aes256-gcm",
            "http://www.w3.org/2009/xmlenc11#aes128-gcm", "http://www.w3.org/2009/xmlenc11#rsa-oaep",
            "http://www.w3.org/2001/04/xmlenc#rsa-oaep-mgf1p");

    private MetadataWriter() {}

    /** Where a service provider takes responses. @param binding URN of the binding */
    public record AcsEndpoint(String binding, String location) {}

    /**
     * What we say of ourselves as a service provider.
     *
     * @param acs            where responses are taken; their position is their index, and the first is the usual one
     * @param logout         where messages of single logout are taken, by Redirect and by POST
     * @param signing        certificates of our requests: current, and next
     * @param encryption     certificates to encrypt for
     * @param nameIdFormats  URNs of the formats that are wanted, best first
     * @param signsRequests  whether every request is signed
     */
    public record SpRole(
            String entityId, List<AcsEndpoint> acs, String logout, List<X509Certificate> signing,
            List<X509Certificate> encryption, List<String> nameIdFormats, boolean signsRequests) {

        /** Formats that are wanted where nobody has chosen one. */
        public static final List<String> USUAL_FORMATS = List.of(NameIdFormat.PERSISTENT.urn(),
                NameIdFormat.EMAIL_ADDRESS.urn(), NameIdFormat.UNSPECIFIED.urn());
    }

    /** Us as a service provider. */
    public static String serviceProvider(SpRole us) {
        var role = OpenSaml.make(SPSSODescriptor.class, SPSSODescriptor.DEFAULT_ELEMENT_NAME);
        role.setAuthnRequestsSigned(us.signsRequests());
        role.setWantAssertionsSigned(true);
        describe(role, us.signing(), us.nameIdFormats());
        for (var certificate : us.encryption()) {
            var key = key(UsageType.ENCRYPTION, certificate);
            for (var algorithm : DECRYPTED) {
                var method = OpenSaml.make(EncryptionMethod.class, EncryptionMethod.DEFAULT_ELEMENT_NAME);
                method.setAlgorithm(algorithm);
                key.getEncryptionMethods().add(method);
            }
            role.getKeyDescriptors().add(key);
        }
        LogoutEndpoints.publish(role, us.logout());
        publish(role, us.acs());
        return written(us.entityId(), role);
    }

    private static void publish(SPSSODescriptor role, List<AcsEndpoint> acs) {
        for (int index = 0; index < acs.size(); index++) {
            var service = OpenSaml.make(AssertionConsumerService.class, AssertionConsumerService.DEFAULT_ELEMENT_NAME);
            service.setBinding(acs.get(index).binding());
            service.setLocation(acs.get(index).location());
            service.setIndex(index);
            if (index == 0) {
                service.setIsDefault(true);
            }
            role.getAssertionConsumerServices().add(service);
        }
    }

    /**
     * Us as an identity provider.
     *
     * @param sso    where requests are taken, by Redirect and by POST
     * @param logout where messages of single logout are taken, by Redirect and by POST; below it, at {@code /soap},
     *               from servers
     */
    public static String identityProvider(
            String entityId, String sso, String logout, List<X509Certificate> signing) {
        var role = OpenSaml.make(IDPSSODescriptor.class, IDPSSODescriptor.DEFAULT_ELEMENT_NAME);
        role.setWantAuthnRequestsSigned(false);
        describe(role, signing, List.of(NameIdFormat.PERSISTENT.urn(), NameIdFormat.EMAIL_ADDRESS.urn(),
                NameIdFormat.TRANSIENT.urn()));
        LogoutEndpoints.publish(role, logout);
        LogoutEndpoints.publishSoap(role, logout + "/soap");
        for (var binding : List.of(RedirectBinding.URN, PostBinding.URN)) {
            var service = OpenSaml.make(SingleSignOnService.class, SingleSignOnService.DEFAULT_ELEMENT_NAME);
            service.setBinding(binding);
            service.setLocation(sso);
            role.getSingleSignOnServices().add(service);
        }
        return written(entityId, role);
    }

    private static void describe(SSODescriptor role, List<X509Certificate> signing, List<String> formats) {
        role.addSupportedProtocol(SAML_PROTOCOL);
        signing.forEach(certificate -> role.getKeyDescriptors().add(key(UsageType.SIGNING, certificate)));
        for (var format : formats) {
            var element = OpenSaml.make(NameIDFormat.class, NameIDFormat.DEFAULT_ELEMENT_NAME);
            element.setURI(format);
            role.getNameIDFormats().add(element);
        }
    }

    private static KeyDescriptor key(UsageType use, X509Certificate certificate) {
        var encoded = OpenSaml.make(org.opensaml.xmlsec.signature.X509Certificate.class,
                org.opensaml.xmlsec.signature.X509Certificate.DEFAULT_ELEMENT_NAME);
        encoded.setValue(XmlSigner.encoded(certificate));
        var data = OpenSaml.make(X509Data.class, X509Data.DEFAULT_ELEMENT_NAME);
        data.getX509Certificates().add(encoded);
        var info = OpenSaml.make(KeyInfo.class, KeyInfo.DEFAULT_ELEMENT_NAME);
        info.getX509Datas().add(data);
        var key = OpenSaml.make(KeyDescriptor.class, KeyDescriptor.DEFAULT_ELEMENT_NAME);
        key.setUse(use);
        key.setKeyInfo(info);
        return key;
    }

    private static String written(String entityId, SSODescriptor role) {
        var entity = OpenSaml.make(EntityDescriptor.class, EntityDescriptor.DEFAULT_ELEMENT_NAME);
        entity.setEntityID(entityId);
        // Keys change on a schedule: who reads this is asked to come again within the hour.
        entity.setCacheDuration(Duration.ofHours(1));
        entity.getRoleDescriptors().add(role);
        return CanonicalXml.of(entity).text();
    }
}
