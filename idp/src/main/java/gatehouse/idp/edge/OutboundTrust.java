package gatehouse.idp.edge;

import io.vertx.core.net.TrustOptions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.CertificateFactory;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509TrustManager;

/** The authorities that outgoing TLS trusts: the JDK's, and those of a PEM file beside them. */
final class OutboundTrust {

    private OutboundTrust() {}

    /**
     * Trusts the JDK's authorities and those in {@code caFile}.
     *
     * @throws IllegalArgumentException if the file holds no readable certificate
     */
    static TrustOptions with(Path caFile) {
        try {
            var store = KeyStore.getInstance(KeyStore.getDefaultType());
            store.load(null, null);
            int count = 0;
            for (var manager : managers(null).getTrustManagers()) {
                if (manager instanceof X509TrustManager x509) {
                    for (var authority : x509.getAcceptedIssuers()) {
                        store.setCertificateEntry("public-" + count++, authority);
                    }
                }
            }
            try (var pem = Files.newInputStream(caFile)) {
                var authorities = CertificateFactory.getInstance("X.509").generateCertificates(pem);
                if (authorities.isEmpty()) {
                    throw new IllegalArgumentException("outbound.ca-file holds no certificate");
                }
                for (var authority : authorities) {
                    store.setCertificateEntry("own-" + count++, authority);
                }
            }
            return TrustOptions.wrap(managers(store));
        } catch (GeneralSecurityException | IOException unreadable) {
            throw new IllegalArgumentException(
                    "outbound.ca-file cannot be read: " + unreadable.getMessage(), unreadable);
        }
    }

    private static TrustManagerFactory managers(KeyStore store) throws GeneralSecurityException {
        var factory = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        factory.init(store);
        return factory;
    }
}
