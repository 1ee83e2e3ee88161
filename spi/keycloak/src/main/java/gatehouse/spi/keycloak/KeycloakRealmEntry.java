package gatehouse.spi.keycloak;

import gatehouse.spi.host.ProviderRealm;
import gatehouse.spi.host.ProviderRealmEntry;
import gatehouse.spi.host.RealmSetting;
import gatehouse.spi.keycloak.model.HostedDirectory;
import org.keycloak.Config;
import org.keycloak.common.Profile;
import org.keycloak.common.crypto.CryptoIntegration;
import org.keycloak.connections.httpclient.DefaultHttpClientFactory;
import org.keycloak.connections.httpclient.HttpClientProvider;
import org.keycloak.connections.jpa.JpaConnectionProvider;
import org.keycloak.executors.ExecutorsProvider;
import org.keycloak.models.utils.PostMigrationEvent;
import org.keycloak.tracing.NoopTracingProviderFactory;
import org.keycloak.tracing.TracingProvider;

/**
 * Opens a realm of Keycloak providers. Keycloak's own statics are set up here, once per loader: profile, crypto and
 * configuration. They belong to the loader and go with it.
 */
public final class KeycloakRealmEntry implements ProviderRealmEntry {

    /** Found by {@link java.util.ServiceLoader}. */
    public KeycloakRealmEntry() {
    }

    @Override
    public ProviderRealm open(RealmSetting setting) {
        var loader = KeycloakRealmEntry.class.getClassLoader();
        var configuration = new ProviderConfiguration(setting.configuration());
        Profile.defaults();
        CryptoIntegration.setProvider(IsolatedCrypto.create());
        Config.init(configuration);

        var directory = new HostedDirectory(setting.directory(), setting.configuration());
        var factory = new HostedSessionFactory(setting.publicUrl(), directory, configuration,
                setting.clock().millis());
        var executors = new HostedExecutors(loader);
        var http = new DefaultHttpClientFactory();
        http.init(configuration.scope("connectionsHttpClient", "default"));
        factory.add(ExecutorsProvider.class, executors);
        factory.add(HttpClientProvider.class, http);
        factory.add(JpaConnectionProvider.class, new RealmAttributesOnly(directory));
        factory.add(TracingProvider.class, new NoopTracingProviderFactory());

        var start = new ProviderStart(setting, factory, configuration, loader);
        start.startAll();
        start.publish(new PostMigrationEvent(factory));
        return new KeycloakRealm(start, factory, directory, executors, http, loader);
    }
}
