package gatehouse.idp.boot;

import gatehouse.idp.edge.Issuers;
import gatehouse.idp.keys.IssuerKeys;
import gatehouse.idp.sql.ConfigChange;
import gatehouse.idp.sql.ConfigListener;
import gatehouse.idp.tenancy.IssuerSettings;
import gatehouse.idp.tenancy.TenancyCatalog;
import gatehouse.spi.Deadline;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The issuers this node has met: enabled, and with keys ready, so that prebuilt documents can be answered without
 * waiting. A change of an issuer makes it be looked up again.
 */
final class KnownIssuers implements Issuers, ConfigListener {

    private final TenancyCatalog tenancy;
    private final IssuerKeys keys;
    private final Map<String, Boolean> known = new ConcurrentHashMap<>();

    KnownIssuers(TenancyCatalog tenancy, IssuerKeys keys) {
        this.tenancy = tenancy;
        this.keys = keys;
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
        }
    }

    @Override
    public void everythingMayHaveChanged() {
        known.clear();
    }
}
