package gatehouse.idp.keys;

import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.JWKSet;
import java.nio.charset.StandardCharsets;
import java.text.ParseException;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Arrays;

/** Issuer keys for tests: the issuer {@code x} has the identifier {@code https://x.example}. */
public final class TestKeys {

    public static final Instant START = Instant.parse("2026-05-05T12:00:00.5Z");

    private TestKeys() {}

    public static KeyWrapper wrapper(int seed) {
        var master = new byte[32];
        Arrays.fill(master, (byte) seed);
        return new KeyWrapper(master);
    }

    public static IssuerKeys node(KeyStore store, InstantSource time) {
        return node(store, time, wrapper(7));
    }

    public static IssuerKeys node(KeyStore store, InstantSource time, KeyWrapper wrapper) {
        return IssuerKeys.open(new IssuerKeys.Parts(store, wrapper, KeysConfig.DEFAULTS, time, TestKeys::url));
    }

    public static String url(String issuer) {
        return "https://" + issuer + ".example";
    }

    public static JWKSet published(JwksDocuments documents, String issuer) {
        try {
            return JWKSet.parse(new String(documents.of(issuer).json(), StandardCharsets.UTF_8));
        } catch (ParseException unreadable) {
            throw new AssertionError(unreadable);
        }
    }

    /** The first published key of {@code algorithm}. */
    public static JWK firstKey(JwksDocuments documents, String issuer, SigningAlgorithm algorithm) {
        return published(documents, issuer).getKeys().stream()
                .filter(key -> key.getAlgorithm().getName().equals(algorithm.name()))
                .findFirst()
                .orElseThrow();
    }
}
