package gatehouse.idp.admin;

import gatehouse.spi.Deadline;
import java.util.List;

/** Looks up TXT records. */
public interface DnsTxt {

    /**
     * The texts at {@code name}; none if there is no such name.
     *
     * @throws gatehouse.spi.Unavailable if DNS does not answer in time
     */
    List<String> lookUp(String name, Deadline deadline);
}
