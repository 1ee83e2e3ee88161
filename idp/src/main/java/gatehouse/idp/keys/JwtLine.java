package gatehouse.idp.keys;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.nimbusds.jose.jwk.JWK;
import gatehouse.idp.keys.KeyRotation.Stage;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
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
import java.util.function.Function;

/**
 * The keys of one issuer that sign JWTs for one kind of reader, as they stand at one time, opened: which sign, which
 * verify, and the JWK Set that those readers fetch. Immutable.
 */
final class JwtLine {

    private static final ObjectMapper JSON = new ObjectMapper();

    private final Map<SigningAlgorithm, SigningKey> signing;
    private final Map<String, SigningKey> keys;
    private final JwksDocuments.Document document;

    private JwtLine(
            Map<SigningAlgorithm, SigningKey> signing,
            Map<String, SigningKey> keys,
            JwksDocuments.Document document) {
        this.signing = signing;
        this.keys = Map.copyOf(keys);
        this.document = document;
    }

    /**
     * The keys of {@code stored} that are for {@code purpose}.
     *
     * @param known what was opened at an earlier time, whose opened keys are used again
     */
    static JwtLine open(Function<SigningAlgorithm, KeyPurpose> purpose, List<StoredKey> stored, Instant now,
            KeysConfig config, KeyMint mint, Optional<JwtLine> known) {
        var signing = new EnumMap<SigningAlgorithm, SigningKey>(SigningAlgorithm.class);
        var keys = new HashMap<String, SigningKey>();
        var published = new ArrayList<Map<String, Object>>();
        for (var algorithm : SigningAlgorithm.values()) {
            for (var placed : KeyRing.living(stored, purpose.apply(algorithm), now, config)) {
                var kid = placed.key().kid();
                var key = known.map(line -> line.keys.get(kid))
                        .orElseGet(() -> mint.openToken(placed.key(), algorithm));
                keys.put(kid, key);
                published.add(publicMembers(placed.key(), algorithm));
                if (placed.stage() == Stage.CURRENT) {
                    signing.put(algorithm, key);
                }
            }
        }
        if (signing.size() != SigningAlgorithm.values().length) {
            throw new IllegalStateException("an issuer is without a key for each purpose");
        }
        return new JwtLine(signing, keys, document(published));
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

    /** The key that signs. */
    SigningKey signing(SigningAlgorithm algorithm) {
        return signing.get(algorithm);
    }

    /** The key {@code kid}, whatever its stage: a node whose clock is ahead may sign with the next one already. */
    Optional<SigningKey> verifying(String kid) {
        return Optional.ofNullable(keys.get(kid));
    }

    /** The JWK Set. */
    JwksDocuments.Document document() {
        return document;
    }
}
