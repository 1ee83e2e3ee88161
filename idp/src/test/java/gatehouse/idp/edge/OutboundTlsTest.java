package gatehouse.idp.edge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import gatehouse.idp.http.OutboundRefused;
import gatehouse.idp.http.OutboundRefused.Reason;
import gatehouse.spi.Deadline;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.math.BigInteger;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyPairGenerator;
import java.security.KeyStore;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.Date;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.cert.jcajce.JcaX509CertificateConverter;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class OutboundTlsTest {

    private static Vertx vertx;
    private static HttpsServer server;
    private static X509Certificate certificate;

    @TempDir
    private Path folder;

    @BeforeAll
    static void start() throws Exception {
        vertx = Vertx.vertx();
        server = HttpsServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setHttpsConfigurator(new HttpsConfigurator(tls("idp.customer.invalid")));
        server.createContext("/", exchange -> {
            try (exchange) {
                exchange.sendResponseHeaders(204, -1);
            }
        });
        server.start();
    }

    @AfterAll
    static void stop() {
        server.stop(0);
        vertx.close().await();
    }

    private static SSLContext tls(String host) throws Exception {
        var generator = KeyPairGenerator.getInstance("EC");
        generator.initialize(256);
        var pair = generator.generateKeyPair();
        var name = new X500Name("CN=" + host);
        var builder = new JcaX509v3CertificateBuilder(name, BigInteger.ONE, Date.from(Instant.now().minusSeconds(60)),
                Date.from(Instant.now().plusSeconds(3600)), name, pair.getPublic());
        builder.addExtension(
                Extension.subjectAlternativeName, false, new GeneralNames(new GeneralName(GeneralName.dNSName, host)));
        certificate = new JcaX509CertificateConverter()
                .getCertificate(builder.build(new JcaContentSignerBuilder("SHA256withECDSA").build(pair.getPrivate())));
        var store = KeyStore.getInstance("PKCS12");
        store.load(null, null);
        store.setKeyEntry("tls", pair.getPrivate(), new char[0], new X509Certificate[] {certificate});
        var keys = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        keys.init(store, new char[0]);
        var context = SSLContext.getInstance("TLS");
        context.init(keys.getKeyManagers(), null, null);
        return context;
    }

    private static OutboundHttp caller(Optional<Path> caFile) {
        return new OutboundHttp(vertx, new OutboundConfig(true, false, caFile, 4096, Duration.ofSeconds(5), 2),
                _ -> CompletableFuture.completedFuture(List.of(InetAddress.getLoopbackAddress())));
    }

    private Path caFile() throws Exception {
        var pem = "-----BEGIN CERTIFICATE-----\n" + Base64.getMimeEncoder().encodeToString(certificate.getEncoded())
                + "\n-----END CERTIFICATE-----\n";
        return Files.writeString(folder.resolve("ca.pem"), pem);
    }

    private static URI at(String host) {
        return URI.create("https://" + host + ":" + server.getAddress().getPort() + "/");
    }

    private static Deadline soon() {
        return Deadline.after(Duration.ofSeconds(5));
    }

    @Test
    void ownAuthorityIsTrustedForTheNameItCertified() throws Exception {
        try (var caller = caller(Optional.of(caFile()))) {
            assertThat(caller.get(at("idp.customer.invalid"), Map.of(), soon()).status()).isEqualTo(204);
        }
    }

    @Test
    void anotherNameIsNotTrusted() throws Exception {
        try (var caller = caller(Optional.of(caFile()))) {
            assertThat(catchThrowableOfType(
                    OutboundRefused.class, () -> caller.get(at("idp.other.invalid"), Map.of(), soon())).cause())
                    .isEqualTo(Reason.UNREACHABLE);
        }
    }

    @Test
    void selfSignedIsNotTrustedWithoutBeingNamed() {
        try (var caller = caller(Optional.empty())) {
            assertThat(catchThrowableOfType(
                    OutboundRefused.class, () -> caller.get(at("idp.customer.invalid"), Map.of(), soon())).cause())
                    .isEqualTo(Reason.UNREACHABLE);
        }
    }

    @Test
    void fileWithoutCertificatesStopsTheStart() throws IOException {
        var empty = Files.writeString(folder.resolve("empty.pem"), "");
        assertThatThrownBy(() -> caller(Optional.of(empty))).isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("ca-file");
        assertThatThrownBy(() -> caller(Optional.of(folder.resolve("none.pem"))))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("ca-file");
    }
}
