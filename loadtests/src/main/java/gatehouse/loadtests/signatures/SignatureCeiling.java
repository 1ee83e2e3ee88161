package gatehouse.loadtests.signatures;

import java.lang.management.ManagementFactory;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.Provider;
import java.security.Security;
import java.security.Signature;
import java.security.spec.ECGenParameterSpec;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;

/**
 * Counts ES256 and RS256 (2048 bits) signatures over a token of ordinary length, per CPU second of one thread.
 *
 * <p>CPU time of the thread, not wall time, so that a busy neighbour costs little; the key is set up once.
 */
public final class SignatureCeiling {

    private static final int TOKEN_BYTES = 700;
    private static final int BATCH = 16;

    private final long cpuNanos;

    /** @param cpu CPU time per figure; as much again is spent to warm up */
    public SignatureCeiling(Duration cpu) {
        this.cpuNanos = cpu.toNanos();
    }

    /** One line of the table; rates are per CPU second of one core. */
    public record Figure(String library, String algorithm, double signsPerSecond, double verifiesPerSecond) {
    }

    public List<Figure> measure() {
        var libraries = new LinkedHashMap<String, Map<String, Provider>>();
        libraries.put("JDK",
            Map.of("ES256", Security.getProvider("SunEC"), "RS256", Security.getProvider("SunRsaSign")));
        Arrays.stream(FastProvider.values()).forEach(fast -> fast.load().ifPresent(provider ->
            libraries.put(provider.getName() + " " + provider.getVersionStr(),
                Map.of("ES256", provider, "RS256", provider))));
        var figures = new ArrayList<Figure>();
        libraries.forEach((name, providers) -> {
            for (var algorithm : List.of("ES256", "RS256")) {
                figures.add(figure(name, algorithm, providers.get(algorithm)));
            }
        });
        return figures;
    }

    private Figure figure(String library, String algorithm, Provider provider) {
        try {
            var keys = keys(algorithm);
            var jca = algorithm.equals("ES256") ? "SHA256withECDSA" : "SHA256withRSA";
            var token = new byte[TOKEN_BYTES];
            var signer = Signature.getInstance(jca, provider);
            signer.initSign(keys.getPrivate());
            var verifier = Signature.getInstance(jca, provider);
            verifier.initVerify(keys.getPublic());
            var signature = sign(signer, token);
            return new Figure(library, algorithm,
                perCpuSecond(() -> sign(signer, token)), perCpuSecond(() -> verify(verifier, token, signature)));
        } catch (GeneralSecurityException failure) {
            throw new IllegalStateException(library + " cannot do " + algorithm, failure);
        }
    }

    private static byte[] sign(Signature signer, byte[] token) throws GeneralSecurityException {
        signer.update(token);
        return signer.sign();
    }

    private static boolean verify(Signature verifier, byte[] token, byte[] signature) throws GeneralSecurityException {
        verifier.update(token);
        if (!verifier.verify(signature)) {
            throw new GeneralSecurityException("a good signature was refused");
        }
        return true;
    }

    private static KeyPair keys(String algorithm) throws GeneralSecurityException {
        var generator = KeyPairGenerator.getInstance(algorithm.equals("ES256") ? "EC" : "RSA");
        if (algorithm.equals("ES256")) {
            generator.initialize(new ECGenParameterSpec("secp256r1"));
        } else {
            generator.initialize(2048);
        }
        return generator.generateKeyPair();
    }

    private double perCpuSecond(Callable<?> work) {
        countFor(work); // warms
        return countFor(work);
    }

    private double countFor(Callable<?> work) {
        var threads = ManagementFactory.getThreadMXBean();
        var start = threads.getCurrentThreadCpuTime();
        var count = 0L;
        try {
            while (threads.getCurrentThreadCpuTime() - start < cpuNanos) {
                for (var i = 0; i < BATCH; i++) {
                    work.call();
                }
                count += BATCH;
            }
        } catch (Exception failure) {
            throw new IllegalStateException(failure);
        }
        return count * 1e9 / (threads.getCurrentThreadCpuTime() - start);
    }
}
