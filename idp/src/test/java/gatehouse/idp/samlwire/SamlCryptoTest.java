package gatehouse.idp.samlwire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.security.InvalidKeyException;
import java.security.PrivateKey;
import java.security.Provider;
import java.security.ProviderException;
import java.security.PublicKey;
import java.security.SignatureException;
import java.security.SignatureSpi;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Whatever a provider does, only a clear yes is a yes; and the platform alone is as good as the fast one. */
class SamlCryptoTest {

    private static final byte[] OCTETS = "octets".getBytes(StandardCharsets.UTF_8);

    /** What the faulty provider does instead of verifying. */
    private static String misdeed = "";

    /** Found by its name, as providers are. */
    public static final class Faulty extends SignatureSpi {
        @Override
        protected void engineInitVerify(PublicKey key) throws InvalidKeyException {
            if (misdeed.equals("refuses the key")) {
                throw new InvalidKeyException("no");
            }
        }

        @Override
        protected boolean engineVerify(byte[] signature) throws SignatureException {
            switch (misdeed) {
                case "throws" -> throw new SignatureException("cannot");
                case "breaks" -> throw new ProviderException("broken");
                default -> {
                    return false;
                }
            }
        }

        @Override
        protected void engineInitSign(PrivateKey key) {}

        @Override
        protected void engineUpdate(byte b) {}

        @Override
        protected void engineUpdate(byte[] bytes, int offset, int length) {}

        @Override
        protected byte[] engineSign() {
            return new byte[0];
        }

        @Override
        @Deprecated
        protected void engineSetParameter(String name, Object value) {}

        @Override
        @Deprecated
        protected Object engineGetParameter(String name) {
            return Optional.empty();
        }
    }

    private static final class FaultyProvider extends Provider {
        private static final long serialVersionUID = 1;

        FaultyProvider() {
            super("Faulty", "1", "for tests");
            put("Signature.SHA256withRSA", Faulty.class.getName());
        }
    }

    @Test
    void verifierThatFailsInAnyWayHasNotVerified() {
        var crypto = new SamlCrypto(Optional.of(new FaultyProvider()));
        var key = TestCredentials.IDP.keys().getPublic();
        for (var fault : List.of("refuses the key", "throws", "says no", "breaks")) {
            misdeed = fault;
            assertThat(crypto.verifies(SignatureAlgorithm.RSA_SHA256, key, OCTETS, new byte[256])).as(fault).isFalse();
        }
    }

    @Test
    void platformAndFastProviderUnderstandEachOther() {
        var fast = SamlCrypto.fastest();
        var platform = new SamlCrypto(Optional.empty());
        assertThat(platform.providerName()).isEqualTo("platform");
        for (var signer : List.of(TestCredentials.IDP, TestCredentials.IDP_EC)) {
            var algorithm = XmlSigner.algorithmOf(signer.keys().getPrivate());
            for (var pair : List.of(List.of(fast, platform), List.of(platform, fast))) {
                var signature = pair.getFirst().sign(algorithm, signer.keys().getPrivate(), OCTETS);
                var key = pair.getLast().prepare(signer.keys().getPublic());
                assertThat(pair.getLast().verifies(algorithm, key, OCTETS, signature)).isTrue();
                signature[10] ^= 1;
                assertThat(pair.getLast().verifies(algorithm, key, OCTETS, signature)).isFalse();
                assertThat(pair.getLast().verifies(algorithm, key, OCTETS, new byte[0])).isFalse();
            }
        }
    }

    @Test
    void keyNeverServesAnAlgorithmOfAnotherKind() {
        var crypto = SamlCrypto.fastest();
        var signature = crypto.sign(SignatureAlgorithm.RSA_SHA256, TestCredentials.IDP.keys().getPrivate(), OCTETS);
        assertThat(crypto.verifies(SignatureAlgorithm.ECDSA_SHA256, TestCredentials.IDP.keys().getPublic(), OCTETS,
                signature)).isFalse();
        assertThat(crypto.verifies(SignatureAlgorithm.RSA_SHA256, TestCredentials.IDP_EC.keys().getPublic(), OCTETS,
                signature)).isFalse();
    }

    @Test
    void policyWithoutAKeyOrWithAWeakOneIsNone() {
        var crypto = SamlCrypto.fastest();
        assertThatThrownBy(() -> new SignaturePolicy(crypto, List.of())).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new SignaturePolicy(crypto, List.of(TestCredentials.WEAK.certificate())))
                .isInstanceOf(IllegalArgumentException.class);
    }
}
