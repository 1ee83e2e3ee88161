package gatehouse.idp.samlwire;

import gatehouse.idp.keys.SamlKeys;
import java.security.cert.X509Certificate;
import java.util.List;

/** The same keys for every issuer. */
public final class FakeSamlKeys implements SamlKeys {

    @Override
    public SamlCredential signing(String issuer) {
        return of(TestCredentials.US);
    }

    @Override
    public List<X509Certificate> published(String issuer) {
        return List.of(TestCredentials.US.certificate(), TestCredentials.US_NEXT.certificate());
    }

    @Override
    public List<X509Certificate> publishedForEncryption(String issuer) {
        return List.of(TestCredentials.US_NEXT.certificate());
    }

    @Override
    public List<SamlCredential> decryption(String issuer) {
        return List.of(of(TestCredentials.US_NEXT), of(TestCredentials.US));
    }

    private static SamlCredential of(TestCredentials credentials) {
        return new SamlCredential(credentials.keys().getPrivate(), credentials.certificate());
    }
}
