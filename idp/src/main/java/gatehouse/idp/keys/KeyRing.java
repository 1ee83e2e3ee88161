package gatehouse.idp.keys;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.nimbusds.jose.jwk.JWK;
import gatehouse.idp.keys.KeyRotation.Placed;
import gatehouse.idp.keys.KeyRotation.Stage;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.cert.X509Certificate;
import java.text.ParseException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The keys of one issuer as they stand at one time, opened: which sign, which verify, what is published. Immutable. */
final class KeyRing {

    private static final ObjectMapper JSON = new ObjectMapper();

    private final List<StoredKey> stored;
    private final Map<SigningAlgorithm, SigningKey> signing;
    private final Map<String, SigningKey> tokenKeys;
    private final Map<String, SamlKeys.SamlCredential> samlKeys;
    private final SamlKeys.SamlCredential samlSigning;
    private final List<X509Certificate> samlPublished;
    private final List<SamlKeys.SamlCredential> samlDecryption;
    private final List<X509Certificate> samlEncryptionPublished;
    private final JwksDocuments.Document document;

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
        var signs = new EnumMap<SigningAlgorithm, SigningKey>(SigningAlgorithm.class);
        var tokens = new HashMap<String, SigningKey>();
        var published = new ArrayList<Map<String, Object>>();
        for (var algorithm : SigningAlgorithm.values()) {
            for (var placed : living(stored, KeyPurpose.of(algorithm), now, config)) {
                var kid = placed.key().kid();
                var key = known.map(ring -> ring.tokenKeys.get(kid))
                        .orElseGet(() -> mint.openToken(placed.key(), algorithm));
                tokens.put(kid, key);
                published.add(publicMembers(placed.key(), algorithm));
                if (placed.stage() == Stage.CURRENT) {
                    signs.put(algorithm, key);
                }
            }
        }
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
        if (signs.size() != SigningAlgorithm.values().length || signers.isEmpty() || samlDecryption.isEmpty()) {
            throw new IllegalStateException("an issuer is without a key for each purpose");
        }
        this.samlSigning = signers.getFirst();
        this.samlPublished = signers.stream().map(SamlKeys.SamlCredential::certificate).toList();
        this.signing = signs;
        this.tokenKeys = Map.copyOf(tokens);
        this.document = document(published);
    }

    private static List<Placed> living(List<StoredKey> stored, KeyPurpose purpose, Instant now, KeysConfig config) {
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

    private static Map<String, Object> publicMembers(StoredKey key, SigningAlgorithm algorithm) {
        try {
            var members = new LinkedHashMap<>(JWK.parse(key.publicJwk()).toPublicJWK().toJSONObject());
            members.put("use", "sig");
            members.put("alg", algorithm.name());
            members.put("kid", key.kid());
            return members;
        } catch (ParseException damaged) {
            throw new IllegalStateException("stored key " + key.kid() + " is damaged", damaged);
        }
    }

    private static JwksDocuments.Document document(List<Map<String, Object>> published) {
        try {
            var json = JSON.writeValueAsString(Map.of("keys", published)).getBytes(StandardCharsets.UTF_8);
            var digest = MessageDigest.getInstance("SHA-256").digest(json);
            var etag = Base64.getUrlEncoder().withoutPadding().encodeToString(digest).substring(0, 22);
            return new JwksDocuments.Document(json, '"' + etag + '"');
        } catch (JsonProcessingException | GeneralSecurityException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    /** The keys this ring was made of. */
    List<StoredKey> stored() {
        return stored;
    }

    /** The key that signs. */
    SigningKey signing(SigningAlgorithm algorithm) {
        return signing.get(algorithm);
    }

    /**
     * The token key {@code kid}, whatever its stage: a node whose clock is ahead may sign with the next one already.
     */
    Optional<SigningKey> verifying(String kid) {
        return Optional.ofNullable(tokenKeys.get(kid));
    }

    JwksDocuments.Document document() {
        return document;
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
