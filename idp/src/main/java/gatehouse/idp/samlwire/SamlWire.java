package gatehouse.idp.samlwire;

import java.nio.charset.StandardCharsets;
import java.security.PrivateKey;
import java.security.SecureRandom;
import java.security.cert.X509Certificate;
import java.time.InstantSource;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The tools of SAML on the wire, made once and shared by all threads. Making them does no work worth mentioning:
 * the first message, or {@link OpenSaml#initialize}, does.
 */
public final class SamlWire {

    private final SamlCrypto crypto;
    private final SecureRandom random = new SecureRandom();
    private final XmlReader reader = new XmlReader();
    private final SignatureVerifier verifier;
    private final XmlSigner signer;
    private final RedirectBinding redirectBinding;
    private final MetadataReader metadata;
    private final AssertionEncrypter encrypter = new AssertionEncrypter(random);
    private final SpMetadataReader spMetadata;
    private final LogoutWire logout;

    public SamlWire(SamlCrypto crypto, InstantSource time) {
        this.crypto = crypto;
        this.verifier = new SignatureVerifier(reader, new AssertionDecrypter(random));
        this.signer = new XmlSigner(crypto);
        this.redirectBinding = new RedirectBinding(crypto);
        this.metadata = new MetadataReader(reader, time);
        this.spMetadata = new SpMetadataReader(reader, time);
        this.logout = new LogoutWire(reader, redirectBinding, signer, time);
    }

    /** Verifies responses. */
    public SignatureVerifier verifier() {
        return verifier;
    }

    public RedirectBinding redirectBinding() {
        return redirectBinding;
    }

    /** Reads identity providers' metadata. */
    public MetadataReader metadata() {
        return metadata;
    }

    /**
     * What a peer may sign with.
     *
     * @throws IllegalArgumentException if there is no certificate, too many, or a key that is too weak
     */
    public SignaturePolicy policy(List<X509Certificate> certificates) {
        return new SignaturePolicy(crypto, certificates);
    }

    /** Who has to sign a metadata document; with neither, nobody in particular. @param fingerprints SHA-256, hexadecimal */
    public MetadataSigners metadataSigners(List<X509Certificate> certificates, Set<String> fingerprints) {
        return new MetadataSigners(crypto, certificates, fingerprints);
    }

    /** A fresh message id: an XML name of 128 random bits (saml-core §1.3.4). */
    public String newId() {
        var bytes = new byte[16];
        random.nextBytes(bytes);
        return '_' + HexFormat.of().formatHex(bytes);
    }

    /**
     * What a message looks like that was refused, masked.
     *
     * @throws SamlError if it cannot be parsed
     */
    public MaskedMessage masked(byte[] xml, int lengthMax) {
        return MaskedMessage.of(xml, reader, lengthMax);
    }

    /** Reads a request, unverified. */
    public ReceivedAuthnRequest read(byte[] xml) {
        return ReceivedAuthnRequest.read(xml, reader);
    }

    /**
     * The URL that takes {@code request} to its destination by the Redirect binding.
     *
     * @param key signs it; empty: unsigned
     */
    public String redirect(AuthnRequest request, Optional<String> relayState, Optional<PrivateKey> key) {
        var location = request.destination().orElseThrow();
        var xml = AuthnRequestXml.write(request).text();
        return key.map(signing -> redirectBinding.encodeSigned(location, "SAMLRequest", xml, relayState, signing))
                .orElseGet(() -> redirectBinding.encode(location, "SAMLRequest", xml, relayState));
    }

    /** The form fields that take {@code request} to its destination by the POST binding, unsigned. */
    public Map<String, String> post(AuthnRequest request, Optional<String> relayState) {
        return PostBinding.fields("SAMLRequest", AuthnRequestXml.write(request).text(), relayState);
    }

    /** The form fields that take {@code request} to its destination by the POST binding, signed in its XML. */
    public Map<String, String> postSigned(
            AuthnRequest request, Optional<String> relayState, PrivateKey key, X509Certificate certificate) {
        return PostBinding.fields("SAMLRequest",
                signer.sign(AuthnRequestXml.write(request), key, certificate), relayState);
    }

    /** The form fields that take {@code request} to its destination by the SimpleSign binding. */
    public Map<String, String> postSimplySigned(AuthnRequest request, Optional<String> relayState, PrivateKey key) {
        return SimpleSignBinding.fields("SAMLRequest",
                AuthnRequestXml.write(request).text().getBytes(StandardCharsets.UTF_8), relayState, crypto, key);
    }

    /** A response with its assertion, or with none, signed and encrypted as it asks. */
    public String sign(IssuedResponse response, PrivateKey key, X509Certificate certificate) {
        return IssuedResponseXml.signed(response, signer, encrypter, key, certificate);
    }

    /** Reads service providers' metadata. */
    public SpMetadataReader spMetadata() {
        return spMetadata;
    }

    /** Messages of single logout. */
    public LogoutWire logout() {
        return logout;
    }
}
