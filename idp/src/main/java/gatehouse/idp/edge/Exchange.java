package gatehouse.idp.edge;

import gatehouse.idp.http.Reply;
import gatehouse.idp.http.Request;
import gatehouse.idp.http.Route;
import gatehouse.idp.slo.Meters;
import gatehouse.idp.slo.Outcome;
import gatehouse.idp.slo.StageLedger;
import gatehouse.spi.Deadline;
import io.vertx.core.http.HttpServerRequest;
import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One admitted request between its reading and its reply. Its reply is written once, on its event loop. */
final class Exchange {

    private static final Logger LOG = LoggerFactory.getLogger(Exchange.class);

    /** How much longer than its deadline a request may take until the edge answers for it: time to word a refusal. */
    private static final long GRACE_NANOS = Duration.ofMillis(30).toNanos();

    final HttpServerRequest wire;
    final Route route;
    final Request request;
    final Deadline deadline;
    final StageLedger ledger;
    private final long startNanos = System.nanoTime();
    private final ReplyWriter writer;
    private final Meters meters;
    private final Runnable done;
    private long overdueSinceNanos;
    private boolean answered;
    private volatile Thread worker;

    /** Who writes the reply and who hears of its end. */
    record Ends(ReplyWriter writer, Meters meters, Runnable done) {}

    Exchange(HttpServerRequest wire, Route route, Request request, Deadline deadline, Ends ends) {
        this.wire = wire;
        this.route = route;
        this.request = request;
        this.deadline = deadline;
        this.ledger = new StageLedger(request.traceId());
        this.writer = ends.writer();
        this.meters = ends.meters();
        this.done = ends.done();
    }

    void workedOnBy(Thread thread) {
        worker = thread;
    }

    /** Writes the reply unless one was written. */
    void answer(Reply reply, Outcome outcome) {
        if (answered) {
            return;
        }
        answered = true;
        done.run();
        writer.write(wire, reply, route.cors());
        meters.answered(
                new Meters.Answered(route.journey(), outcome, request.method(), route.path(), reply.status(),
                        System.nanoTime() - startNanos),
                ledger);
    }

    boolean isOverdue() {
        if (!deadline.hasPassed()) {
            return false;
        }
        var now = System.nanoTime();
        if (overdueSinceNanos == 0) {
            overdueSinceNanos = now;
        }
        return now - overdueSinceNanos >= GRACE_NANOS;
    }

    /** Answers 503 for work that ignores its deadline, and interrupts it. */
    void giveUp() {
        var thread = worker;
        if (thread != null) {
            thread.interrupt();
        }
        LOG.warn("gave up on {} {}, which does not heed its deadline; trace {}", route.method(), route.path(),
                request.traceId());
        answer(route.voice().unavailable(request), Outcome.BUDGET_EXCEEDED);
    }
}
