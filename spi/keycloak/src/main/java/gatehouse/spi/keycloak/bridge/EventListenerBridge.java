package gatehouse.spi.keycloak.bridge;

import gatehouse.spi.event.AdminEvent;
import gatehouse.spi.event.EventListener;
import gatehouse.spi.event.LoginEvent;
import gatehouse.spi.keycloak.SessionBinding;
import gatehouse.spi.keycloak.model.HostedDirectory;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.keycloak.common.ClientConnection;
import org.keycloak.events.Event;
import org.keycloak.events.EventListenerProvider;
import org.keycloak.events.EventType;
import org.keycloak.events.admin.AuthDetails;
import org.keycloak.events.admin.OperationType;
import org.keycloak.events.admin.ResourceType;
import org.keycloak.models.KeycloakSession;

/**
 * A Keycloak event listener as ours. Event types are Keycloak's where Keycloak has one, so the name decides; an event
 * of a type that Keycloak does not know is dropped and counted.
 */
public final class EventListenerBridge implements EventListener {

    private static final Map<String, EventType> TYPES = byName(EventType.values());
    private static final Map<String, OperationType> OPERATIONS = byName(OperationType.values());
    private static final Map<String, ResourceType> RESOURCES = byName(ResourceType.values());

    private final String id;
    private final SessionBinding binding;
    private final HostedDirectory directory;
    private final LongAdder dropped;

    public EventListenerBridge(String id, SessionBinding binding, HostedDirectory directory, LongAdder dropped) {
        this.id = id;
        this.binding = binding;
        this.directory = directory;
        this.dropped = dropped;
    }

    private static <E extends Enum<E>> Map<String, E> byName(E[] values) {
        return Arrays.stream(values).collect(Collectors.toUnmodifiableMap(Enum::name, Function.identity()));
    }

    @Override
    public String name() {
        return id;
    }

    @Override
    public void on(LoginEvent event) {
        var type = TYPES.get(event.type());
        if (type == null) {
            dropped.increment();
            return;
        }
        binding.call(session -> {
            place(session, event.issuer(), event.clientId(), event.ipAddress());
            session.getProvider(EventListenerProvider.class, id).onEvent(translate(event, type));
            return true;
        });
    }

    @Override
    public void on(AdminEvent event) {
        var operation = OPERATIONS.get(event.operation());
        if (operation == null) {
            dropped.increment();
            return;
        }
        binding.call(session -> {
            place(session, event.issuer(), event.actorClientId(), event.ipAddress());
            session.getProvider(EventListenerProvider.class, id)
                    .onEvent(translate(event, operation), event.representation().isPresent());
            return true;
        });
    }

    private void place(KeycloakSession session, String issuer, Optional<String> clientId, Optional<String> address) {
        var realm = directory.realm(issuer);
        session.getContext().setRealm(realm);
        clientId.map(realm::getClientByClientId).ifPresent(session.getContext()::setClient);
        address.ifPresent(from -> session.getContext().setConnection(new ClientConnection() {

            @Override
            public String getRemoteAddr() {
                return from;
            }

            @Override
            public String getRemoteHost() {
                return from;
            }
        }));
    }

    private static Event translate(LoginEvent ours, EventType type) {
        var event = new Event();
        event.setId(ours.id());
        event.setTime(ours.time().toEpochMilli());
        event.setType(type);
        event.setRealmId(ours.issuer());
        event.setRealmName(ours.issuer());
        event.setClientId(ours.clientId().orElse(null));
        event.setUserId(ours.userId().orElse(null));
        event.setSessionId(ours.sessionId().orElse(null));
        event.setIpAddress(ours.ipAddress().orElse(null));
        event.setError(ours.error().orElse(null));
        event.setDetails(new HashMap<>(ours.details()));
        return event;
    }

    private static org.keycloak.events.admin.AdminEvent translate(AdminEvent ours, OperationType operation) {
        var actor = new AuthDetails();
        actor.setRealmId(ours.issuer());
        actor.setRealmName(ours.issuer());
        actor.setClientId(ours.actorClientId().orElse(null));
        actor.setUserId(ours.actorUserId().orElse(null));
        actor.setIpAddress(ours.ipAddress().orElse(null));
        var event = new org.keycloak.events.admin.AdminEvent();
        event.setId(ours.id());
        event.setTime(ours.time().toEpochMilli());
        event.setRealmId(ours.issuer());
        event.setRealmName(ours.issuer());
        event.setAuthDetails(actor);
        event.setOperationType(operation);
        event.setResourcePath(ours.resourcePath());
        event.setRepresentation(ours.representation().orElse(null));
        var resource = RESOURCES.get(ours.resourceType());
        if (resource == null) {
            event.setResourceTypeAsString(ours.resourceType());
        } else {
            event.setResourceType(resource);
        }
        return event;
    }
}
