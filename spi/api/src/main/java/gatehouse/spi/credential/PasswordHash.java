package gatehouse.spi.credential;

import java.util.Map;

/**
 * A stored password hash, self-described so that any hasher that knows {@code algorithm} can verify it.
 *
 * @param algorithm  the hasher's name: {@code argon2}, {@code bcrypt}, {@code pbkdf2-sha512}, …
 * @param hash       the hash value in the algorithm's own text form
 * @param salt       the salt, Base64; empty when the hash value carries it
 * @param parameters the algorithm's parameters (cost, memory, iterations)
 */
public record PasswordHash(String algorithm, String hash, String salt, Map<String, String> parameters) {

    public PasswordHash {
        parameters = Map.copyOf(parameters);
    }

    @Override
    public String toString() {
        return "PasswordHash[" + algorithm + ", •••]";
    }
}
