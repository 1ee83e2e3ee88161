package gatehouse.idp.http;

import java.util.List;
import java.util.Optional;

/** The header fields of a request; names are case-insensitive. */
public interface Headers {

    /** The first value of {@code name}. */
    Optional<String> first(String name);

    /** All values of {@code name}, in order. */
    List<String> all(String name);
}
