package gatehouse.idp.watch;

import gatehouse.idp.sql.Database;
import gatehouse.idp.sql.watch.SqlChores;
import gatehouse.spi.Deadline;
import java.time.Duration;
import java.time.InstantSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The clock of this room on one node: looks for work every so often. Work that another node has taken is left to it. */
public final class WatchSchedule implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(WatchSchedule.class);
    private static final Duration BUDGET = Duration.ofSeconds(60);
    private static final Duration CERTIFICATES_EVERY = Duration.ofHours(1);
    private static final Duration CERTIFICATES_BUDGET = Duration.ofMinutes(30);
    private static final String CERTIFICATES = "certificates";

    private final MetadataWatch metadata;
    private final CertificateWatch certificates;
    private final Database database;
    private final SqlChores chores;
    private final InstantSource time;
    private final Thread thread;

    WatchSchedule(
            MetadataWatch metadata, CertificateWatch certificates, Database database, SqlChores chores,
            InstantSource time, Duration every) {
        this.metadata = metadata;
        this.certificates = certificates;
        this.database = database;
        this.chores = chores;
        this.time = time;
        this.thread = Thread.ofVirtual().name("watch").unstarted(() -> run(every));
    }

    /** Begins. To be called once. */
    public void start() {
        thread.start();
    }

    private void run(Duration every) {
        try {
            while (true) {
                Thread.sleep(every);
                turn();
            }
        } catch (InterruptedException closed) {
            LOG.debug("the watch ends");
        }
    }

    /** One turn: everything that is due now. */
    void turn() {
        try {
            int fetched = metadata.sweep(Deadline.after(BUDGET));
            LOG.debug("{} metadata documents were due", fetched);
        } catch (RuntimeException failed) {
            LOG.warn("published metadata could not be looked after: {}", failed.toString());
        }
        try {
            countDown();
        } catch (RuntimeException failed) {
            LOG.warn("certificates could not be counted down: {}", failed.toString());
        }
    }

    private void countDown() {
        boolean mine = database.inTransaction(Deadline.after(BUDGET), transaction -> chores.claim(
                transaction.handle(), CERTIFICATES, time.instant(), CERTIFICATES_EVERY, CERTIFICATES_BUDGET));
        if (mine) {
            certificates.sweep(Deadline.after(CERTIFICATES_BUDGET));
            database.inTransaction(Deadline.after(BUDGET), transaction -> {
                chores.done(transaction.handle(), CERTIFICATES, time.instant());
                return true;
            });
        }
    }

    @Override
    public void close() {
        thread.interrupt();
    }
}
