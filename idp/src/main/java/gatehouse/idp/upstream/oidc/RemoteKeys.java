package gatehouse.idp.upstream.oidc;

import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.KeyOperation;
import com.nimbusds.jose.jwk.KeyUse;
import com.nimbusds.jose.jwk.RSAKey;
import gatehouse.idp.http.HttpCaller;
import gatehouse.spi.Deadline;
import java.net.URI;
import java.text.ParseException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executor;

/**
 * The keys that a provider signs with: its JWK Set (RFC 7517), cached. A key that is not in it causes one fetch, at
 * most every 30 seconds; a copy that could not be renewed serves the keys that it has, and no others.
 */
final class RemoteKeys {

    private static final Duration FRESH = Duration.ofMinutes(10);
    private static final Duration PAUSE_AFTER_UNKNOWN = Duration.ofSeconds(30);
    private static final int KEYS_MAX = 64;
    private static final int CANDIDATES_MAX = 4;
    private static final int RSA_BITS_MIN = 2048;
    private static final Map<JWSAlgorithm, String> CURVES =
            Map.of(JWSAlgorithm.ES256, "P-256", JWSAlgorithm.ES384, "P-384", JWSAlgorithm.ES512, "P-521");

    private final Remembered<List<JWK>> keys;

    RemoteKeys(HttpCaller http, URI address, InstantSource time, Executor background) {
        this.keys = new Remembered<>(deadline -> fetch(http, address, deadline), FRESH, time, background);
    }

    private static List<JWK> fetch(HttpCaller http, URI address, Deadline deadline) {
        var document = JsonFetch.get(http, address, OidcReason.KEYS_INVALID, deadline);
        if (!(document.get("keys") instanceof List<?> published)) {
            throw OidcReason.KEYS_INVALID.refusal();
        }
        var read = new ArrayList<JWK>();
        for (var each : published.subList(0, Math.min(published.size(), KEYS_MAX))) {
            if (each instanceof Map<?, ?> members) {
                readKey(members, read);
            }
        }
        return List.copyOf(read);
    }

    /** A key that cannot be read is none: a provider may publish kinds of keys that are not for us. */
    private static void readKey(Map<?, ?> members, List<JWK> read) {
        try {
            var json = new HashMap<String, Object>();
            members.forEach((name, value) -> json.put((String) name, value));
            var key = JWK.parse(json);
            if (verifies(key)) {
                read.add(key.toPublicJWK());
            }
        } catch (ParseException | IllegalArgumentException | IllegalStateException unreadable) {
            return;
        }
    }

    private static boolean verifies(JWK key) {
        boolean asymmetric = key instanceof ECKey || key instanceof RSAKey rsa && rsa.size() >= RSA_BITS_MIN;
        return asymmetric
                && (key.getKeyUse() == null || key.getKeyUse().equals(KeyUse.SIGNATURE))
                && (key.getKeyOperations() == null || key.getKeyOperations().contains(KeyOperation.VERIFY));
    }

    /** The keys that may have made a signature with {@code header}; fetched anew if there are none. */
    List<JWK> candidates(JWSHeader header, Deadline deadline) {
        var known = keys.current(deadline);
        var candidates = candidates(known, header);
        return candidates.isEmpty() ? candidates(keys.after(known, PAUSE_AFTER_UNKNOWN, deadline), header) : candidates;
    }

    private static List<JWK> candidates(List<JWK> keys, JWSHeader header) {
        return keys.stream()
                .filter(key -> header.getKeyID() == null || header.getKeyID().equals(key.getKeyID()))
                .filter(key -> fits(key, header.getAlgorithm()))
                .limit(CANDIDATES_MAX)
                .toList();
    }

    private static boolean fits(JWK key, JWSAlgorithm algorithm) {
        if (key.getAlgorithm() != null && !key.getAlgorithm().getName().equals(algorithm.getName())) {
            return false;
        }
        return key instanceof ECKey ec
                ? ec.getCurve().getName().equals(CURVES.get(algorithm))
                : JWSAlgorithm.Family.RSA.contains(algorithm);
    }
}
