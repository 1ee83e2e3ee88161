package gatehouse.idp.keys;

import gatehouse.idp.keys.KeyRotation.Stage;
import gatehouse.spi.Deadline;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The keys of every issuer of this deployment, and all that is done with them. An issuer that is met for the first time
 * gets its keys then; the background task keeps the schedule and follows what other nodes did.
 */
public final class IssuerKeys implements JwtSigner, JwtVerifier, JwksDocuments, SamlKeys, ClientKeys, OwnCertificates,
        KeyRotator, AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(IssuerKeys.class);
    private static final Duration REFRESH_BUDGET = Duration.ofSeconds(20);

    private final KeysConfig config;
    private final InstantSource time;
    private final KeyRings rings;
    private final TokenVerifier verifier;
    private final Thread refresher;

    /** What the keys are kept and used with. @param issuerUrl an issuer's identifier by its name */
    public record Parts(
            KeyStore store,
            KeyWrapper wrapper,
            KeysConfig config,
            InstantSource time,
            Function<String, String> issuerUrl) {}

    private IssuerKeys(Parts parts) {
        this.config = parts.config();
        this.time = parts.time();
        var mint = new KeyMint(parts.wrapper(), config, parts.issuerUrl(), CryptoProvider.fast());
        this.rings = new KeyRings(parts.store(), mint, config, time);
        this.verifier = new TokenVerifier(rings, parts.issuerUrl(), time, config.verdictCacheBytes());
        this.refresher = Thread.ofVirtual().name("keys-refresh").unstarted(this::refreshUntilInterrupted);
    }

    /** Keys that are read when they are first needed; {@link #start} keeps them fresh. */
    public static IssuerKeys open(Parts parts) {
        return new IssuerKeys(parts);
    }

    /** Starts the background task. To be called once. */
    public void start() {
        refresher.start();
    }

    /** Stops the background task. Signing and verifying go on with what is in memory. */
    @Override
    public void close() {
        refresher.interrupt();
    }

    /**
     * Reads the keys of {@code issuer}, or makes them: to be called for every issuer before the server is ready, and
     * when one is created, so that nothing waits later.
     *
     * @throws gatehouse.spi.Unavailable if the store cannot answer
     * @throws IllegalStateException if a key does not open under this server's master key
     */
    public void ensure(String issuer) {
        rings.of(issuer);
    }

    /** Reads the keys of {@code issuer} again, in the background: another node has changed them. */
    public void invalidate(String issuer) {
        Thread.ofVirtual().name("keys-invalidate").start(() -> refresh(issuer));
    }

    /** Reads the keys of all issuers again, makes those that are due, drops the dead. What the background task does. */
    public void refresh() {
        rings.known().forEach(this::refresh);
    }

    private void refresh(String issuer) {
        try {
            rings.refresh(issuer, Deadline.after(REFRESH_BUDGET));
        } catch (RuntimeException fault) {
            LOG.warn("The keys of issuer {} could not be read again; those in memory stay in use", issuer, fault);
        }
    }

    private void refreshUntilInterrupted() {
        try {
            while (true) {
                Thread.sleep(config.refreshEvery());
                refresh();
            }
        } catch (InterruptedException closed) {
            LOG.debug("The key schedule ends");
        }
    }

    @Override
    public String sign(String issuer, SigningAlgorithm algorithm, String type, byte[] claims) {
        return rings.of(issuer).tokens().signing(algorithm).sign(type, claims);
    }

    @Override
    public Optional<VerifiedJwt> verify(String issuer, String type, String compact) {
        return verifier.verify(issuer, type, compact, false);
    }

    @Override
    public Optional<VerifiedJwt> verifyHint(String issuer, String type, String compact) {
        return verifier.verify(issuer, type, compact, true);
    }

    @Override
    public Document of(String issuer) {
        return rings.of(issuer).tokens().document();
    }

    @Override
    public String signAssertion(String issuer, SigningAlgorithm algorithm, byte[] claims) {
        return rings.of(issuer).clients().signing(algorithm).sign("JWT", claims);
    }

    @Override
    public Document assertionKeys(String issuer) {
        return rings.of(issuer).clients().document();
    }

    @Override
    public SamlCredential signing(String issuer) {
        return rings.of(issuer).samlSigning();
    }

    @Override
    public List<X509Certificate> published(String issuer) {
        return rings.of(issuer).samlPublished();
    }

    @Override
    public List<X509Certificate> publishedForEncryption(String issuer) {
        return rings.of(issuer).samlEncryptionPublished();
    }

    @Override
    public List<OwnCertificate> certificates(String issuer) {
        var stored = rings.of(issuer).stored();
        var all = new ArrayList<OwnCertificate>();
        for (var purpose : List.of(KeyPurpose.SAML_SIGNING, KeyPurpose.SAML_ENCRYPTION)) {
            var line = stored.stream().filter(key -> key.purpose() == purpose).toList();
            var next = Optional.<StoredKey>empty();
            for (var placed : config.rotation(purpose).place(line, time.instant())) {
                var certificate = KeyMint.certificate(placed.key());
                var end = next.map(StoredKey::signsFrom).orElseGet(() -> certificate.getNotAfter().toInstant());
                if (placed.stage() != Stage.DEAD) {
                    all.add(new OwnCertificate(certificate, purpose.use(), name(placed.stage()),
                            placed.key().signsFrom(), end));
                }
                next = Optional.of(placed.key());
            }
        }
        return List.copyOf(all);
    }

    @Override
    public List<SamlCredential> decryption(String issuer) {
        return rings.of(issuer).samlDecryption();
    }

    @Override
    public List<KeyView> keys(String issuer, Deadline deadline) {
        return views(rings.refresh(issuer, deadline));
    }

    @Override
    public List<KeyView> rotateNow(String issuer, Deadline deadline) {
        rings.refresh(issuer, deadline);
        return views(rings.advance(issuer, deadline));
    }

    @Override
    public List<KeyView> prepareSaml(String issuer, Deadline deadline) {
        rings.refresh(issuer, deadline);
        return views(rings.prepareSaml(issuer, deadline));
    }

    @Override
    public List<KeyView> rotateSaml(String issuer, boolean unprepared, Deadline deadline) {
        rings.refresh(issuer, deadline);
        return views(rings.switchSaml(issuer, unprepared, deadline));
    }

    private static String name(Stage stage) {
        return stage.name().toLowerCase(Locale.ROOT);
    }

    private List<KeyView> views(KeyRing ring) {
        var views = new ArrayList<KeyView>();
        for (var purpose : KeyPurpose.values()) {
            var line = ring.stored().stream().filter(key -> key.purpose() == purpose).toList();
            for (var placed : config.rotation(purpose).place(line, time.instant())) {
                if (placed.stage() != Stage.DEAD) {
                    views.add(view(placed.key(), placed.stage()));
                }
            }
        }
        views.sort(Comparator.comparing(KeyView::createdAt).reversed());
        return List.copyOf(views);
    }

    private static KeyView view(StoredKey key, Stage stage) {
        return new KeyView(key.kid(), key.purpose().algorithm(), key.purpose().use(),
                name(stage), key.createdAt(), key.signsFrom(),
                key.certificate().map(_ -> KeyMint.certificate(key)));
    }
}
