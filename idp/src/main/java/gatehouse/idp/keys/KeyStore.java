package gatehouse.idp.keys;

import gatehouse.spi.Deadline;
import java.util.List;
import java.util.function.UnaryOperator;

/** Keeps the keys of each issuer, wrapped. Shared by all nodes. */
public interface KeyStore {

    /**
     * The keys of {@code issuer}, in no particular order.
     *
     * @throws gatehouse.spi.Unavailable if the store cannot answer
     */
    List<StoredKey> keys(String issuer, Deadline deadline);

    /**
     * Replaces the keys of {@code issuer} by what {@code change} makes of them. Atomic, and one at a time for an issuer
     * across all nodes: of two nodes that both want to make the first key, the second one sees the first one's.
     *
     * @param change may add keys, drop keys and move {@link StoredKey#signsFrom()}; a key is otherwise unchangeable
     * @return the keys afterwards
     * @throws gatehouse.spi.Unavailable if the store cannot answer; the change may then have happened
     */
    List<StoredKey> update(String issuer, UnaryOperator<List<StoredKey>> change, Deadline deadline);
}
