package gatehouse.idp.boot;

import gatehouse.idp.edge.Issuers;
import gatehouse.idp.keys.IssuerKeys;
import gatehouse.idp.sql.ConfigChange;
import gatehouse.idp.sql.ConfigListener;
import gatehouse.idp.tenancy.IssuerSettings;
import gatehouse.idp.tenancy.TenancyCatalog;
import gatehouse.spi.Deadline;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The issuers this node has met: enabled, and with keys ready, so that prebuilt documents can be answered without
 * waiting. A change of an issuer makes it be looked up again.
 */
final class KnownIssuers implements Issuers, ConfigListener {

    private static final Logger LOG = LoggerFactory.getLogger(KnownIssuers.class);
    private static final Duration MAKING_KEYS = Duration.ofSeconds(20);

    private static final Duration LOOKING_AGAIN = Duration.ofSeconds(5);

    private final Executor background;
    private final TenancyCatalog tenancy;
    private final IssuerKeys keys;
    private final Map<String, Boolean> known = new ConcurrentHashMap<>();

    /** @param background runs what nobody waits for */
    KnownIssuers(TenancyCatalog tenancy, IssuerKeys keys, Executor background) {
        this.tenancy = tenancy;
        this.keys = keys;
        this.background = background;
    }

    /** Meets the issuers {@code names}, so that the first request of each does not wait for its keys to be made. */
    void meet(List<String> names, Deadline deadline) {
        names.forEach(name -> exists(name, deadline));
    }

    @Override
    public boolean isKnown(String name) {
        return known.containsKey(name);
    }

    @Override
    public boolean exists(String name, Deadline deadline) {
        if (known.containsKey(name)) {
            return true;
        }
        if (tenancy.issuer(name, deadline).filter(IssuerSettings::enabled).isEmpty()) {
            return false;
        }
        keys.ensure(name);
        known.put(name, true);
        return true;
    }

    @Override
    public void changed(ConfigChange change) {
        if (change.kind() == ConfigChange.Kind.ISSUER) {
            known.remove(change.id());
            background.execute(() -> meetInAdvance(change.id()));
        }
    }

    private void meetInAdvance(String name) {
        try {
            exists(name, Deadline.after(MAKING_KEYS));
        } catch (RuntimeException notNow) {
            LOG.debug("the keys of issuer {} are left to its first request", name, notNow);
        }
    }

    @Override
    public void everythingMayHaveChanged() {
        // Behind everybody's back: a document that lies in memory must not begin to wait for SQL when SQL was lost.
        known.keySet().forEach(name -> background.execute(() -> lookAgain(name)));
    }

    private void lookAgain(String name) {
        try {
            if (tenancy.issuer(name, Deadline.after(LOOKING_AGAIN)).filter(IssuerSettings::enabled).isEmpty()) {
                known.remove(name);
            }
        } catch (RuntimeException notNow) {
            // Not known to be good any more: its next request finds out.
            known.remove(name);
        }
    }
}
