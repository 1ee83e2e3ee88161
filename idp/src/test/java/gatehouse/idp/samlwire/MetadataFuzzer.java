package gatehouse.idp.samlwire;

import java.time.Instant;
import java.util.Optional;

/** Jazzer's target for metadata: a document is read or refused in words, whatever it is. */
public final class MetadataFuzzer {

    private static final MetadataReader READER =
            new SamlWire(new SamlCrypto(Optional.empty()), () -> Instant.parse("2026-11-20T12:00:00Z")).metadata();

    private MetadataFuzzer() {}

    /** Called by Jazzer. */
    public static void fuzzerTestOneInput(byte[] xml) {
        try {
            READER.read(xml, Optional.empty());
        } catch (SamlError refused) {
            if (refused.description().isBlank()) {
                throw new IllegalStateException("refused without a word");
            }
        }
    }
}
