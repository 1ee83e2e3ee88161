package gatehouse.idp.credential;

import gatehouse.spi.credential.PasswordHash;
import gatehouse.spi.credential.PasswordHasher;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.Base64;
import java.util.Map;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.bouncycastle.crypto.generators.Argon2BytesGenerator;
import org.bouncycastle.crypto.generators.Argon2BytesGenerator.FixedBlockPool;
import org.bouncycastle.crypto.params.Argon2Parameters;

/**
 * Argon2 (RFC 9106) in Bouncy Castle. Writes Argon2id, version 1.3; reads whatever variant, version and cost a stored
 * hash names, within limits. The names of the parameters are Keycloak's, so that its hashes can be taken over as they
 * are.
 *
 * <p>The block matrix of one hash is several megabytes: it is lent from hash to hash instead of being allocated anew.
 * There are as many matrices as hashes ever ran at once, which the hash pool bounds.
 */
public final class Argon2idHasher implements PasswordHasher {

    /** Name of the algorithm in {@link PasswordHash#algorithm()}. */
    public static final String ALGORITHM = "argon2";

    private static final int SALT_BYTES = 16;
    private static final int MEMORY_KIB_MAX = 1024 * 1024;
    private static final int ITERATIONS_MAX = 64;
    private static final int PARALLELISM_MAX = 16;
    private static final int HASH_BYTES_MAX = 1024;

    private final Argon2Cost cost;
    private final SecureRandom random;
    private final ConcurrentLinkedQueue<FixedBlockPool> matrices = new ConcurrentLinkedQueue<>();

    public Argon2idHasher(Argon2Cost cost, SecureRandom random) {
        this.cost = cost;
        this.random = random;
    }

    @Override
    public String algorithm() {
        return ALGORITHM;
    }

    @Override
    public PasswordHash hash(char[] password) {
        var salt = new byte[SALT_BYTES];
        random.nextBytes(salt);
        var builder = new Argon2Parameters.Builder(Argon2Parameters.ARGON2_id)
                .withVersion(Argon2Parameters.ARGON2_VERSION_13)
                .withMemoryAsKB(cost.memoryKib())
                .withIterations(cost.iterations())
                .withParallelism(cost.parallelism());
        var value = compute(builder, salt, password, cost.hashBytes());
        var base64 = Base64.getEncoder();
        return new PasswordHash(ALGORITHM, base64.encodeToString(value), base64.encodeToString(salt),
                cost.parameters());
    }

    @Override
    public boolean verify(char[] password, PasswordHash stored) {
        var parameters = stored.parameters();
        var base64 = Base64.getDecoder();
        var expected = base64.decode(stored.hash());
        var builder = new Argon2Parameters.Builder(type(parameters.getOrDefault("type", "id")))
                .withVersion(version(parameters.getOrDefault("version", "1.3")))
                .withMemoryAsKB(number(parameters, "memory", MEMORY_KIB_MAX))
                .withIterations(number(parameters, "iterations", ITERATIONS_MAX))
                .withParallelism(number(parameters, "parallelism", PARALLELISM_MAX));
        if (expected.length < 4 || expected.length > HASH_BYTES_MAX) {
            throw new IllegalArgumentException("a stored Argon2 hash has an impossible length");
        }
        return MessageDigest.isEqual(expected,
                compute(builder, base64.decode(stored.salt()), password, expected.length));
    }

    /** Whether {@code stored} was made at another cost than this hasher's, and should be made anew. */
    boolean isOutdated(PasswordHash stored) {
        return !stored.algorithm().equals(ALGORITHM) || !stored.parameters().equals(cost.parameters());
    }

    private byte[] compute(Argon2Parameters.Builder builder, byte[] salt, char[] password, int hashBytes) {
        var lent = matrices.poll();
        var matrix = lent == null ? new FixedBlockPool(cost.memoryKib()) : lent;
        var secret = utf8(password);
        try {
            var generator = new Argon2BytesGenerator();
            generator.init(builder.withSalt(salt).withBlockPool(matrix).build());
            var value = new byte[hashBytes];
            generator.generateBytes(secret, value);
            return value;
        } finally {
            Arrays.fill(secret, (byte) 0);
            matrices.offer(matrix);
        }
    }

    private static byte[] utf8(char[] password) {
        ByteBuffer encoded = StandardCharsets.UTF_8.encode(CharBuffer.wrap(password));
        var bytes = new byte[encoded.remaining()];
        encoded.get(bytes);
        Arrays.fill(encoded.array(), (byte) 0);
        return bytes;
    }

    private static int type(String name) {
        return switch (name) {
            case "id" -> Argon2Parameters.ARGON2_id;
            case "i" -> Argon2Parameters.ARGON2_i;
            case "d" -> Argon2Parameters.ARGON2_d;
            case String other -> throw new IllegalArgumentException("no such variant of Argon2: " + other);
        };
    }

    private static int version(String name) {
        return switch (name) {
            case "1.3" -> Argon2Parameters.ARGON2_VERSION_13;
            case "1.0" -> Argon2Parameters.ARGON2_VERSION_10;
            case String other -> throw new IllegalArgumentException("no such version of Argon2: " + other);
        };
    }

    private static int number(Map<String, String> parameters, String name, int most) {
        var value = Integer.parseInt(parameters.getOrDefault(name, "0"));
        if (value < 1 || value > most) {
            throw new IllegalArgumentException("a stored Argon2 hash has no usable " + name);
        }
        return value;
    }
}
