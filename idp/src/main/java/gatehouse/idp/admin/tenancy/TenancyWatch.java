package gatehouse.idp.admin.tenancy;

import gatehouse.idp.admin.resource.Admin;
import gatehouse.idp.admin.resource.Editor;
import gatehouse.idp.sql.RowRefused;
import gatehouse.spi.Deadline;
import gatehouse.spi.Unavailable;
import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The schedule of what tenancy does by itself: has domains looked for again, ends enforcements
 * that fail. Every node runs it; each does a share. */
public final class TenancyWatch implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(TenancyWatch.class);
    private static final Duration BETWEEN_ROUNDS = Duration.ofSeconds(20);
    private static final Duration PATIENCE = Duration.ofSeconds(15);
    private static final int DOMAINS_MAX = 20;
    private static final String ACTOR = "schedule";

    private final DomainProofs domains;
    private final Enforcement enforcement;
    private final Thread thread;

    public TenancyWatch(DomainProofs domains, Enforcement enforcement) {
        this.domains = domains;
        this.enforcement = enforcement;
        this.thread = Thread.ofVirtual().name("tenancy-watch").unstarted(this::watch);
    }

    /** Starts it. To be called once. */
    public void start() {
        thread.start();
    }

    @Override
    public void close() {
        thread.interrupt();
    }

    private void watch() {
        try {
            while (true) {
                Thread.sleep(BETWEEN_ROUNDS);
                quietly(this::lookForDomains);
                quietly(() -> enforcement.rollBack(Deadline.after(PATIENCE)));
            }
        } catch (InterruptedException closed) {
            LOG.debug("The schedule of tenancy ends");
        }
    }

    private static void quietly(Runnable round) {
        try {
            round.run();
        } catch (RuntimeException failed) {
            LOG.warn("A round of the schedule failed; the next one tries again", failed);
        }
    }

    /** One round: looks for the domains that are due. */
    void lookForDomains() {
        for (var claim : domains.takeDue(DOMAINS_MAX, Deadline.after(PATIENCE))) {
            try {
                domains.check(claim, new Editor.Call(Admin.operator(ACTOR), claim.issuer(), "", ACTOR),
                        Deadline.after(PATIENCE));
            } catch (RowRefused | Unavailable notNow) {
                LOG.debug("Nothing was concluded about {}", claim.name(), notNow);
            }
        }
    }
}
