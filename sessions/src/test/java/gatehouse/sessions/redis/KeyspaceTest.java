package gatehouse.sessions.redis;

import static org.assertj.core.api.Assertions.assertThat;

import gatehouse.sessions.FamilyId;
import gatehouse.sessions.SessionId;
import gatehouse.sessions.secret.DerivedKeys;
import gatehouse.sessions.secret.Randomness;
import gatehouse.sessions.secret.Text;
import gatehouse.sessions.secret.TokenHash;
import gatehouse.spi.UserId;
import io.lettuce.core.cluster.SlotHash;
import java.io.ByteArrayOutputStream;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class KeyspaceTest {

    private static final Keyspace KEYSPACE = new Keyspace(new DerivedKeys(RedisEngine.MASTER));

    @Test
    void keysOfAUserLieOnOneSlot() {
        var random = new Randomness();
        var index = KEYSPACE.index("main", new UserId("ada"));
        var session = new SessionId(random.shardedId(index.shard()));
        var family = new FamilyId(random.shardedId(index.shard()));

        var keys = List.of(
                index.key(),
                KEYSPACE.session(session),
                KEYSPACE.family(family),
                KEYSPACE.deadFamily(family),
                KEYSPACE.deadToken("jti", Optional.of(session)),
                KEYSPACE.code(index.shard(), TokenHash.of("code")),
                KEYSPACE.outbox(index.shard()));

        assertThat(keys).extracting(SlotHash::getSlot).containsOnly(SlotHash.getSlot(index.key()));
        assertThat(keys).extracting(Text::ascii).doesNotHaveDuplicates();
    }

    @Test
    void shardsAreEvenlySpacedOverTheSlots() {
        for (var shard = 0; shard < ShardTags.SHARDS; shard++) {
            assertThat(SlotHash.getSlot(ShardTags.of(shard)) / 64).isEqualTo(shard);
        }
    }

    @Test
    void tagsNeverChange() {
        var all = new ByteArrayOutputStream();
        for (var shard = 0; shard < ShardTags.SHARDS; shard++) {
            all.writeBytes(ShardTags.of(shard));
        }

        assertThat(Text.base64Url(TokenHash.of(all.toByteArray())))
                .isEqualTo("4n3zRiowJAmwFxZN4z6NX6jMpMq1oqRLi8Eto1dMZ0Q");
    }

    @Test
    void usersSpreadOverTheShards() {
        var users = new int[ShardTags.SHARDS];
        for (var i = 0; i < 25_600; i++) {
            users[KEYSPACE.index("main", new UserId("user-" + i)).shard()]++;
        }

        assertThat(Arrays.stream(users)).allMatch(count -> count > 50 && count < 170);
    }

    @Test
    void wordsKeepTheirNumbers() {
        assertThat(Words.word(0)).isEqualTo("main");
        assertThat(Words.word(3)).isEqualTo("pwd");
        assertThat(Words.word(Words.numberOf("mfa"))).isEqualTo("mfa");
        assertThat(Words.numberOf("openid")).isEqualTo(44);
        assertThat(Words.numberOf("no such word")).isEqualTo(-1);
    }
}
