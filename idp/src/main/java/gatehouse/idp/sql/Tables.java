package gatehouse.idp.sql;

import com.fasterxml.jackson.databind.node.ObjectNode;
import gatehouse.idp.client.Client;
import gatehouse.idp.client.ServiceProvider;
import gatehouse.idp.directory.User;
import gatehouse.idp.events.Webhook;
import gatehouse.idp.tenancy.Connection;
import gatehouse.idp.tenancy.DomainClaim;
import gatehouse.idp.tenancy.IssuerSettings;
import gatehouse.idp.tenancy.Organization;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.Base64;
import java.util.Optional;
import java.util.Set;
import java.util.function.BinaryOperator;
import java.util.function.Function;
import java.util.function.UnaryOperator;

/** The rows of every kind of record: the one list of what the control plane keeps. */
public final class Tables {

    private final Rows<IssuerSettings> issuers;
    private final Rows<Organization> organizations;
    private final Rows<DomainClaim> domains;
    private final Rows<Connection> connections;
    private final Rows<Client> clients;
    private final Rows<ServiceProvider> serviceProviders;
    private final Rows<User> users;
    private final Rows<Webhook> webhooks;

    /** @param secretsOfType names of the secret settings of a connection type */
    public Tables(SecretBox box, Function<String, Set<String>> secretsOfType) {
        var seal = new SealedSettings(box, secretsOfType);
        issuers = rows("issuer", IssuerSettings.class, ConfigChange.Kind.ISSUER, "name", IssuerSettings::name);
        organizations = rows("organization", Organization.class, ConfigChange.Kind.ORGANIZATION, "id",
                o -> o.id().value());
        domains = rows("domain_claim", DomainClaim.class, ConfigChange.Kind.DOMAIN, "name", DomainClaim::name,
                "verified");
        connections = new Rows<>(new Rows.Table<>("connection", Connection.class, ConfigChange.Kind.CONNECTION,
                Optional.of("id"), c -> c.id().value(), Set.of(), seal::sealed, seal::opened));
        clients = rows("client", Client.class, ConfigChange.Kind.CLIENT, "client_id", c -> c.clientId().value());
        serviceProviders = new Rows<>(new Rows.Table<>("service_provider", ServiceProvider.class,
                ConfigChange.Kind.SERVICE_PROVIDER, Optional.empty(), sp -> serviceProviderId(sp.entityId()),
                Set.of("entity_id"), UnaryOperator.identity(), UnaryOperator.identity()));
        webhooks = new Rows<>(new Rows.Table<>("webhook", Webhook.class, ConfigChange.Kind.WEBHOOK, Optional.of("id"),
                Webhook::id, Set.of(), document -> secrets(document, box::seal),
                document -> secrets(document, box::open)));
        users = rows("account", User.class, ConfigChange.Kind.USER, "id", u -> u.id().value(), "email");
    }

    private static <T extends Record> Rows<T> rows(
            String name, Class<T> type, ConfigChange.Kind kind, String idField, Function<T, String> id,
                    String... filters) {
        UnaryOperator<ObjectNode> same = UnaryOperator.identity();
        return new Rows<>(new Rows.Table<>(name, type, kind, Optional.of(idField), id, Set.of(filters), same, same));
    }

    /** {@code webhook} with {@code change} made of each secret, for its place. */
    private static ObjectNode secrets(ObjectNode webhook, BinaryOperator<String> change) {
        var place = String.join("|", webhook.path("issuer").asText(), webhook.path("id").asText(), "webhook");
        webhook.path("secrets").forEach(secret ->
                ((ObjectNode) secret).put("value", change.apply(secret.path("value").asText(), place)));
        return webhook;
    }

    /** The id of the row of a service provider: an entityID is a URL and does not fit into a path. */
    public static String serviceProviderId(String entityId) {
        try {
            var digest = MessageDigest.getInstance("SHA-256").digest(entityId.getBytes(StandardCharsets.UTF_8));
            return Base64.getUrlEncoder().withoutPadding().encodeToString(Arrays.copyOf(digest, 16));
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException("every JDK has SHA-256", impossible);
        }
    }

    public Rows<IssuerSettings> issuers() {
        return issuers;
    }

    public Rows<Organization> organizations() {
        return organizations;
    }

    public Rows<DomainClaim> domains() {
        return domains;
    }

    public Rows<Connection> connections() {
        return connections;
    }

    public Rows<Client> clients() {
        return clients;
    }

    public Rows<ServiceProvider> serviceProviders() {
        return serviceProviders;
    }

    public Rows<User> users() {
        return users;
    }

    public Rows<Webhook> webhooks() {
        return webhooks;
    }
}
