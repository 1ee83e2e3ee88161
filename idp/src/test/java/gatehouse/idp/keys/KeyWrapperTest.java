package gatehouse.idp.keys;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

class KeyWrapperTest {

    private static final byte[] SECRET = "a private key".getBytes(StandardCharsets.UTF_8);

    private static KeyWrapper wrapper(int seed) {
        var master = new byte[32];
        Arrays.fill(master, (byte) seed);
        return new KeyWrapper(master);
    }

    @Test
    void opensWhatItWrapped() {
        var wrapped = wrapper(1).wrap("main/k1", SECRET);

        assertThat(wrapper(1).unwrap("main/k1", wrapped)).isEqualTo(SECRET);
    }

    @Test
    void everyWrappingIsDifferentAndHidesTheSecret() {
        var one = wrapper(1).wrap("main/k1", SECRET);
        var two = wrapper(1).wrap("main/k1", SECRET);

        assertThat(one.bytes()).isNotEqualTo(two.bytes());
        assertThat(new String(one.bytes(), StandardCharsets.ISO_8859_1)).doesNotContain("private");
        assertThat(one.toString()).doesNotContain("[B");
    }

    @Test
    void anotherMasterKeyIsRefusedByName() {
        var wrapped = wrapper(1).wrap("main/k1", SECRET);

        assertThatThrownBy(() -> wrapper(2).unwrap("main/k1", wrapped))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining(wrapper(1).kekId())
                .hasMessageContaining(wrapper(2).kekId());
    }

    @Test
    void anotherMasterKeyUnderTheFirstOnesNameIsRefused() {
        var wrapped = new StoredKey.Wrapped(wrapper(2).kekId(), wrapper(1).wrap("main/k1", SECRET).bytes());

        assertThatThrownBy(() -> wrapper(2).unwrap("main/k1", wrapped)).isInstanceOf(IllegalStateException.class);
    }

    @Test
    void anotherOwnerIsRefused() {
        var wrapped = wrapper(1).wrap("main/k1", SECRET);

        assertThatThrownBy(() -> wrapper(1).unwrap("main/k2", wrapped)).isInstanceOf(IllegalStateException.class);
    }

    @Test
    void everyTamperedByteIsRefused() {
        var wrapped = wrapper(1).wrap("main/k1", SECRET);
        for (int i = 0; i < wrapped.bytes().length; i++) {
            var bent = wrapped.bytes().clone();
            bent[i] ^= 1;
            var tampered = new StoredKey.Wrapped(wrapped.kekId(), bent);
            assertThatThrownBy(() -> wrapper(1).unwrap("main/k1", tampered)).isInstanceOf(IllegalStateException.class);
        }
        var truncated = new StoredKey.Wrapped(wrapped.kekId(), new byte[27]);
        assertThatThrownBy(() -> wrapper(1).unwrap("main/k1", truncated)).isInstanceOf(IllegalStateException.class);
    }

    @Test
    void masterKeyHasExactly32Bytes() {
        assertThatThrownBy(() -> new KeyWrapper(new byte[31])).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new KeyWrapper(new byte[33])).isInstanceOf(IllegalArgumentException.class);
    }
}
