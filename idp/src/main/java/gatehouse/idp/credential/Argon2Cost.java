package gatehouse.idp.credential;

import java.util.Map;

/**
 * How much work one password hash is.
 *
 * @param memoryKib   memory in KiB, 8 per lane to 1 048 576
 * @param iterations  passes over the memory, 1 to 64
 * @param parallelism lanes, 1 to 16; they are computed one after the other
 * @param hashBytes   length of the hash, 16 to 128
 */
public record Argon2Cost(int memoryKib, int iterations, int parallelism, int hashBytes) {

    /** One of OWASP's equivalent choices, and what Keycloak hashes with. */
    public static final Argon2Cost DEFAULTS = new Argon2Cost(7168, 5, 1, 32);

    public Argon2Cost {
        require(parallelism >= 1 && parallelism <= 16, "parallelism must be 1..16");
        require(memoryKib >= 8 * parallelism && memoryKib <= 1024 * 1024, "memory must be 8 KiB per lane to 1 GiB");
        require(iterations >= 1 && iterations <= 64, "iterations must be 1..64");
        require(hashBytes >= 16 && hashBytes <= 128, "the hash must have 16..128 bytes");
    }

    /** As stored beside the hash, under Keycloak's names. */
    Map<String, String> parameters() {
        return Map.of("type", "id", "version", "1.3", "hashLength", Integer.toString(hashBytes),
                "memory", Integer.toString(memoryKib), "iterations", Integer.toString(iterations),
                "parallelism", Integer.toString(parallelism));
    }

    private static void require(boolean holds, String rule) {
        if (!holds) {
            throw new IllegalArgumentException("argon2: " + rule);
        }
    }
}
