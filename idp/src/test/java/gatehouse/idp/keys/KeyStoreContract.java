package gatehouse.idp.keys;

import static org.assertj.core.api.Assertions.assertThat;

import gatehouse.spi.Deadline;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.Test;

/** What every {@link KeyStore} must do. */
public abstract class KeyStoreContract {

    private static final Instant BORN = Instant.parse("2026-03-01T10:00:00.123Z");

    protected abstract KeyStore store();

    private static Deadline soon() {
        return Deadline.after(Duration.ofSeconds(20));
    }

    private static StoredKey key(String issuer, String kid, Optional<byte[]> certificate) {
        var purpose = certificate.isPresent() ? KeyPurpose.SAML_SIGNING : KeyPurpose.TOKEN_ES256;
        return new StoredKey(issuer, kid, purpose, BORN, BORN.plusSeconds(60), "{\"kty\":\"EC\"}", certificate,
                new StoredKey.Wrapped("kek", new byte[] {1, 2, 3}));
    }

    @Test
    void issuerWithoutKeysHasNone() {
        assertThat(store().keys("nobody", soon())).isEmpty();
    }

    @Test
    void keyComesBackAsItWent() {
        store().update("whole", _ -> List.of(key("whole", "k1", Optional.of(new byte[] {9, 8}))), soon());

        var kept = store().keys("whole", soon());

        assertThat(kept).singleElement().satisfies(key -> {
            assertThat(key.kid()).isEqualTo("k1");
            assertThat(key.purpose()).isEqualTo(KeyPurpose.SAML_SIGNING);
            assertThat(key.createdAt()).isEqualTo(BORN);
            assertThat(key.signsFrom()).isEqualTo(BORN.plusSeconds(60));
            assertThat(key.publicJwk()).isEqualTo("{\"kty\":\"EC\"}");
            assertThat(key.certificate()).get().isEqualTo(new byte[] {9, 8});
            assertThat(key.secret().kekId()).isEqualTo("kek");
            assertThat(key.secret().bytes()).isEqualTo(new byte[] {1, 2, 3});
        });
    }

    @Test
    void changeAddsMovesAndDrops() {
        store().update("changing",
                _ -> List.of(key("changing", "old", Optional.empty()), key("changing", "stays", Optional.empty())),
                soon());

        store().update("changing", stored -> {
            var after = new ArrayList<StoredKey>();
            stored.stream().filter(key -> key.kid().equals("stays")).forEach(key -> after.add(key.signingFrom(BORN)));
            after.add(key("changing", "new", Optional.empty()));
            return after;
        }, soon());

        assertThat(store().keys("changing", soon())).extracting(StoredKey::kid)
                .containsExactlyInAnyOrder("stays", "new");
        assertThat(store().keys("changing", soon()))
                .filteredOn(key -> key.kid().equals("stays"))
                .singleElement()
                .satisfies(key -> assertThat(key.signsFrom()).isEqualTo(BORN));
    }

    @Test
    void oneIssuersChangeLeavesAnotherAlone() {
        store().update("mine", _ -> List.of(key("mine", "shared", Optional.empty())), soon());
        store().update("theirs", _ -> List.of(key("theirs", "shared", Optional.empty())), soon());

        store().update("mine", _ -> List.of(), soon());

        assertThat(store().keys("theirs", soon())).hasSize(1);
    }

    @Test
    void ofManyThatMakeTheFirstKeyOneDoes() throws Exception {
        var nodes = new ArrayList<Callable<List<StoredKey>>>();
        for (int i = 0; i < 8; i++) {
            var kid = "k" + i;
            nodes.add(() -> store().update("raced",
                    stored -> stored.isEmpty() ? List.of(key("raced", kid, Optional.empty())) : stored, soon()));
        }
        try (var threads = Executors.newFixedThreadPool(nodes.size())) {
            var seen = new ArrayList<String>();
            for (var outcome : threads.invokeAll(nodes)) {
                seen.add(outcome.get().getFirst().kid());
            }
            assertThat(seen).containsOnly(seen.getFirst());
        }
        assertThat(store().keys("raced", soon())).hasSize(1);
    }
}
