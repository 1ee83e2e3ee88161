package gatehouse.idp.oauth.token;

import gatehouse.idp.oauth.wire.OAuthError;
import gatehouse.idp.oauth.wire.Reason;
import gatehouse.idp.oauth.wire.Sha256;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Base64;
import java.util.Optional;

/** Proof Key for Code Exchange, method S256 (RFC 7636 §4.6). */
public final class Pkce {

    /** The only challenge method: {@code plain} shows the verifier to whoever sees the request. */
    public static final String METHOD = "S256";

    private static final int VERIFIER_LENGTH_MIN = 43;
    private static final int VERIFIER_LENGTH_MAX = 128;
    private static final int CHALLENGE_LENGTH = 43;

    private Pkce() {}

    /** Whether {@code text} can be an S256 challenge: the base64url of 32 bytes. */
    public static boolean isChallenge(String text) {
        return text.length() == CHALLENGE_LENGTH && text.chars().allMatch(Pkce::isBase64Url);
    }

    /** Refuses unless {@code verifier} belongs to {@code challenge}, or there is neither. */
    public static void verify(Optional<String> challenge, Optional<String> verifier) {
        if (challenge.isEmpty()) {
            if (verifier.isPresent()) {
                // RFC 9700 §2.1.1: the challenge was taken out of the authorization request on its way here.
                throw OAuthError.invalidGrant(Reason.PKCE_DOWNGRADE);
            }
            return;
        }
        var presented = verifier.orElseThrow(() -> OAuthError.invalidGrant(Reason.PKCE_MISSING));
        if (!isVerifier(presented) || !MessageDigest.isEqual(ascii(challengeOf(presented)), ascii(challenge.get()))) {
            throw OAuthError.invalidGrant(Reason.PKCE_MISMATCH);
        }
    }

    /** The S256 challenge of {@code verifier}. */
    public static String challengeOf(String verifier) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(Sha256.of(verifier));
    }

    private static boolean isVerifier(String text) {
        return text.length() >= VERIFIER_LENGTH_MIN
                && text.length() <= VERIFIER_LENGTH_MAX
                && text.chars().allMatch(c -> isBase64Url(c) || c == '.' || c == '~');
    }

    private static boolean isBase64Url(int c) {
        return c >= 'A' && c <= 'Z' || c >= 'a' && c <= 'z' || c >= '0' && c <= '9' || c == '-' || c == '_';
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }
}
