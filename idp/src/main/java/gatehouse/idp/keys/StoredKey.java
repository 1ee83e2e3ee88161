package gatehouse.idp.keys;

import java.time.Instant;
import java.util.Optional;

/**
 * A key as it is kept: its public part in clear, its private part wrapped. What it may do at a given time follows from
 * {@code signsFrom} and from its neighbours alone ({@link KeyRotation}), so no row has to change for a key to take
 * over.
 *
 * @param issuer      name of the issuer it belongs to
 * @param kid         RFC 7638 SHA-256 thumbprint of the public key
 * @param purpose     what it is for
 * @param createdAt   when it was made, and published from
 * @param signsFrom   when it takes over from the key before it
 * @param publicJwk   the public key as a JWK (RFC 7517)
 * @param certificate self-signed X.509 certificate in DER, for SAML keys
 * @param secret      the private key, wrapped
 */
public record StoredKey(
        String issuer,
        String kid,
        KeyPurpose purpose,
        Instant createdAt,
        Instant signsFrom,
        String publicJwk,
        Optional<byte[]> certificate,
        Wrapped secret) {

    /**
     * Bytes that only the holder of the master key can read.
     *
     * @param kekId names the master key
     * @param bytes nonce, ciphertext and tag; not to be changed
     */
    public record Wrapped(String kekId, byte[] bytes) {
        @Override
        public String toString() {
            return "Wrapped[" + kekId + ", •••]";
        }
    }

    /** This key, taking over at another time. */
    public StoredKey signingFrom(Instant instant) {
        return new StoredKey(issuer, kid, purpose, createdAt, instant, publicJwk, certificate, secret);
    }
}
