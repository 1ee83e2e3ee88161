package gatehouse.sessions.redis;

import gatehouse.sessions.FamilyId;
import gatehouse.sessions.RefreshFamily;
import gatehouse.sessions.SessionId;
import gatehouse.sessions.secret.DerivedKeys;
import gatehouse.sessions.secret.RefreshValue;
import gatehouse.sessions.secret.Sealer;
import gatehouse.sessions.secret.Text;
import gatehouse.spi.ClientId;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.Optional;

/**
 * A refresh family as Redis holds it.
 *
 * <pre>
 *  0 version u8 · 1 flags u8 · 2 generation of the current token u32 · 6 rotated u48 ms · 12 opened u48 ms
 * 18 hash of the seed, 16 bytes · 34 client tag, 8 bytes · 42 organization tag, 8 bytes · 50 sealed body
 * </pre>
 *
 * <p>The body is bound to the family, its session and everything from the seed's hash on; its nonce is that hash, which
 * is new in every family.
 */
final class FamilyCodec {

    static final int VERSION = 1;
    static final int HEADER_BYTES = 50;

    private static final int SEED = 18;
    private static final int CLIENT = 34;
    private static final int ORGANIZATION = 42;

    private final Sealer sealer;
    private final Keyspace keyspace;

    FamilyCodec(DerivedKeys keys, Keyspace keyspace) {
        this.sealer = keys.sealer("family");
        this.keyspace = keyspace;
    }

    /** The bytes from the seed's hash on: what a script stores as it is. */
    byte[] seal(RefreshFamily family, byte[] seedHash) {
        var bound = ByteBuffer.allocate(HEADER_BYTES - SEED)
                .put(seedHash)
                .put(keyspace.clientTag(family.client().value()))
                .put(keyspace.organizationTag(family.authentication().organization()))
                .array();
        var elements = AuthenticationBody.write(family.authentication(), new BodyWriter())
                .text(family.client().value())
                .texts(family.scopes())
                .texts(family.audience())
                .texts(family.parameters())
                .instant(family.expiresAt());
        var body = AuthenticationBody.writeName(family.authentication(), elements).done();
        var sealed = sealer.seal(nonce(family.id(), bound), associated(family.id(), family.session(), bound), body);
        return ByteBuffer.allocate(bound.length + sealed.length).put(bound).put(sealed).array();
    }

    /** Whether {@code value} is the current token of what {@code stored} holds from {@code at} on. */
    static boolean isCurrent(RefreshValue value, byte[] stored) {
        return stored.length >= HEADER_BYTES
                && ByteBuffer.wrap(stored).getInt(2) <= value.generation()
                && MessageDigest.isEqual(Arrays.copyOfRange(stored, SEED, CLIENT), value.seedHash());
    }

    static long openedMillis(byte[] stored) {
        return Stamps.millis(stored, 12);
    }

    static long organizationTag(byte[] stored) {
        return ByteBuffer.wrap(stored).getLong(ORGANIZATION);
    }

    /** The family; empty if what is stored is not of a version we read, or was not sealed for this family. */
    Optional<RefreshFamily> read(FamilyId id, Optional<SessionId> session, byte[] stored) {
        if (stored.length < HEADER_BYTES || stored[0] != VERSION) {
            return Optional.empty();
        }
        var bound = Arrays.copyOfRange(stored, SEED, HEADER_BYTES);
        var length = stored.length - HEADER_BYTES;
        return sealer.open(nonce(id, bound), associated(id, session, bound), stored, HEADER_BYTES, length)
                .map(BodyReader::new)
                .map(body -> read(id, session, body));
    }

    private static RefreshFamily read(FamilyId id, Optional<SessionId> session, BodyReader body) {
        var authentication = AuthenticationBody.read(body);
        var client = new ClientId(body.text());
        var scopes = body.texts();
        var audience = body.texts();
        var parameters = body.map();
        var expiresAt = body.instant();
        return new RefreshFamily(id, client, scopes, AuthenticationBody.readName(authentication, body), session,
                audience, parameters, expiresAt);
    }

    private static byte[] nonce(FamilyId id, byte[] bound) {
        var nonce = Arrays.copyOf(bound, Sealer.NONCE_BYTES);
        for (var i = 0; i < 8; i++) {
            nonce[16 + i] = (byte) id.value().charAt(2 + i);
        }
        return nonce;
    }

    private static byte[] associated(FamilyId id, Optional<SessionId> session, byte[] bound) {
        var ids = Text.ascii(id.value() + session.map(SessionId::value).orElse(""));
        return ByteBuffer.allocate(ids.length + bound.length).put(ids).put(bound).array();
    }
}
