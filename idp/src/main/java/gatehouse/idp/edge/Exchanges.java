package gatehouse.idp.edge;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.Set;

/**
 * The exchanges in work on one event loop, oldest first. Sweeping them in one pass costs less than a timer per request,
 * and answers a request whose work ignores its deadline. Touched on its event loop only.
 */
final class Exchanges {

    private final Set<Exchange> inWork = new LinkedHashSet<>();

    void add(Exchange exchange) {
        inWork.add(exchange);
    }

    void remove(Exchange exchange) {
        inWork.remove(exchange);
    }

    void answerOverdue() {
        if (inWork.isEmpty()) {
            return;
        }
        for (var exchange : new ArrayList<>(inWork)) {
            if (exchange.isOverdue()) {
                exchange.giveUp();
            }
        }
    }
}
