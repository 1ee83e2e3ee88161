package gatehouse.sessions.secret;

import java.util.Optional;

/**
 * The value of an authorization code: two hexadecimal digits of the shard it lives on, then 43 base64url characters of
 * 32 random bytes.
 *
 * @param shard the shard
 * @param text  the whole value
 */
public record CodeValue(int shard, String text) {

    private static final int SECRET_BYTES = 32;
    private static final int SECRET_LENGTH = 43;

    /** A fresh value on {@code shard}. */
    public static CodeValue fresh(int shard, Randomness random) {
        return new CodeValue(shard, Text.hex(shard) + Text.base64Url(random.bytes(SECRET_BYTES)));
    }

    /** Reads what a client sent; empty unless it has exactly this form. */
    public static Optional<CodeValue> parse(String text) {
        if (!Text.isBase64Url(text, 2, SECRET_LENGTH)) {
            return Optional.empty();
        }
        var shard = Text.fromHex(text.charAt(0), text.charAt(1));
        return shard < 0 ? Optional.empty() : Optional.of(new CodeValue(shard, text));
    }

    /** SHA-256 of the value: names the stored code and is the nonce it is sealed with. */
    public byte[] hash() {
        return TokenHash.of(text);
    }

    @Override
    public String toString() {
        return "CodeValue[•••]";
    }
}
