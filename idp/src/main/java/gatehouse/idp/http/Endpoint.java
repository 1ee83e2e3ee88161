package gatehouse.idp.http;

import gatehouse.spi.Deadline;

/** Answers a route. Runs on a virtual thread and may wait, within {@code deadline}. */
@FunctionalInterface
public interface Endpoint {

    /**
     * Answers {@code request}.
     *
     * @throws Refusal an expected "no", worded by the route's {@link Voice}
     * @throws gatehouse.spi.DeadlineExceeded if time runs out: answered 503
     * @throws gatehouse.spi.Unavailable if a store cannot answer: answered 503
     */
    Reply handle(Request request, Deadline deadline);
}
