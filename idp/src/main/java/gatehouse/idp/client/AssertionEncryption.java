package gatehouse.idp.client;

import gatehouse.idp.schema.Described;
import java.security.cert.X509Certificate;
import java.util.Optional;

/**
 * How assertions are encrypted for a service provider.
 *
 * @param certificate  whose RSA key they are encrypted for
 * @param content      algorithm of the content
 * @param keyTransport algorithm of the content's key
 */
public record AssertionEncryption(
        @Described(value = "Its encryption certificate (RSA), PEM or Base64 DER.", min = 1, max = 16_384)
        X509Certificate certificate,
        @Described(value = "Algorithm of the content. Default: aes256-gcm. CBC is for service providers that know"
                + " nothing else, and only within a signed response.",
                oneOf = {"aes256-gcm", "aes128-gcm", "aes256-cbc", "aes128-cbc"})
        Optional<String> content,
        @Described(value = "Algorithm of the content's key. Default: rsa-oaep-mgf1p, which all know.",
                oneOf = {"rsa-oaep-mgf1p", "rsa-oaep-sha256"})
        Optional<String> keyTransport) {}
