package gatehouse.idp.samlidp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import gatehouse.idp.page.Page;
import gatehouse.idp.samlwire.MetadataWriter;
import gatehouse.idp.samlwire.OpenSaml;
import gatehouse.idp.samlwire.PostBinding;
import gatehouse.idp.samlwire.Dsig;
import gatehouse.idp.samlwire.FakeSamlKeys;
import gatehouse.idp.samlwire.FakeSamlIdp;
import gatehouse.idp.samlwire.TestCredentials;
import gatehouse.idp.upstream.Departure;
import gatehouse.idp.upstream.saml.SamlLogin;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.ServiceLoader;
import net.shibboleth.utilities.java.support.xml.BasicParserPool;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.opensaml.core.config.ConfigurationService;
import org.opensaml.core.config.Initializer;
import org.opensaml.core.xml.XMLObject;
import org.opensaml.core.xml.config.XMLObjectProviderRegistry;
import org.opensaml.core.xml.config.XMLObjectProviderRegistrySupport;
import org.opensaml.core.xml.util.XMLObjectSupport;
import org.opensaml.saml.common.SignableSAMLObject;
import org.opensaml.saml.saml2.core.AuthnRequest;
import org.opensaml.saml.saml2.core.Response;
import org.opensaml.saml.saml2.encryption.Encrypter;
import org.opensaml.saml.saml2.metadata.EntityDescriptor;
import org.opensaml.saml.security.impl.SAMLSignatureProfileValidator;
import org.opensaml.security.x509.BasicX509Credential;
import org.opensaml.xmlsec.encryption.support.DataEncryptionParameters;
import org.opensaml.xmlsec.encryption.support.EncryptionConstants;
import org.opensaml.xmlsec.encryption.support.KeyEncryptionParameters;
import org.opensaml.xmlsec.encryption.support.RSAOAEPParameters;
import org.opensaml.xmlsec.keyinfo.impl.X509KeyInfoGeneratorFactory;
import org.opensaml.xmlsec.signature.Signature;
import org.opensaml.xmlsec.signature.support.SignatureConstants;
import org.opensaml.xmlsec.signature.support.SignatureValidator;
import org.opensaml.xmlsec.signature.support.Signer;

/** OpenSAML, on which Shibboleth and much else is built, understands us, and we understand it. */
class OpenSamlCounterpartTest {

    private static final BasicX509Credential US =
            new BasicX509Credential(TestCredentials.US.certificate(), TestCredentials.US.keys().getPrivate());
    private static final BasicX509Credential IDP =
            new BasicX509Credential(TestCredentials.IDP.certificate(), TestCredentials.IDP.keys().getPrivate());

    private final SamlLogin login = new SamlLogin();
    private final SamlIdpHouse house = new SamlIdpHouse();

    @BeforeAll
    static void initialise() throws Exception {
        for (var talkative : new String[] {"org.opensaml", "org.apache.xml", "net.shibboleth"}) {
            ((ch.qos.logback.classic.Logger) org.slf4j.LoggerFactory.getLogger(talkative))
                    .setLevel(ch.qos.logback.classic.Level.WARN);
        }
        // Ours first: it takes the object of a signature away, for the whole process.
        OpenSaml.initialize();
        for (var initializer : ServiceLoader.load(Initializer.class)) {
            // Needs an HTTP client that is left out, and does nothing for messages.
            if (!initializer.getClass().getSimpleName().startsWith("HttpClient")) {
                initializer.init();
            }
        }
        var parsers = new BasicParserPool();
        parsers.initialize();
        ConfigurationService.get(XMLObjectProviderRegistry.class).setParserPool(parsers);
    }

    private static <T extends XMLObject> T read(Class<T> type, String xml) throws Exception {
        var element = XMLObjectProviderRegistrySupport.getParserPool()
                .parse(new java.io.ByteArrayInputStream(xml.getBytes(StandardCharsets.UTF_8))).getDocumentElement();
        return type.cast(XMLObjectProviderRegistrySupport.getUnmarshallerFactory().getUnmarshaller(element)
                .unmarshall(element));
    }

    private static void assertSigned(SignableSAMLObject object) {
        assertThat(object.isSigned()).isTrue();
        assertThatCode(() -> {
            new SAMLSignatureProfileValidator().validate(object.getSignature());
            SignatureValidator.validate(object.getSignature(), US);
        }).doesNotThrowAnyException();
    }

    private static String decoded(Map<String, String> fields, String name) {
        return new String(Base64.getDecoder().decode(fields.get(name)), StandardCharsets.UTF_8);
    }

    @Test
    void ourRequestIsUnderstood() throws Exception {
        var connector = login.open(SamlLogin.settings().put("sso_binding", "post"));
        var departure = (Departure.PostForm) connector.depart(SamlLogin.call(), SamlLogin.soon());
        var request = read(AuthnRequest.class, decoded(departure.fields(), "SAMLRequest"));

        assertSigned(request);
        assertThat(request.getID()).isEqualTo(SamlLogin.requestId(departure));
        assertThat(request.getIssuer().getValue()).isEqualTo(SamlLogin.us("globex").entityId());
        assertThat(request.getAssertionConsumerServiceURL()).isEqualTo(SamlLogin.us("globex").acs());
        assertThat(request.getDestination()).isEqualTo("https://idp.example/sso");
        assertThat(request.getNameIDPolicy().getAllowCreate()).isTrue();
    }

