package gatehouse.idp.samlwire;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** Jazzer's target for queries: a message by Redirect is decoded and verified or refused, whatever it is. */
public final class RedirectFuzzer {

    private static final SamlWire WIRE = new SamlWire(new SamlCrypto(Optional.empty()), Instant::now);
    private static final SignaturePolicy POLICY = WIRE.policy(List.of(TestCredentials.IDP.certificate()));

    private RedirectFuzzer() {}

    /** Called by Jazzer. */
    public static void fuzzerTestOneInput(byte[] octets) {
        var query = new String(octets, StandardCharsets.ISO_8859_1);
        try {
            var received = WIRE.redirectBinding().decode(query, "SAMLRequest");
            try {
                WIRE.read(received.xml());
            } catch (SamlError refused) {
                // As it should be; its signature is judged all the same.
            }
            received.verify(POLICY);
        } catch (SamlError refused) {
            return;
        }
        throw new IllegalStateException("nobody signed this");
    }
}
