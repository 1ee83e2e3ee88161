package gatehouse.idp.keys;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.security.Provider;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class SigningKeyTest {

    private static final byte[] CLAIMS = "{\"sub\":\"ada\"}".getBytes(StandardCharsets.UTF_8);

    private static List<KeyMint> mints() {
        var mints = new ArrayList<KeyMint>();
        var providers = new ArrayList<>(List.of(Optional.<Provider>empty()));
        CryptoProvider.fast().ifPresent(fast -> providers.add(Optional.of(fast)));
        providers.forEach(provider ->
                mints.add(new KeyMint(TestKeys.wrapper(1), KeysConfig.DEFAULTS, TestKeys::url, provider)));
        return mints;
    }

    private static StoredKey stored(KeyMint mint, SigningAlgorithm algorithm) {
        return mint.mint("main", KeyPurpose.of(algorithm), TestKeys.START, TestKeys.START);
    }

    private static boolean verifies(SigningKey key, String compact) {
        int dot = compact.lastIndexOf('.');
        return key.verifies(compact.getBytes(StandardCharsets.US_ASCII), dot,
                Base64.getUrlDecoder().decode(compact.substring(dot + 1)));
    }

    @ParameterizedTest
    @EnumSource
    void whateverProviderSignsEveryProviderVerifies(SigningAlgorithm algorithm) {
        for (var maker : mints()) {
            var stored = stored(maker, algorithm);
            for (var signer : mints()) {
                var compact = signer.openToken(stored, algorithm).sign("JWT", CLAIMS);
                for (var verifier : mints()) {
                    assertThat(verifies(verifier.openToken(stored, algorithm), compact)).isTrue();
                    assertThat(verifies(verifier.openToken(stored(maker, algorithm), algorithm), compact)).isFalse();
                }
            }
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 63, 64, 65, 128})
    void signatureOfAnyLengthIsANoAndLeavesTheKeyUsable(int length) {
        for (var mint : mints()) {
            var key = mint.openToken(stored(mint, SigningAlgorithm.ES256), SigningAlgorithm.ES256);

            assertThat(key.verifies(CLAIMS, CLAIMS.length, new byte[length])).isFalse();
            assertThat(verifies(key, key.sign("JWT", CLAIMS))).isTrue();
        }
    }

    @Test
    void typeThatWouldBreakTheHeaderIsAFault() {
        var mint = mints().getFirst();
        var key = mint.openToken(stored(mint, SigningAlgorithm.ES256), SigningAlgorithm.ES256);

        for (var type : List.of("a\"b", "a\\b", "a b", "a\nb", "ä")) {
            assertThatThrownBy(() -> key.sign(type, CLAIMS)).isInstanceOf(IllegalArgumentException.class);
        }
        for (int i = 0; i < 100; i++) {
            assertThat(verifies(key, key.sign("type" + i, CLAIMS))).isTrue();
        }
    }
}
