package gatehouse.idp.keys;

import gatehouse.idp.keys.KeyRotation.Placed;
import gatehouse.idp.keys.KeyRotation.Stage;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The keys of one issuer as they stand at one time, opened: which sign, which verify, what is published. Immutable. */
final class KeyRing {

    private final List<StoredKey> stored;
    private final JwtLine tokens;
    private final JwtLine clients;
    private final Map<String, SamlKeys.SamlCredential> samlKeys;
    private final SamlKeys.SamlCredential samlSigning;
    private final List<X509Certificate> samlPublished;
    private final List<SamlKeys.SamlCredential> samlDecryption;
    private final List<X509Certificate> samlEncryptionPublished;

    /**
     * The ring of {@code stored} at {@code now}.
     *
     * @param known an earlier ring of the issuer, whose opened keys are used again
     */
    static KeyRing open(List<StoredKey> stored, Instant now, KeysConfig config, KeyMint mint, Optional<KeyRing> known) {
        return new KeyRing(stored, now, config, mint, known);
    }

    private KeyRing(List<StoredKey> stored, Instant now, KeysConfig config, KeyMint mint, Optional<KeyRing> known) {
        this.stored = List.copyOf(stored);
        this.tokens = JwtLine.open(KeyPurpose::of, stored, now, config, mint, known.map(ring -> ring.tokens));
        this.clients = JwtLine.open(KeyPurpose::ofClient, stored, now, config, mint, known.map(ring -> ring.clients));
        var opened = new HashMap<String, SamlKeys.SamlCredential>();
        var signers = saml(living(stored, KeyPurpose.SAML_SIGNING, now, config).stream()
                .filter(placed -> placed.stage() != Stage.PREVIOUS).toList(), mint, known, opened);
        var decrypting = living(stored, KeyPurpose.SAML_ENCRYPTION, now, config);
        this.samlDecryption = saml(decrypting, mint, known, opened);
        // In their order, those of the past come last.
        this.samlEncryptionPublished = samlDecryption.stream()
                .limit(decrypting.stream().filter(placed -> placed.stage() != Stage.PREVIOUS).count())
                .map(SamlKeys.SamlCredential::certificate).toList();
        this.samlKeys = Map.copyOf(opened);
        if (signers.isEmpty() || samlDecryption.isEmpty()) {
            throw new IllegalStateException("an issuer is without a key for each purpose");
        }
        this.samlSigning = signers.getFirst();
        this.samlPublished = signers.stream().map(SamlKeys.SamlCredential::certificate).toList();
    }

    static List<Placed> living(List<StoredKey> stored, KeyPurpose purpose, Instant now, KeysConfig config) {
        var line = stored.stream().filter(key -> key.purpose() == purpose).toList();
        return config.rotation(purpose).place(line, now).stream()
                .filter(placed -> placed.stage() != Stage.DEAD)
                .toList();
    }

    /** The current credential first, then the next; then, for decryption, those before. */
    private static List<SamlKeys.SamlCredential> saml(
            List<Placed> line, KeyMint mint, Optional<KeyRing> known, Map<String, SamlKeys.SamlCredential> opened) {
        var inOrder = new ArrayList<SamlKeys.SamlCredential>();
        for (var stage : List.of(Stage.CURRENT, Stage.NEXT, Stage.PREVIOUS)) {
            for (var placed : line) {
                if (placed.stage() == stage) {
                    var kid = placed.key().kid();
                    var credential = known.map(ring -> ring.samlKeys.get(kid))
                            .orElseGet(() -> mint.openSaml(placed.key()));
                    opened.put(kid, credential);
                    inOrder.add(credential);
                }
            }
        }
        return List.copyOf(inOrder);
    }

    /** The keys this ring was made of. */
    List<StoredKey> stored() {
        return stored;
    }

    /** The keys that sign tokens. */
    JwtLine tokens() {
        return tokens;
    }

    /** The keys that prove to OpenID Providers who we are. */
    JwtLine clients() {
        return clients;
    }

    SamlKeys.SamlCredential samlSigning() {
        return samlSigning;
    }

    /** Certificates of the current and the next SAML signing key. */
    List<X509Certificate> samlPublished() {
        return samlPublished;
    }

    /** Certificates of the current and the next key that decrypt. */
    List<X509Certificate> samlEncryptionPublished() {
        return samlEncryptionPublished;
    }

    List<SamlKeys.SamlCredential> samlDecryption() {
        return samlDecryption;
    }
}
