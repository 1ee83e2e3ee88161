package gatehouse.sessions.redis;

import gatehouse.sessions.Authentication;
import gatehouse.sessions.Participant;
import gatehouse.sessions.Session;
import gatehouse.sessions.SessionId;
import gatehouse.sessions.secret.DerivedKeys;
import gatehouse.sessions.secret.Sealer;
import gatehouse.sessions.secret.Text;
import gatehouse.sessions.secret.TokenHash;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * A session as Redis holds it: a header that scripts read and change, the sealed authentication, and one sealed chunk
 * per participant.
 *
 * <pre>
 *  0 version u8 · 1 flags u8 · 2 generation u16 · 4 last seen u32 s · 8 absolute end u32 s · 12 opened u48 ms
 * 18 length of the sealed authentication u16 · 20 idle limit u32 s
 * 24 organization tag, 8 bytes · 32 hash of the cookie's secret, 16 bytes
 * 48 sealed authentication, then per participant: length u16 · tag, 8 bytes · joined u32 s · sealed kind and id
 * </pre>
 *
 * <p>The authentication is bound to the session id, the organization tag and the secret's hash: who can write to Redis
 * can still not open a session with a secret of their own. Its nonce is the secret's hash, which is new whenever it is
 * sealed. A participant's nonce is a keyed hash of session and party, and the time.
 */
final class SessionCodec {

    static final int VERSION = 1;
    static final int HEADER_BYTES = 48;

    private static final int OPENED = 12;
    private static final int ORGANIZATION = 24;
    private static final int SECRET = 32;
    private static final int CHUNK_HEAD_BYTES = 12; // tag and time

    private final Sealer sealer;
    private final Keyspace keyspace;

    SessionCodec(DerivedKeys keys, Keyspace keyspace) {
        this.sealer = keys.sealer("session");
        this.keyspace = keyspace;
    }

    /** The bytes from the organization tag to the end of the sealed authentication: what a script stores as it is. */
    byte[] seal(SessionId id, Authentication authentication, byte[] secretHash) {
        var bound = new byte[HEADER_BYTES - ORGANIZATION];
        System.arraycopy(keyspace.organizationTag(authentication.organization()), 0, bound, 0, 8);
        System.arraycopy(secretHash, 0, bound, SECRET - ORGANIZATION, secretHash.length);
        var body = AuthenticationBody.writeName(
                authentication, AuthenticationBody.write(authentication, new BodyWriter())).done();
        var sealed = sealer.seal(nonce(id, bound), associated(id, bound), body);
        var tail = Arrays.copyOf(bound, bound.length + sealed.length);
        System.arraycopy(sealed, 0, tail, bound.length, sealed.length);
        return tail;
    }

    /** The chunk that a participant is kept as: its length, its tag, and what they head. */
    byte[] seal(SessionId id, Participant participant) {
        var tag = keyspace.participantTag(id, participant.kind(), participant.id());
        var body = new BodyWriter().text(participant.kind()).text(participant.id()).done();
        var joined = (int) participant.at().getEpochSecond();
        var head = ByteBuffer.allocate(CHUNK_HEAD_BYTES).put(tag).putInt(joined).array();
        var sealed = sealer.seal(nonce(id, head, CHUNK_HEAD_BYTES), Text.ascii(id.value()), body);
        var chunk = ByteBuffer.allocate(2 + head.length + sealed.length);
        return chunk.putShort((short) (head.length + sealed.length)).put(head).put(sealed).array();
    }

    /** Whether this is a session of a version that we read. */
    static boolean isReadable(byte[] stored) {
        return stored.length >= HEADER_BYTES && stored[0] == VERSION;
    }

    /** When the stored session was opened, on Redis' clock. */
    static long openedMillis(byte[] stored) {
        return Stamps.millis(stored, OPENED);
    }

    static long lastSeenSeconds(byte[] stored) {
        return seconds(stored, 4);
    }

    static long idleSeconds(byte[] stored) {
        return seconds(stored, 20);
    }

    static long organizationTag(byte[] stored) {
        return ByteBuffer.wrap(stored).getLong(ORGANIZATION);
    }

    /** Whether {@code secretHash} is that of the cookie that opens the stored session, compared in constant time. */
    static boolean isOpenedBy(byte[] stored, byte[] secretHash) {
        return isReadable(stored)
                && MessageDigest.isEqual(Arrays.copyOfRange(stored, SECRET, HEADER_BYTES), secretHash);
    }

    /** The session; empty if what is stored is not of a version we read, or was not sealed for {@code id}. */
    Optional<Session> read(SessionId id, byte[] stored) {
        if (!isReadable(stored)) {
            return Optional.empty();
        }
        var header = ByteBuffer.wrap(stored);
        var length = header.getShort(18) & 0xffff;
        var bound = Arrays.copyOfRange(stored, ORGANIZATION, HEADER_BYTES);
        return sealer.open(nonce(id, bound), associated(id, bound), stored, HEADER_BYTES, length)
                .map(BodyReader::new)
                .map(body -> new Session(
                        id,
                        AuthenticationBody.readName(AuthenticationBody.read(body), body),
                        participants(id, stored, HEADER_BYTES + length),
                        Instant.ofEpochMilli(openedMillis(stored)),
                        Instant.ofEpochSecond(lastSeenSeconds(stored)),
                        Instant.ofEpochSecond(seconds(stored, 8)),
                        header.getShort(2) & 0xffff));
    }

    private List<Participant> participants(SessionId id, byte[] stored, int from) {
        if (from >= stored.length) {
            return List.of();
        }
        var participants = new ArrayList<Participant>();
        var bytes = ByteBuffer.wrap(stored);
        for (var at = from; at + 2 + CHUNK_HEAD_BYTES <= stored.length; ) {
            var length = bytes.getShort(at) & 0xffff;
            var head = Arrays.copyOfRange(stored, at + 2, at + 2 + CHUNK_HEAD_BYTES);
            var joined = Instant.ofEpochSecond(seconds(head, 8));
            var sealedAt = at + 2 + CHUNK_HEAD_BYTES;
            var sealedLength = length - CHUNK_HEAD_BYTES;
            var nonce = nonce(id, head, CHUNK_HEAD_BYTES);
            sealer.open(nonce, Text.ascii(id.value()), stored, sealedAt, sealedLength)
                    .map(BodyReader::new)
                    .ifPresent(body -> participants.add(new Participant(body.text(), body.text(), joined)));
            at += 2 + length;
        }
        return participants;
    }

    private static byte[] nonce(SessionId id, byte[] bound) {
        return nonce(id, Arrays.copyOfRange(bound, SECRET - ORGANIZATION, bound.length), TokenHash.SHORT_BYTES);
    }

    /** {@code length} bytes of {@code head}, filled up with the session's id. */
    private static byte[] nonce(SessionId id, byte[] head, int length) {
        var nonce = Arrays.copyOf(head, Sealer.NONCE_BYTES);
        for (var i = length; i < Sealer.NONCE_BYTES; i++) {
            nonce[i] = (byte) id.value().charAt(2 + i - length);
        }
        return nonce;
    }

    private static byte[] associated(SessionId id, byte[] bound) {
        return ByteBuffer.allocate(24 + bound.length).put(Text.ascii(id.value())).put(bound).array();
    }

    private static long seconds(byte[] bytes, int at) {
        return ByteBuffer.wrap(bytes).getInt(at) & 0xffff_ffffL;
    }
}
