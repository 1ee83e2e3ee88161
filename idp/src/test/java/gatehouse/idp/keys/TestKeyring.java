package gatehouse.idp.keys;

import java.time.InstantSource;

/** Real keys in memory, for tests of other rooms. */
public final class TestKeyring {

    private TestKeyring() {
    }

    /** Keys of every issuer; the issuer {@code main} has the identifier {@code https://main.example}. */
    public static IssuerKeys open(InstantSource clock) {
        return TestKeys.node(new MemoryKeyStore(), clock);
    }
}
