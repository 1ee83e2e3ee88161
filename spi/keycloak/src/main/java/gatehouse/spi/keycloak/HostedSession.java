package gatehouse.spi.keycloak;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.keycloak.component.ComponentModel;
import org.keycloak.models.ClientProvider;
import org.keycloak.models.ClientScopeProvider;
import org.keycloak.models.GroupProvider;
import org.keycloak.models.IdentityProviderStorageProvider;
import org.keycloak.models.KeyManager;
import org.keycloak.models.KeycloakContext;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.KeycloakSessionFactory;
import org.keycloak.models.KeycloakTransactionManager;
import org.keycloak.models.RealmProvider;
import org.keycloak.models.RevokedTokenProvider;
import org.keycloak.models.RoleProvider;
import org.keycloak.models.SingleUseObjectProvider;
import org.keycloak.models.ThemeManager;
import org.keycloak.models.TokenManager;
import org.keycloak.models.UserLoginFailureProvider;
import org.keycloak.models.UserProvider;
import org.keycloak.models.UserSessionProvider;
import org.keycloak.provider.InvalidationHandler.InvalidableObjectType;
import org.keycloak.provider.Provider;
import org.keycloak.provider.ProviderFactory;
import org.keycloak.services.clientpolicy.ClientPolicyManager;
import org.keycloak.sessions.AuthenticationSessionProvider;
import org.keycloak.vault.VaultTranscriber;

/**
 * Keycloak's session for one call of one provider. Providers are created at first use and closed with the session. A
 * provider kind that nothing hosts is null, as in Keycloak, and remembered, so that the failure that follows can be
 * told apart from a fault of the provider. For one thread.
 */
final class HostedSession implements KeycloakSession {

    private final HostedSessionFactory factory;
    private final CurrentCall context;
    private final AfterCommit transactions = new AfterCommit();
    private final Map<String, Object> attributes = new HashMap<>();
    private final Map<ProviderFactory<?>, Provider> providers = new LinkedHashMap<>();
    private final List<Provider> enlistedForClose = new ArrayList<>();
    private final Set<String> missing = new LinkedHashSet<>();
    private boolean closed;

    HostedSession(HostedSessionFactory factory, CurrentCall context) {
        this.factory = factory;
        this.context = context;
    }

    /** Names of the provider kinds that were asked for and are not hosted. */
    Set<String> missing() {
        return missing;
    }

    @Override
    public KeycloakContext getContext() {
        return context;
    }

    @Override
    public KeycloakTransactionManager getTransactionManager() {
        return transactions;
    }

    @Override
    public <T extends Provider> T getProvider(Class<T> type) {
        return create(type, factory.getProviderFactory(type));
    }

    @Override
    public <T extends Provider> T getProvider(Class<T> type, String id) {
        return id == null ? getProvider(type) : create(type, factory.getProviderFactory(type, id));
    }

    private <T extends Provider> T create(Class<T> type, ProviderFactory<T> chosen) {
        if (chosen == null) {
            missing.add(type.getSimpleName());
            return null;
        }
        var existing = providers.get(chosen);
        if (existing == null) {
            existing = chosen.create(this);
            providers.put(chosen, existing);
        }
        return type.cast(existing);
    }

    @Override
    public <T extends Provider> T getComponentProvider(Class<T> type, String componentId) {
        throw new UnsupportedByHost("KeycloakSession.getComponentProvider");
    }

    @Override
    public <T extends Provider> T getComponentProvider(Class<T> type, String componentId,
            Function<KeycloakSessionFactory, ComponentModel> modelGetter) {
        throw new UnsupportedByHost("KeycloakSession.getComponentProvider");
    }

    @Override
    public <T extends Provider> T getProvider(Class<T> type, ComponentModel component) {
        throw new UnsupportedByHost("KeycloakSession.getProvider(ComponentModel)");
    }

    @Override
    public <T extends Provider> Set<String> listProviderIds(Class<T> type) {
        return factory.factoriesOf(type).keySet();
    }

