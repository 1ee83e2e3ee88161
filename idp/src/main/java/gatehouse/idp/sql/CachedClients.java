package gatehouse.idp.sql;

import gatehouse.idp.client.Client;
import gatehouse.idp.client.ClientCatalog;
import gatehouse.idp.client.ServiceProvider;
import gatehouse.spi.ClientId;
import gatehouse.spi.Deadline;
import java.util.Optional;
import java.util.concurrent.Executor;
import java.util.function.LongSupplier;

/** The data plane's view of clients, cached in front of {@link Tables}. Register it with the feed. */
public final class CachedClients implements ClientCatalog, ConfigListener {

    private record Key(String issuer, String id) {}

    private final ReadThrough<Key, Client> clients;
    private final ReadThrough<Key, ServiceProvider> serviceProviders;

    /** @param sizeMax entries of each cache */
    public CachedClients(Database database, Tables tables, int sizeMax, Executor executor, LongSupplier nanoClock) {
        clients = new ReadThrough<>(sizeMax, executor, nanoClock, (key, deadline) -> database.read(deadline,
                sql -> tables.clients().find(sql, Rows.Scope.of(key.issuer()), key.id())));
        serviceProviders = new ReadThrough<>(sizeMax, executor, nanoClock, (key, deadline) -> database.read(deadline,
                sql -> tables.serviceProviders()
                        .find(sql, Rows.Scope.of(key.issuer()), Tables.serviceProviderId(key.id()))));
    }

    @Override
    public Optional<Client> client(String issuer, ClientId id, Deadline deadline) {
        return clients.get(new Key(issuer, id.value()), deadline);
    }

    @Override
    public Optional<ServiceProvider> serviceProvider(String issuer, String entityId, Deadline deadline) {
        return serviceProviders.get(new Key(issuer, entityId), deadline);
    }

    @Override
    public void changed(ConfigChange change) {
        switch (change.kind()) {
            case CLIENT -> clients.forget(new Key(change.issuer(), change.id()));
            case SERVICE_PROVIDER -> serviceProviders.forget(new Key(change.issuer(), change.id()));
            case ISSUER, ORGANIZATION, DOMAIN, CONNECTION, USER, KEYS, METADATA, WEBHOOK -> { }
        }
    }

    @Override
    public void everythingMayHaveChanged() {
        clients.forgetAll();
        serviceProviders.forgetAll();
    }
}
