package gatehouse.idp.admin.resource;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import gatehouse.idp.client.Client;
import gatehouse.idp.client.ClientSecret;
import gatehouse.idp.keys.SigningAlgorithm;
import gatehouse.idp.schema.Access;
import gatehouse.idp.schema.Described;
import gatehouse.idp.schema.InvalidDocument;
import gatehouse.idp.schema.ResourceSchema;
import gatehouse.idp.sql.Rows;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** OAuth clients. A secret is made here and shown once, unless one is given; only its hash is kept. */
public final class Clients implements Kind<Client> {

    /** What is accepted beside the client's metadata. */
    record Accepted(
            @Described(value = "A secret of its own choosing, instead of one made here; replaces all others.",
                    access = Access.WRITE_ONLY, min = 8, max = 512)
            Optional<String> clientSecret) {}

    static final ResourceSchema SCHEMA =
            ResourceSchema.of("client", defaults(), List.of(Client.class, Accepted.class));

    private final Rows<Client> rows;
    private final RandomNames names;
    private final InstantSource clock;

    public Clients(Rows<Client> rows, RandomNames names, InstantSource clock) {
        this.rows = rows;
        this.names = names;
        this.clock = clock;
    }

    private static ObjectNode defaults() {
        var defaults = JsonNodeFactory.instance.objectNode();
        defaults.putArray("redirect_uris");
        defaults.putArray("post_logout_redirect_uris");
        defaults.putArray("grant_types").add("authorization_code").add("refresh_token");
        defaults.putArray("scopes").add("openid").add("profile").add("email");
        defaults.put("token_endpoint_auth_method", "client_secret_basic");
        // OpenID Connect Dynamic Client Registration §2: what a client expects that never said otherwise.
        defaults.put("id_token_signed_response_alg", SigningAlgorithm.RS256.name());
        defaults.put("access_token_signed_response_alg", SigningAlgorithm.ES256.name());
        defaults.putArray("audience");
        return defaults.put("first_party", false).put("enabled", true);
    }

    @Override
    public String path() {
        return "clients";
    }

    @Override
    public Rows<Client> rows() {
        return rows;
    }

    @Override
    public ResourceSchema schema() {
        return SCHEMA;
    }

    @Override
    public String idField() {
        return "client_id";
    }

    @Override
    public Optional<String> newId() {
        return Optional.of(names.id());
    }

    @Override
    public void complete(ObjectNode document, Optional<Client> before) {
        if (before.isEmpty()) {
            document.putArray("secrets");
        }
    }

    @Override
    public Taken<Client> take(Client value, ObjectNode writeOnly, Optional<Client> before) {
        boolean secretMethod = value.tokenEndpointAuthMethod().startsWith("client_secret_");
        if (writeOnly.has("client_secret")) {
            if (!secretMethod) {
                throw new InvalidDocument("client_secret", "is not used with token_endpoint_auth_method "
                        + value.tokenEndpointAuthMethod());
            }
            var given = writeOnly.get("client_secret").asText();
            boolean known = value.secrets().stream().anyMatch(secret -> secret.matches(given, clock.instant()));
            return new Taken<>(known ? value
                    : withSecrets(value, List.of(ClientSecret.of(given, Optional.empty()))), Map.of());
        }
        if (!secretMethod) {
            return new Taken<>(value.secrets().isEmpty() ? value : withSecrets(value, List.of()), Map.of());
        }
        return value.secrets().isEmpty() ? rotated(value, Duration.ZERO) : new Taken<>(value, Map.of());
    }

    /** {@code value} with a new secret; the present ones are accepted for {@code overlap} more. */
    public Taken<Client> rotated(Client value, Duration overlap) {
        var secret = names.secret();
        var secrets = new ArrayList<ClientSecret>();
        secrets.add(ClientSecret.of(secret, Optional.empty()));
        var now = clock.instant();
        if (overlap.isPositive()) {
            // Of those in use, the newest stays for the change of secret; more than two never live.
            value.secrets().stream()
                    .filter(old -> old.expiresAt().map(now::isBefore).orElse(true))
                    .findFirst()
                    .ifPresent(old -> secrets.add(new ClientSecret(old.sha256(), earlier(old, now.plus(overlap)))));
        }
        return new Taken<>(withSecrets(value, secrets), Map.of("client_secret", secret));
    }

    private static Optional<Instant> earlier(ClientSecret secret, Instant end) {
        return Optional.of(secret.expiresAt().filter(end::isAfter).orElse(end));
    }

    private static Client withSecrets(Client c, List<ClientSecret> secrets) {
        return new Client(c.clientId(), c.issuer(), c.organization(), c.clientName(), c.clientUri(), c.redirectUris(),
                c.postLogoutRedirectUris(), c.grantTypes(), c.scopes(), c.tokenEndpointAuthMethod(), secrets, c.jwks(),
                c.jwksUri(), c.idTokenSignedResponseAlg(), c.accessTokenSignedResponseAlg(), c.audience(),
                c.accessTokenLifetime(), c.firstParty(), c.enabled(), c.version());
    }

    @Override
    public void check(Client value, Optional<Client> before, Admin admin) {
        ClientRules.check(value, before, admin);
    }
}
