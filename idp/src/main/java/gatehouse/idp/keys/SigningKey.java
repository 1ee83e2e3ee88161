package gatehouse.idp.keys;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.Provider;
import java.security.Signature;
import java.util.Base64;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/**
 * An opened token key: signs and verifies JWS. Thread-safe. The private key does not leave it.
 *
 * <p>Compact JWS are put together by hand: the header of a key and a {@code typ} never changes, so it is encoded once.
 */
final class SigningKey {

    private static final Base64.Encoder BASE64URL = Base64.getUrlEncoder().withoutPadding();
    /** Types come from our own code; the bound is for the day when one does not. */
    private static final int HEADERS_MAX = 32;

    private final String kid;
    private final SigningAlgorithm algorithm;
    private final Map<String, byte[]> headers = new ConcurrentHashMap<>();
    private final SignaturePool signers;
    private final SignaturePool verifiers;

    /** @param provider what signs and verifies; empty: the JDK */
    SigningKey(String kid, SigningAlgorithm algorithm, KeyPair pair, Optional<Provider> provider) {
        this.kid = kid;
        this.algorithm = algorithm;
        this.signers = new SignaturePool(() -> {
            var signature = signature(algorithm, provider);
            signature.initSign(pair.getPrivate());
            return signature;
        });
        this.verifiers = new SignaturePool(() -> {
            var signature = signature(algorithm, provider);
            signature.initVerify(pair.getPublic());
            return signature;
        });
    }

    private static Signature signature(SigningAlgorithm algorithm, Optional<Provider> provider)
            throws GeneralSecurityException {
        var name = switch (algorithm) {
            case ES256 -> "SHA256withECDSAinP1363Format";
            case RS256 -> "SHA256withRSA";
        };
        return provider.isPresent() ? Signature.getInstance(name, provider.get()) : Signature.getInstance(name);
    }

    String kid() {
        return kid;
    }

    SigningAlgorithm algorithm() {
        return algorithm;
    }

    /** The compact JWS (RFC 7515 §7.1) over {@code payload}. */
    String sign(String type, byte[] payload) {
        var header = header(type);
        var body = BASE64URL.encode(payload);
        int signedLength = header.length + body.length;
        var signed = new byte[signedLength];
        System.arraycopy(header, 0, signed, 0, header.length);
        System.arraycopy(body, 0, signed, header.length, body.length);
        try {
            var signer = signers.take();
            signer.update(signed);
            var signature = BASE64URL.encode(signer.sign());
            signers.giveBack(signer);
            var compact = new byte[signedLength + 1 + signature.length];
            System.arraycopy(signed, 0, compact, 0, signedLength);
            compact[signedLength] = '.';
            System.arraycopy(signature, 0, compact, signedLength + 1, signature.length);
            return new String(compact, StandardCharsets.ISO_8859_1);
        } catch (GeneralSecurityException fault) {
            throw new IllegalStateException("key " + kid + " does not sign", fault);
        }
    }

    /** Whether {@code signature} is this key's over {@code signed}. Anything but a clear yes is a no. */
    boolean verifies(byte[] signed, int signedLength, byte[] signature) {
        try {
            var verifier = verifiers.take();
            verifier.update(signed, 0, signedLength);
            boolean valid = verifier.verify(signature);
            verifiers.giveBack(verifier);
            return valid;
        } catch (GeneralSecurityException malformed) {
            return false;
        }
    }

    /** The encoded header of {@code type} with the dot behind it. */
    private byte[] header(String type) {
        var known = headers.get(type);
        if (known != null) {
            return known;
        }
        if (type.chars().anyMatch(c -> c <= ' ' || c == '"' || c == '\\' || c > '~')) {
            throw new IllegalArgumentException("not a JWS type: " + type);
        }
        var json = "{\"alg\":\"" + algorithm + "\",\"typ\":\"" + type + "\",\"kid\":\"" + kid + "\"}";
        var encoded = (BASE64URL.encodeToString(json.getBytes(StandardCharsets.US_ASCII)) + '.')
                .getBytes(StandardCharsets.US_ASCII);
        if (headers.size() < HEADERS_MAX) {
            headers.put(type, encoded);
        }
        return encoded;
    }

    @Override
    public String toString() {
        return "SigningKey[" + kid + ", " + algorithm + "]";
    }
}
