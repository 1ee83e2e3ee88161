package gatehouse.idp.upstream.oidc;

import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.jwk.KeyUse;
import com.nimbusds.jose.jwk.OctetSequenceKey;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jose.jwk.gen.RSAKeyGenerator;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class RemoteKeysTest {

    private final OidcJourney journey = new OidcJourney();
    private final FakeOpenIdProvider provider = journey.provider;

    private void accepted() {
        assertThat(journey.signIn().session().subject()).isEqualTo("ada-7");
    }

    @Test
    void algorithmThatTheKeyIsNotForIsRefused() {
        var bound = new RSAKey.Builder(FakeOpenIdProvider.RSA).keyID("bound").algorithm(JWSAlgorithm.PS256).build();
        provider.published.add(bound);
        provider.signingKey = bound;
        assertThat(journey.refusal()).isEqualTo("key_unknown");

        provider.algorithm = JWSAlgorithm.PS256;
        accepted();
    }

    @Test
    void keyForEncryptionOrTooShortOneSignsNothing() throws Exception {
        var encrypts = new RSAKey.Builder(FakeOpenIdProvider.RSA).keyID("enc").keyUse(KeyUse.ENCRYPTION).build();
        var shortKey = new RSAKeyGenerator(1024, true).keyID("short").generate();
        for (var key : List.of(encrypts, shortKey)) {
            var fresh = new OidcJourney();
            fresh.provider.published.add(key);
            fresh.provider.signingKey = encrypts;
            fresh.provider.header = header -> header.keyID(key.getKeyID());
            assertThat(fresh.refusal()).isEqualTo("key_unknown");
        }
    }

    @Test
    void tokenWithoutKeyNameIsVerifiedByTheOneThatFits() {
        provider.header = header -> header.keyID(null);
        accepted();
        provider.signingKey = FakeOpenIdProvider.rsa("gone");
        assertThat(journey.refusal()).isEqualTo("signature_invalid");
    }

    @Test
    void rotatedKeyIsFetchedOnceAndInventedOnesAtMostEveryThirtySeconds() {
        accepted();
        journey.time.advance(Duration.ofSeconds(30));
        var rotated = FakeOpenIdProvider.rsa("rsa-2");
        provider.published.set(0, rotated);
        provider.signingKey = rotated;
        accepted();
        accepted();
        assertThat(provider.count("/keys")).isEqualTo(2);

        provider.header = header -> header.keyID("invented");
        for (int i = 0; i < 10; i++) {
            assertThat(journey.refusal()).isEqualTo("key_unknown");
        }
        assertThat(provider.count("/keys")).isEqualTo(2);
        journey.time.advance(Duration.ofSeconds(30));
        assertThat(journey.refusal()).isEqualTo("key_unknown");
        assertThat(provider.count("/keys")).isEqualTo(3);
    }

    @Test
    void staleKeysServeAKeyThatTheyHaveAndNoOther() {
        accepted();
        provider.down = Optional.of("/keys");
        journey.time.advance(Duration.ofHours(23));
        accepted();

        var rotated = FakeOpenIdProvider.rsa("rsa-2");
        provider.published.add(rotated);
        provider.signingKey = rotated;
        assertThat(journey.refusal()).isIn("key_unknown", "provider_unreachable");

        provider.signingKey = FakeOpenIdProvider.RSA;
        journey.time.advance(Duration.ofHours(1));
        assertThat(journey.refusal()).isEqualTo("provider_unreachable");

        provider.down = Optional.empty();
        journey.time.advance(Duration.ofSeconds(5));
        accepted();
    }

    @Test
    void withdrawnKeyIsForgottenWithTheNextCopy() {
        accepted();
        provider.published.removeFirst();
        journey.time.advance(Duration.ofMinutes(10));
        accepted(); // and the copy is renewed behind it
        assertThat(journey.refusal()).isEqualTo("key_unknown");
    }

    @Test
    void unreadableKeysAreSkippedAndAnUnreadableSetIsRefused() {
        provider.published.add(new OctetSequenceKey.Builder(new byte[32]).keyID("shared").build());
        accepted();
        var broken = new OidcJourney();
        broken.provider.metadata.put("jwks_uri", FakeOpenIdProvider.ISSUER + "/userinfo-is-no-key-set");
        assertThat(broken.refusal()).isEqualTo("keys_invalid");
    }
}
