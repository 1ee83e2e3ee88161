package gatehouse.sessions.redis;

import gatehouse.sessions.FamilyId;
import gatehouse.sessions.SessionId;
import gatehouse.sessions.secret.DerivedKeys;
import gatehouse.sessions.secret.KeyedHash;
import gatehouse.sessions.secret.Text;
import gatehouse.sessions.secret.TokenHash;
import gatehouse.spi.ConnectionId;
import gatehouse.spi.OrganizationId;
import gatehouse.spi.UserId;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * The only place where a Redis key is spelled. All keys of one user carry one hash tag, so that what must happen in one
 * step happens on one Redis slot. No key contains anything a caller sent: only random ids and hashes.
 */
final class Keyspace {

    static final byte[] META = Text.ascii("meta");
    static final byte[] CUT_OFFS = Text.ascii("o");
    static final String CUT_OFF_CHANNEL = "gatehouse:cut-offs";

    static final int POINTER_BYTES = 1 + TokenHash.SHORT_BYTES;

    private static final int ID_LENGTH = 22;
    private static final int ID_START = 6; // keys of 28 bytes: one more, and Redis takes 8 more for each
    private static final byte[] NO_ORGANIZATION = new byte[8];

    private final KeyedHash names;

    Keyspace(DerivedKeys keys) {
        names = keys.hash("names");
    }

    /** What ties a stored {@code meta} key to the master key: a hash of nothing else. */
    String masterCheck() {
        return Text.base64Url(Arrays.copyOf(names.of("master"), TokenHash.SHORT_BYTES));
    }

    /** Where a user's keys live, and the key of the index of the user's sessions. */
    UserIndex index(String issuer, UserId user) {
        var hash = names.of("user", issuer, user.value());
        var shard = hash[31] & 0xff;
        return new UserIndex(shard, key('u', shard, Text.base64Url(Arrays.copyOf(hash, TokenHash.SHORT_BYTES))));
    }

    /** A user's shard and index key. */
    record UserIndex(int shard, byte[] key) {}

    /** The indexes again, from what {@link #pointer} made, one after the other. */
    static List<UserIndex> indexes(byte[] pointers) {
        var indexes = new ArrayList<UserIndex>();
        for (var at = 0; at + POINTER_BYTES <= pointers.length; at += POINTER_BYTES) {
            var shard = pointers[at] & 0xff;
            var hash = Arrays.copyOfRange(pointers, at + 1, at + POINTER_BYTES);
            indexes.add(new UserIndex(shard, key('u', shard, Text.base64Url(hash))));
        }
        return indexes;
    }

    /** The bytes that lead to the index of a user: its shard, and what its key is made of. */
    byte[] pointer(String issuer, UserId user) {
        var hash = names.of("user", issuer, user.value());
        var pointer = new byte[POINTER_BYTES];
        pointer[0] = hash[31];
        System.arraycopy(hash, 0, pointer, 1, TokenHash.SHORT_BYTES);
        return pointer;
    }

    /** A name for what the identity provider of a connection calls a user or a session. */
    byte[] upstreamName(String kind, String issuer, ConnectionId connection, String called) {
        return names.of("upstream", kind, issuer, connection.value(), called);
    }

    /** The key of the pointers to users whom an identity provider calls by {@code name}. */
    byte[] upstream(byte[] name) {
        return named('x', name);
    }

    byte[] session(SessionId id) {
        return key('s', id.shard(), id.value());
    }

    byte[] family(FamilyId id) {
        return key('r', id.shard(), id.value());
    }

    /** The mark that a family's access tokens are dead. */
    byte[] deadFamily(FamilyId id) {
        return key('d', id.shard(), id.value());
    }

    /** The mark that an access token is dead; on the shard of its session, if it has one. */
    byte[] deadToken(String jti, Optional<SessionId> session) {
        var hash = TokenHash.of(jti);
        var shard = session.isPresent() ? session.get().shard() : hash[31] & 0xff;
        return key('d', shard, Text.base64Url(Arrays.copyOf(hash, TokenHash.SHORT_BYTES)));
    }

    /** The key of the code whose value hashes to {@code hash}. */
    byte[] code(int shard, byte[] hash) {
        return key('k', shard, Text.base64Url(Arrays.copyOf(hash, TokenHash.SHORT_BYTES)));
    }

    byte[] flow(byte[] name) {
        return named('c', name);
    }

    byte[] replay(byte[] name) {
        return named('j', name);
    }

    byte[] attempts(byte[] name) {
        return named('n', name);
    }

    byte[] outbox(int shard) {
        return key('q', shard, "");
    }

    /** A name for what a caller calls {@code id} among {@code kind}. */
    byte[] name(String kind, String id) {
        return names.of("named", kind, id);
    }

    /** The shard of what is called {@code name}. */
    static int shard(byte[] name) {
        return name[31] & 0xff;
    }

    /** Eight bytes that stand for an organization; zeros for none. */
    byte[] organizationTag(Optional<OrganizationId> organization) {
        return organization.isEmpty()
                ? NO_ORGANIZATION
                : Arrays.copyOf(names.of("organization", organization.get().value()), 8);
    }

    /** Eight bytes that stand for a client. */
    byte[] clientTag(String client) {
        return Arrays.copyOf(names.of("client", client), 8);
    }

    /** Eight bytes that stand for a relying party within one session. */
    byte[] participantTag(SessionId session, String kind, String id) {
        return Arrays.copyOf(names.of("participant", session.value(), kind, id), 8);
    }

    private static byte[] named(char kind, byte[] name) {
        return key(kind, shard(name), Text.base64Url(Arrays.copyOf(name, TokenHash.SHORT_BYTES)));
    }

    /** {@code kind:{tag}} and the last 22 characters of {@code id}. */
    private static byte[] key(char kind, int shard, String id) {
        var key = new byte[ID_START + Math.min(id.length(), ID_LENGTH)];
        var tag = ShardTags.of(shard);
        key[0] = (byte) kind;
        key[1] = ':';
        key[2] = '{';
        key[3] = tag[0];
        key[4] = tag[1];
        key[5] = '}';
        for (int i = ID_START, from = id.length() - (key.length - ID_START); i < key.length; i++, from++) {
            key[i] = (byte) id.charAt(from);
        }
        return key;
    }
}
