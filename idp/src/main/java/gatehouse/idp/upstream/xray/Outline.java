package gatehouse.idp.upstream.xray;

import gatehouse.idp.http.Compared;

/**
 * What a message that was refused looks like, for the administrator: unverified, so that nothing may rely on it.
 *
 * @param text         its structure, with every personal value, signature and ciphertext masked
 * @param certificates the certificates on file, and the one that the message names
 */
public record Outline(String text, Compared certificates) {

    /** Longest text. */
    public static final int LENGTH_MAX = 16 * 1024;
}
