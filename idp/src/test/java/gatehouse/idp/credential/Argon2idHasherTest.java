package gatehouse.idp.credential;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import gatehouse.spi.credential.PasswordHash;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

final class Argon2idHasherTest {

    private static final Argon2Cost CHEAP = new Argon2Cost(64, 1, 1, 32);
    private final Argon2idHasher hasher = new Argon2idHasher(CHEAP, new SecureRandom());

    @Test
    void verifiesWhatItHashed() {
        var stored = hasher.hash("pässword".toCharArray());
        assertThat(hasher.verify("pässword".toCharArray(), stored)).isTrue();
        assertThat(hasher.verify("password".toCharArray(), stored)).isFalse();
        assertThat(hasher.verify("".toCharArray(), stored)).isFalse();
    }

    @Test
    void equalPasswordsHaveDifferentHashes() {
        assertThat(hasher.hash("a".toCharArray()).hash()).isNotEqualTo(hasher.hash("a".toCharArray()).hash());
    }

    @Test
    @DisplayName("the reference implementation's vector: argon2id, v=19, t=2, m=65536, p=1, password/somesalt")
    void agreesWithTheReferenceImplementation() {
        var hash = HexFormat.of().parseHex("09316115d5cf24ed5a15a31a3ba326e5cf32edc24702987c02b6566f61913cf7");
        var base64 = Base64.getEncoder();
        var stored = new PasswordHash("argon2", base64.encodeToString(hash),
                base64.encodeToString("somesalt".getBytes()),
                Map.of("type", "id", "version", "1.3", "memory", "65536", "iterations", "2", "parallelism", "1"));
        assertThat(hasher.verify("password".toCharArray(), stored)).isTrue();
        assertThat(hasher.isOutdated(stored)).isTrue();
    }

    @Test
    void aMatrixOnceUsedDoesNotDisturbTheNextHash() {
        var stored = hasher.hash("first".toCharArray());
        for (int i = 0; i < 5; i++) {
            hasher.hash(("other" + i).toCharArray());
            assertThat(hasher.verify("first".toCharArray(), stored)).isTrue();
        }
    }

    @Test
    void defaultsAreKeycloaks() {
        var stored = new Argon2idHasher(Argon2Cost.DEFAULTS, new SecureRandom()).hash("x".toCharArray());
        assertThat(stored.algorithm()).isEqualTo("argon2");
        assertThat(stored.parameters()).isEqualTo(Map.of("type", "id", "version", "1.3", "hashLength", "32",
                "memory", "7168", "iterations", "5", "parallelism", "1"));
    }

    @Test
    void aStoredHashMayNotDemandUnboundedWork() {
        var stored = hasher.hash("x".toCharArray());
        for (var wrong : Map.of("memory", "1048577", "iterations", "65", "parallelism", "17").entrySet()) {
            var parameters = new HashMap<>(stored.parameters());
            parameters.put(wrong.getKey(), wrong.getValue());
            var hostile = new PasswordHash("argon2", stored.hash(), stored.salt(), parameters);
            assertThatThrownBy(() -> hasher.verify("x".toCharArray(), hostile)).hasMessageContaining(wrong.getKey());
        }
    }

    @Test
    void printsNoSecret() {
        var stored = hasher.hash("x".toCharArray());
        assertThat(stored.toString()).doesNotContain(stored.hash()).doesNotContain(stored.salt());
    }
}