    @Test
    void ourResponseIsUnderstood() throws Exception {
        var us = SamlLogin.us("globex");
        house.register(SamlIdpHouse.serviceProvider(us.entityId(), us.acs()));
        house.login.signedIn = true;
        var departure = (Departure.Redirect) login.open(SamlLogin.settings().put("sso_url", SamlIdpHouse.ISSUER
                .at("/saml/idp/sso"))).depart(SamlLogin.call(), SamlLogin.soon());
        house.get("/saml/idp/sso", URI.create(departure.url()).getRawQuery());
        var response = read(Response.class,
                decoded(((Page.AutoPost) house.shown.orElseThrow()).fields(), "SAMLResponse"));

        assertSigned(response);
        var assertion = response.getAssertions().getFirst();
        assertSigned(assertion);
        assertThat(response.getInResponseTo()).isEqualTo(SamlLogin.requestId(departure));
        assertThat(assertion.getSubject().getNameID().getSPNameQualifier()).isEqualTo(us.entityId());
        assertThat(assertion.getConditions().getAudienceRestrictions().getFirst().getAudiences().getFirst().getURI())
                .isEqualTo(us.entityId());
        assertThat(assertion.getAuthnStatements().getFirst().getSessionNotOnOrAfter())
                .isEqualTo(house.session().expiresAt());
        assertThat(assertion.getAttributeStatements().getFirst().getAttributes()).hasSize(4);
    }

    @Test
    void ourMetadataIsUnderstood() throws Exception {
        var idp = read(EntityDescriptor.class, new String(house.get("/saml/idp", "").body(), StandardCharsets.UTF_8));
        var role = idp.getIDPSSODescriptor("urn:oasis:names:tc:SAML:2.0:protocol");
        assertThat(idp.getEntityID()).isEqualTo(SamlIdpHouse.ISSUER.at("/saml/idp"));
        assertThat(idp.getCacheDuration()).isEqualTo(Duration.ofHours(1));
        assertThat(role.getSingleSignOnServices()).hasSize(2);
        assertThat(role.getKeyDescriptors()).hasSize(2);

        var us = SamlLogin.us("globex");
        var sp = read(EntityDescriptor.class,
                MetadataWriter.serviceProvider(new MetadataWriter.SpRole(us.entityId(),
                        List.of(new MetadataWriter.AcsEndpoint(PostBinding.URN, us.acs())), "https://login.example/slo",
                        new FakeSamlKeys().published("main"), List.of(TestCredentials.US.certificate()),
                        MetadataWriter.SpRole.USUAL_FORMATS, true)))
                .getSPSSODescriptor("urn:oasis:names:tc:SAML:2.0:protocol");
        assertThat(sp.getDefaultAssertionConsumerService().getLocation()).isEqualTo(us.acs());
        assertThat(sp.getWantAssertionsSigned()).isTrue();
        assertThat(sp.getKeyDescriptors()).hasSize(3);
    }

    /** A response that OpenSAML has read from a draft, signed and, if wanted, encrypted. */
    private String response(FakeSamlIdp draft, Optional<Encrypter> encrypter) throws Exception {
        var response = read(Response.class, Dsig.text(draft.draft()));
        var assertion = response.getAssertions().getFirst();
        sign(assertion);
        if (encrypter.isPresent()) {
            XMLObjectSupport.marshall(assertion);
            Signer.signObject(assertion.getSignature());
            response.getEncryptedAssertions().add(encrypter.get().encrypt(assertion));
            response.getAssertions().clear();
        }
        sign(response);
        XMLObjectSupport.marshall(response);
        if (encrypter.isEmpty()) {
            Signer.signObject(assertion.getSignature());
        }
        Signer.signObject(response.getSignature());
        return Dsig.text(response.getDOM());
    }

    private static void sign(SignableSAMLObject object) throws Exception {
        var signature = (Signature) XMLObjectSupport.buildXMLObject(Signature.DEFAULT_ELEMENT_NAME);
        signature.setSigningCredential(IDP);
        signature.setSignatureAlgorithm(SignatureConstants.ALGO_ID_SIGNATURE_RSA_SHA256);
        signature.setCanonicalizationAlgorithm(SignatureConstants.ALGO_ID_C14N_EXCL_OMIT_COMMENTS);
        object.setSignature(signature);
    }

    private void assertArrives(Optional<Encrypter> encrypter) throws Exception {
        var connector = login.open(SamlLogin.settings());
        var departure = connector.depart(SamlLogin.call(), SamlLogin.soon());
        var xml = response(login.answer(departure), encrypter);

        var identity = SamlLogin.arrive(connector, Optional.of(departure.pending()),
                SamlLogin.form(Base64.getMimeEncoder().encodeToString(xml.getBytes(StandardCharsets.UTF_8))));

        assertThat(identity.session().subject()).isEqualTo(FakeSamlIdp.NAME_ID);
        assertThat(identity.givenName()).contains("Ada");
    }

    @Test
    void itsSignedResponseIsAccepted() throws Exception {
        assertArrives(Optional.empty());
    }

    @Test
    void itsEncryptedAssertionIsAccepted() throws Exception {
        var data = new DataEncryptionParameters();
        data.setAlgorithm(EncryptionConstants.ALGO_ID_BLOCKCIPHER_AES256_GCM);
        var key = new KeyEncryptionParameters();
        key.setEncryptionCredential(US);
        key.setAlgorithm(EncryptionConstants.ALGO_ID_KEYTRANSPORT_RSAOAEP);
        key.setRSAOAEPParameters(new RSAOAEPParameters(SignatureConstants.ALGO_ID_DIGEST_SHA1, null, null));
        key.setKeyInfoGenerator(new X509KeyInfoGeneratorFactory().newInstance());
        var encrypter = new Encrypter(data, key);
        encrypter.setKeyPlacement(Encrypter.KeyPlacement.INLINE);
        assertArrives(Optional.of(encrypter));
    }
}