    @Override
    public <T extends Provider> Set<T> getAllProviders(Class<T> type) {
        return listProviderIds(type).stream().map(id -> getProvider(type, id))
                .collect(Collectors.toCollection(LinkedHashSet::new));
    }

    @Override
    public Class<? extends Provider> getProviderClass(String className) {
        return factory.getSpis().stream().map(spi -> spi.getProviderClass())
                .filter(type -> type.getName().equals(className)).findFirst().orElse(null);
    }

    @Override
    public Object getAttribute(String name) {
        return attributes.get(name);
    }

    @Override
    public <T> T getAttribute(String name, Class<T> type) {
        var value = attributes.get(name);
        return type.isInstance(value) ? type.cast(value) : null;
    }

    @Override
    public Object removeAttribute(String name) {
        return attributes.remove(name);
    }

    @Override
    public void setAttribute(String name, Object value) {
        attributes.put(name, value);
    }

    @Override
    public Map<String, Object> getAttributes() {
        return Map.copyOf(attributes);
    }

    @Override
    public void invalidate(InvalidableObjectType type, Object... identifiers) {
        factory.invalidate(this, type, identifiers);
    }

    @Override
    public void enlistForClose(Provider provider) {
        enlistedForClose.add(provider);
    }

    @Override
    public KeycloakSessionFactory getKeycloakSessionFactory() {
        return factory;
    }

    @Override
    public RealmProvider realms() {
        return factory.directory().realms();
    }

    @Override
    public ClientProvider clients() {
        return factory.directory().clients();
    }

    @Override
    public UserProvider users() {
        return factory.directory().users();
    }

    @Override
    public ClientScopeProvider clientScopes() {
        throw new UnsupportedByHost("KeycloakSession.clientScopes");
    }

    @Override
    public GroupProvider groups() {
        throw new UnsupportedByHost("KeycloakSession.groups");
    }

    @Override
    public RoleProvider roles() {
        throw new UnsupportedByHost("KeycloakSession.roles");
    }

    @Override
    public UserSessionProvider sessions() {
        throw new UnsupportedByHost("KeycloakSession.sessions");
    }

    @Override
    public UserLoginFailureProvider loginFailures() {
        throw new UnsupportedByHost("KeycloakSession.loginFailures");
    }

    @Override
    public AuthenticationSessionProvider authenticationSessions() {
        throw new UnsupportedByHost("KeycloakSession.authenticationSessions");
    }

    @Override
    public SingleUseObjectProvider singleUseObjects() {
        throw new UnsupportedByHost("KeycloakSession.singleUseObjects");
    }

    @Override
    public RevokedTokenProvider revokedTokens() {
        throw new UnsupportedByHost("KeycloakSession.revokedTokens");
    }

    @Override
    public IdentityProviderStorageProvider identityProviders() {
        throw new UnsupportedByHost("KeycloakSession.identityProviders");
    }

    @Override
    public KeyManager keys() {
        throw new UnsupportedByHost("KeycloakSession.keys");
    }

    @Override
    public ThemeManager theme() {
        throw new UnsupportedByHost("KeycloakSession.theme");
    }

    @Override
    public TokenManager tokens() {
        throw new UnsupportedByHost("KeycloakSession.tokens");
    }

    @Override
    public VaultTranscriber vault() {
        throw new UnsupportedByHost("KeycloakSession.vault");
    }

    @Override
    public ClientPolicyManager clientPolicy() {
        throw new UnsupportedByHost("KeycloakSession.clientPolicy");
    }

    @Override
    public boolean isClosed() {
        return closed;
    }

    @Override
    public void close() {
        if (closed) {
            return;
        }
        closed = true;
        var failures = new ArrayList<RuntimeException>();
        var all = new ArrayList<>(enlistedForClose);
        all.addAll(providers.values());
        for (var provider : all) {
            try {
                if (provider != null) {
                    provider.close();
                }
            } catch (RuntimeException failed) {
                failures.add(failed);
            }
        }
        if (!failures.isEmpty()) {
            throw failures.getFirst();
        }
    }
}
