package gatehouse.idp.credential;

import gatehouse.spi.credential.PasswordHash;
import gatehouse.spi.credential.PasswordHasher;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The hashers by algorithm: ours, which writes, and hosted ones, which only read what was brought along. */
public final class PasswordHashers {

    private final Argon2idHasher preferred;
    private final Map<String, PasswordHasher> byAlgorithm;

    /** @param hosted hashers of providers; one that claims our own algorithm's name is not used */
    public PasswordHashers(Argon2idHasher preferred, List<PasswordHasher> hosted) {
        this.preferred = preferred;
        var all = new HashMap<String, PasswordHasher>();
        hosted.forEach(hasher -> all.put(hasher.algorithm(), hasher));
        all.put(preferred.algorithm(), preferred);
        this.byAlgorithm = Map.copyOf(all);
    }

    /** Hashes with the preferred algorithm. */
    public PasswordHash hash(char[] password) {
        return preferred.hash(password);
    }

    /**
     * Whether {@code password} is the one behind {@code stored}.
     *
     * @throws IllegalStateException if no hasher knows the algorithm
     */
    public boolean verify(char[] password, PasswordHash stored) {
        var hasher = byAlgorithm.get(stored.algorithm());
        if (hasher == null) {
            throw new IllegalStateException("no provider knows the password hash algorithm " + stored.algorithm());
        }
        return hasher.verify(password, stored);
    }

    /** Whether {@code stored} should be replaced by a hash of the preferred algorithm and cost. */
    boolean isOutdated(PasswordHash stored) {
        return preferred.isOutdated(stored);
    }
}
