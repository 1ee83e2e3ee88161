package gatehouse.idp.tenancy.domain;

import gatehouse.spi.Deadline;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Asks name servers for TXT records. */
public interface TxtSource {

    /**
     * What each server that has the say about {@code names} answers; no server: nobody has.
     *
     * @param names names of one zone, the most specific first
     * @throws gatehouse.spi.Unavailable if not even the resolver answers in time
     */
    List<ServerAnswer> ask(List<String> names, Deadline deadline);

    /**
     * What one name server said.
     *
     * @param server  its name
     * @param address its address
     * @param texts   the texts at each name that was asked about
     * @param problem why it said nothing, if it did not
     */
    record ServerAnswer(String server, String address, Map<String, List<String>> texts, Optional<String> problem) {

        /** The texts at {@code name}. */
        public List<String> at(String name) {
            return texts.getOrDefault(name, List.of());
        }
    }
}
