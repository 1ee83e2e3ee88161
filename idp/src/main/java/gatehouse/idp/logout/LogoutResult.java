package gatehouse.idp.logout;

import java.util.List;
import java.util.Map;

/**
 * How a logout ended.
 *
 * @param carried   what the front door gave
 * @param unreached names of those who could not be told, or did not confirm
 */
public record LogoutResult(Map<String, String> carried, List<String> unreached) {

    public LogoutResult {
        carried = Map.copyOf(carried);
        unreached = List.copyOf(unreached);
    }

    /** Whether everybody has confirmed. */
    public boolean isComplete() {
        return unreached.isEmpty();
    }
}
