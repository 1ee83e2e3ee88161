package gatehouse.sessions.secret;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import gatehouse.sessions.Fixtures;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.concurrent.atomic.AtomicInteger;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class SealerTest {

    private static final byte[] NONCE = Text.ascii("ABCDEFGHIJKLMNOPQRSTUVWX");
    private static final byte[] PLAIN = Text.ascii("XAES-256-GCM");

    private static Sealer sealer(int keyByte) {
        var key = new byte[32];
        Arrays.fill(key, (byte) keyByte);
        return new Sealer(new SecretKeySpec(key, "AES"));
    }

    @Test
    @DisplayName("C2SP XAES-256-GCM, test vectors: both values of the subkey's highest bit")
    void sealsAsTheSpecificationSays() {
        assertThat(HexFormat.of().formatHex(sealer(1).seal(NONCE, new byte[0], PLAIN)))
                .isEqualTo("ce546ef63c9cc60765923609b33a9a1974e96e52daf2fcf7075e2271");
        assertThat(HexFormat.of().formatHex(sealer(3).seal(NONCE, Text.ascii("c2sp.org/XAES-256-GCM"), PLAIN)))
                .isEqualTo("986ec1832593df5443a179437fd083bf3fdb41abd740a21f71eb769d");
    }

    @Test
    void opensOnlyWhatItSealed() {
        var sealer = sealer(1);
        var bound = Text.ascii("bound to this");
        var sealed = sealer.seal(NONCE, bound, PLAIN);
        var otherNonce = NONCE.clone();
        otherNonce[23]++;

        assertThat(sealer.open(NONCE, bound, sealed, 0, sealed.length)).contains(PLAIN);
        assertThat(sealer.open(otherNonce, bound, sealed, 0, sealed.length)).isEmpty();
        assertThat(sealer.open(NONCE, Text.ascii("bound to that"), sealed, 0, sealed.length)).isEmpty();
        assertThat(sealer(2).open(NONCE, bound, sealed, 0, sealed.length)).isEmpty();
        assertThat(sealer.open(NONCE, bound, sealed, 0, sealed.length - 1)).isEmpty();
        assertThat(sealer.open(NONCE, bound, sealed, 0, 15)).isEmpty();
        assertThat(sealer.open(NONCE, bound, sealed, 1, sealed.length)).isEmpty();
        for (var i = 0; i < sealed.length; i++) {
            var tampered = sealed.clone();
            tampered[i] ^= 1;
            assertThat(sealer.open(NONCE, bound, tampered, 0, tampered.length)).isEmpty();
        }
    }

    @Test
    void sameIsSealedAgainAlike() {
        var sealer = sealer(1);

        assertThat(sealer.seal(NONCE, PLAIN, PLAIN)).isEqualTo(sealer.seal(NONCE, PLAIN, PLAIN));
    }

    @Test
    void manyThreadsSealAndOpen() throws Exception {
        var sealer = sealer(1);
        var next = new AtomicInteger();

        var opened = Fixtures.atOnce(200, () -> {
            var nonce = Arrays.copyOf(Text.ascii("nonce " + next.incrementAndGet()), Sealer.NONCE_BYTES);
            var sealed = sealer.seal(nonce, PLAIN, nonce);
            return Arrays.equals(sealer.open(nonce, PLAIN, sealed, 0, sealed.length).orElseThrow(), nonce);
        });

        assertThat(opened).containsOnly(true);
    }

    @Test
    void masterKeyHas32Bytes() {
        assertThatThrownBy(() -> new DerivedKeys(new SecretKeySpec(new byte[16], "test")))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void purposesHaveKeysOfTheirOwn() {
        var keys = new DerivedKeys(new SecretKeySpec(new byte[32], "test"));

        assertThat(keys.hash("a").of("x")).isNotEqualTo(keys.hash("b").of("x")).hasSize(32);
        var sealedForA = keys.sealer("a").seal(NONCE, PLAIN, PLAIN);
        assertThat(sealedForA).isNotEqualTo(keys.sealer("b").seal(NONCE, PLAIN, PLAIN));
    }

    @Test
    void keyedHashTellsItsPartsApart() {
        var hash = new DerivedKeys(new SecretKeySpec(new byte[32], "test")).hash("a");

        assertThat(hash.of("ab", "c")).isNotEqualTo(hash.of("a", "bc")).isNotEqualTo(hash.of("abc"));
        assertThat(hash.of("ab", "c")).isEqualTo(hash.of("ab", "c"));
    }
}
