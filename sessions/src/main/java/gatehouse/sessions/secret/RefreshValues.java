package gatehouse.sessions.secret;

import gatehouse.sessions.FamilyId;
import gatehouse.sessions.SessionId;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.Optional;

/** Writes refresh tokens, and reads back only those that it wrote. */
public final class RefreshValues {

    private static final String VERSION = "v1.";
    private static final int ID_LENGTH = 24;
    private static final int FAMILY_END = VERSION.length() + ID_LENGTH;
    private static final int PAYLOAD_BYTES = Integer.BYTES + RefreshValue.SEED_BYTES;
    private static final int MAC_BYTES = 16;
    private static final int TAIL_LENGTH = 70; // base64url of payload and MAC

    private final KeyedHash macs;
    private final Randomness random;

    /** Takes the key that proves our tokens. */
    public RefreshValues(KeyedHash macs, Randomness random) {
        this.macs = macs;
        this.random = random;
    }

    /** The first token of a family. */
    public RefreshValue first(FamilyId family, Optional<SessionId> session) {
        return new RefreshValue(family, session, 0, random.bytes(RefreshValue.SEED_BYTES));
    }

    /** The token as the client keeps it. */
    public String text(RefreshValue value) {
        var payload = ByteBuffer.allocate(PAYLOAD_BYTES + MAC_BYTES).putInt(value.generation()).put(value.seed());
        var head = VERSION + value.family() + '.' + value.session().map(SessionId::value).orElse("") + '.';
        var mac = mac(head, Arrays.copyOf(payload.array(), PAYLOAD_BYTES));
        return head + Text.base64Url(payload.put(mac, 0, MAC_BYTES).array());
    }

    /** Reads what a client sent; empty unless we made it, whatever has become of it since. */
    public Optional<RefreshValue> parse(String text) {
        var tail = text.length() - TAIL_LENGTH;
        var hasSession = tail == FAMILY_END + 2 + ID_LENGTH;
        if (!hasSession && tail != FAMILY_END + 2
                || !text.startsWith(VERSION)
                || text.charAt(FAMILY_END) != '.'
                || text.charAt(tail - 1) != '.'
                || !Text.isBase64Url(text, tail, TAIL_LENGTH)) {
            return Optional.empty();
        }
        var family = text.substring(VERSION.length(), FAMILY_END);
        var session = text.substring(FAMILY_END + 1, tail - 1);
        if (!FamilyId.isWellFormed(family) || hasSession && !SessionId.isWellFormed(session)) {
            return Optional.empty();
        }
        var bytes = Text.fromBase64Url(text.substring(tail));
        var payload = Arrays.copyOf(bytes, PAYLOAD_BYTES);
        var mac = Arrays.copyOf(mac(text.substring(0, tail), payload), MAC_BYTES);
        if (!MessageDigest.isEqual(mac, Arrays.copyOfRange(bytes, PAYLOAD_BYTES, PAYLOAD_BYTES + MAC_BYTES))) {
            return Optional.empty();
        }
        return Optional.of(new RefreshValue(
                new FamilyId(family),
                hasSession ? Optional.of(new SessionId(session)) : Optional.empty(),
                ByteBuffer.wrap(payload).getInt(),
                Arrays.copyOfRange(payload, Integer.BYTES, PAYLOAD_BYTES)));
    }

    private byte[] mac(String head, byte[] payload) {
        return macs.of(Text.ascii(head), payload);
    }
}
