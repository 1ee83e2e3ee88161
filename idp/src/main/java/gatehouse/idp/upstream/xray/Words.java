package gatehouse.idp.upstream.xray;

import gatehouse.idp.http.Request;
import java.util.List;
import java.util.Optional;

/** The texts of the pages, for those who answer in words and know no pages. */
@FunctionalInterface
public interface Words {

    /** The text of {@code key} in the best language for {@code request}; empty if there is none. */
    Optional<String> find(String key, List<String> arguments, Request request);
}
