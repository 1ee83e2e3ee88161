package gatehouse.sessions.redis;

import static gatehouse.sessions.Fixtures.AUTH_TIME;
import static gatehouse.sessions.Fixtures.federated;
import static gatehouse.sessions.Fixtures.someOrganization;
import static gatehouse.sessions.Fixtures.someUser;
import static org.assertj.core.api.Assertions.assertThat;

import gatehouse.sessions.Authentication;
import gatehouse.sessions.Participant;
import gatehouse.sessions.SessionId;
import gatehouse.sessions.secret.DerivedKeys;
import gatehouse.sessions.secret.Randomness;
import java.nio.ByteBuffer;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class SessionCodecTest {

    private static final DerivedKeys KEYS = new DerivedKeys(RedisEngine.MASTER);
    private static final SessionCodec CODEC = new SessionCodec(KEYS, new Keyspace(KEYS));
    private static final Randomness RANDOM = new Randomness();
    private static final Instant OPENED = Instant.parse("2026-11-20T10:00:00.987Z");

    private final SessionId id = new SessionId(RANDOM.shardedId(0xa7));
    private final byte[] secretHash = RANDOM.bytes(16);
    private final Authentication authentication = federated(someUser(), someOrganization());
    private final Participant participant = new Participant("saml", "https://sp.example/metadata", AUTH_TIME);

    private byte[] stored() {
        var tail = CODEC.seal(id, authentication, secretHash);
        var chunk = CODEC.seal(id, participant);
        var header = ByteBuffer.allocate(24 + tail.length + chunk.length)
                .put((byte) SessionCodec.VERSION)
                .put((byte) 0)
                .putShort((short) 7)
                .putInt((int) OPENED.getEpochSecond() + 60)
                .putInt((int) OPENED.getEpochSecond() + 3600);
        Stamps.put(header, OPENED.toEpochMilli());
        return header.putShort((short) (tail.length - 24)).putInt(1800).put(tail).put(chunk).array();
    }

    @Test
    void readsWhatItSealed() {
        var session = CODEC.read(id, stored()).orElseThrow();

        assertThat(session.id()).isEqualTo(id);
        assertThat(session.authentication()).isEqualTo(authentication);
        assertThat(session.participants()).containsExactly(participant);
        assertThat(session.generation()).isEqualTo(7);
        assertThat(session.createdAt()).isEqualTo(OPENED);
        assertThat(session.lastSeenAt()).isEqualTo(Instant.ofEpochSecond(OPENED.getEpochSecond() + 60));
        assertThat(session.expiresAt()).isEqualTo(Instant.ofEpochSecond(OPENED.getEpochSecond() + 3600));
    }

    @Test
    void noByteOfIdentityOrSecretCanBeChanged() {
        var stored = stored();
        var session = CODEC.read(id, stored).orElseThrow();

        for (var i = 24; i < stored.length; i++) {
            var tampered = stored.clone();
            tampered[i] ^= 1;
            var read = CODEC.read(id, tampered);
            assertThat(read).as("byte %d", i).isNotEqualTo(java.util.Optional.of(session));
            assertThat(read.map(s -> s.authentication().equals(authentication)).orElse(true)).isTrue();
        }
    }

    @Test
    void sessionIsNotReadUnderAnotherId() {
        assertThat(CODEC.read(new SessionId(RANDOM.shardedId(0xa7)), stored())).isEmpty();
    }

    @Test
    void sessionOfAnotherMasterKeyIsNotRead() {
        var other = new DerivedKeys(new javax.crypto.spec.SecretKeySpec(RANDOM.bytes(32), "test"));

        assertThat(new SessionCodec(other, new Keyspace(other)).read(id, stored())).isEmpty();
    }

    @Test
    void unknownVersionAndStumpsAreNotRead() {
        var stored = stored();
        var future = stored.clone();
        future[0] = 2;

        assertThat(CODEC.read(id, future)).isEmpty();
        for (var length = 0; length < SessionCodec.HEADER_BYTES + 40; length++) {
            assertThat(CODEC.read(id, java.util.Arrays.copyOf(stored, length))).isEmpty();
        }
    }

    @Test
    void bodyHoldsNoTextInClear() {
        var text = new String(stored(), java.nio.charset.StandardCharsets.ISO_8859_1);

        assertThat(text).doesNotContain("grace", authentication.user().value(), "sp.example");
    }
}
