package gatehouse.idp.admin.resource;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import gatehouse.idp.events.EventType;
import gatehouse.idp.events.Webhook;
import gatehouse.idp.events.WebhookSecret;
import gatehouse.idp.schema.Access;
import gatehouse.idp.schema.Described;
import gatehouse.idp.schema.FieldProblem;
import gatehouse.idp.schema.InvalidDocument;
import gatehouse.idp.schema.Nearest;
import gatehouse.idp.schema.ResourceSchema;
import gatehouse.idp.sql.Rows;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Receivers of events. The secret is made here and shown once, unless one is given; it is kept sealed. */
public final class Webhooks implements Kind<Webhook> {

    private static final int SECRET_BYTES = 32;

    /** What is accepted beside the fields. */
    record Accepted(
            @Described(value = "A secret of its own choosing instead of one made here: whsec_ and 24 to 64 bytes in"
                    + " base64. Replaces all others.", access = Access.WRITE_ONLY, min = 38, max = 94)
            Optional<String> secret) {}

    static final ResourceSchema SCHEMA =
            ResourceSchema.of("webhook", defaults(), List.of(Webhook.class, Accepted.class));

    private final Rows<Webhook> rows;
    private final RandomNames names;
    private final InstantSource clock;
    private final SecureRandom random = new SecureRandom();

    public Webhooks(Rows<Webhook> rows, RandomNames names, InstantSource clock) {
        this.rows = rows;
        this.names = names;
        this.clock = clock;
    }

    private static ObjectNode defaults() {
        var defaults = JsonNodeFactory.instance.objectNode().put("display_name", "Webhook").put("enabled", true);
        defaults.putArray("event_types");
        return defaults;
    }

    @Override
    public String path() {
        return "webhooks";
    }

    @Override
    public Rows<Webhook> rows() {
        return rows;
    }

    @Override
    public ResourceSchema schema() {
        return SCHEMA;
    }

    @Override
    public String idField() {
        return "id";
    }

    @Override
    public Optional<String> newId() {
        return Optional.of(names.id());
    }

    @Override
    public void complete(ObjectNode document, Optional<Webhook> before) {
        if (before.isEmpty()) {
            document.putArray("secrets");
        }
        if (document.path("enabled").asBoolean()) {
            document.remove("disabled_because");
        }
    }

    @Override
    public Taken<Webhook> take(Webhook value, ObjectNode writeOnly, Optional<Webhook> before) {
        if (writeOnly.has("secret")) {
            var given = writeOnly.get("secret").asText();
            if (!WebhookSecret.isOne(given)) {
                throw new InvalidDocument("secret", "must be whsec_ and 24 to 64 bytes in base64");
            }
            boolean known = value.secrets().stream().anyMatch(secret -> secret.value().equals(given));
            return new Taken<>(known ? value
                    : value.signedWith(List.of(new WebhookSecret(given, Optional.empty()))), Map.of());
        }
        return value.secrets().isEmpty() ? rotated(value, Duration.ZERO) : new Taken<>(value, Map.of());
    }

    /** {@code value} with a new secret; deliveries are signed with the present one too for {@code overlap} more. */
    public Taken<Webhook> rotated(Webhook value, Duration overlap) {
        var bytes = new byte[SECRET_BYTES];
        random.nextBytes(bytes);
        var fresh = WebhookSecret.of(bytes);
        var secrets = new ArrayList<WebhookSecret>();
        secrets.add(fresh);
        if (overlap.isPositive() && !value.secrets().isEmpty()) {
            secrets.add(new WebhookSecret(value.secrets().getFirst().value(),
                    Optional.of(clock.instant().plus(overlap))));
        }
        return new Taken<>(value.signedWith(secrets), Map.of("secret", fresh.value()));
    }

    @Override
    public void check(Webhook value, Optional<Webhook> before, Admin admin) {
        var problems = new ArrayList<FieldProblem>();
        var url = value.url();
        boolean web = "https".equals(url.getScheme()) || "http".equals(url.getScheme());
        if (!web || url.getHost() == null || url.getUserInfo() != null || url.getFragment() != null) {
            problems.add(FieldProblem.of("url", "must be an https address without user or fragment"));
        }
        value.eventTypes().stream().filter(type -> !EventType.wireNames().contains(type)).findFirst().ifPresent(type ->
                problems.add(FieldProblem.of("event_types",
                        Nearest.unknown("event type", type, EventType.wireNames()))));
        if (!problems.isEmpty()) {
            throw new InvalidDocument(problems);
        }
    }
}
