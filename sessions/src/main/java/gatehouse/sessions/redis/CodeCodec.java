package gatehouse.sessions.redis;

import gatehouse.sessions.AuthorizationCode;
import gatehouse.sessions.FamilyId;
import gatehouse.sessions.SessionId;
import gatehouse.sessions.secret.DerivedKeys;
import gatehouse.sessions.secret.Sealer;
import gatehouse.sessions.secret.Text;
import gatehouse.spi.ClientId;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Optional;

/**
 * An authorization code as Redis holds it.
 *
 * <pre>
 * 0 version u8 · 1 spent u8 · 2 issued u48 ms · 8 organization tag, 8 bytes · 16 family, 16 bytes · 32 sealed body
 * </pre>
 *
 * <p>A spent code keeps its header only. The nonce is the hash of the code's value, which is new in every code.
 */
final class CodeCodec {

    static final int VERSION = 1;
    static final int HEADER_BYTES = 32;

    private static final int ISSUED = 2;
    private static final int ORGANIZATION = 8;
    private static final int FAMILY = 16;

    private final Sealer sealer;
    private final Keyspace keyspace;

    CodeCodec(DerivedKeys keys, Keyspace keyspace) {
        this.sealer = keys.sealer("code");
        this.keyspace = keyspace;
    }

    byte[] seal(AuthorizationCode code, byte[] hash, long issuedMillis) {
        var header = Stamps.put(ByteBuffer.allocate(HEADER_BYTES).put((byte) VERSION).put((byte) 0), issuedMillis)
                .put(keyspace.organizationTag(code.authentication().organization()))
                .put(Text.fromBase64Url(code.family().value().substring(2)))
                .array();
        var elements = AuthenticationBody.write(code.authentication(), new BodyWriter())
                .text(code.client().value())
                .text(code.redirectUri())
                .texts(code.scopes())
                .text(code.session().value())
                .text(code.codeChallenge())
                .text(code.nonce())
                .texts(code.audience())
                .texts(code.parameters())
                .instant(code.expiresAt());
        var body = AuthenticationBody.writeName(code.authentication(), elements).done();
        var sealed = sealer.seal(nonce(hash), header, body);
        return ByteBuffer.allocate(HEADER_BYTES + sealed.length).put(header).put(sealed).array();
    }

    static boolean isReadable(byte[] stored) {
        return stored.length >= HEADER_BYTES && stored[0] == VERSION;
    }

    static boolean isSpent(byte[] stored) {
        return stored[1] == 1;
    }

    static long issuedMillis(byte[] stored) {
        return Stamps.millis(stored, ISSUED);
    }

    static long organizationTag(byte[] stored) {
        return ByteBuffer.wrap(stored).getLong(ORGANIZATION);
    }

    static FamilyId family(int shard, byte[] stored) {
        return new FamilyId(Text.hex(shard) + Text.base64Url(Arrays.copyOfRange(stored, FAMILY, HEADER_BYTES)));
    }

    /** The code; empty if what is stored was not sealed for a code of this hash. */
    Optional<AuthorizationCode> read(int shard, byte[] hash, byte[] stored) {
        var header = Arrays.copyOf(stored, HEADER_BYTES);
        return sealer.open(nonce(hash), header, stored, HEADER_BYTES, stored.length - HEADER_BYTES)
                .map(BodyReader::new)
                .map(body -> read(family(shard, stored), body));
    }

    private static AuthorizationCode read(FamilyId family, BodyReader body) {
        var authentication = AuthenticationBody.read(body);
        var client = new ClientId(body.text());
        var redirectUri = body.optionalText();
        var scopes = body.texts();
        var session = new SessionId(body.text());
        var codeChallenge = body.optionalText();
        var nonce = body.optionalText();
        var audience = body.texts();
        var parameters = body.map();
        var expiresAt = body.instant();
        return new AuthorizationCode(
                client,
                redirectUri,
                scopes,
                AuthenticationBody.readName(authentication, body),
                session,
                family,
                codeChallenge,
                nonce,
                audience,
                parameters,
                expiresAt);
    }

    private static byte[] nonce(byte[] hash) {
        return Arrays.copyOfRange(hash, hash.length - Sealer.NONCE_BYTES, hash.length);
    }
}
