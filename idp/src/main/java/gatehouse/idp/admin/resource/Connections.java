package gatehouse.idp.admin.resource;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import gatehouse.idp.admin.tenancy.EnforcementConditions;
import gatehouse.idp.audit.AuditAction;
import gatehouse.idp.schema.Access;
import gatehouse.idp.schema.Described;
import gatehouse.idp.schema.FieldProblem;
import gatehouse.idp.schema.InvalidDocument;
import gatehouse.idp.schema.Nearest;
import gatehouse.idp.schema.ResourceSchema;
import gatehouse.idp.sql.Rows;
import gatehouse.idp.tenancy.Connection;
import gatehouse.idp.tenancy.ConnectionState;
import gatehouse.idp.upstream.ConnectorType;
import gatehouse.idp.upstream.InvalidSettings;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.jdbi.v3.core.Handle;

/** Connections of organizations to their identity providers. Settings are judged by the connection's type. */
public final class Connections implements Kind<Connection> {

    /** What is shown beside the connection. */
    record Shown(
            @Described(value = "What its administrator should know of its settings: old algorithms that are accepted for"
                    + " now, and the like. Made when it is shown.", access = Access.READ_ONLY)
            Optional<List<String>> warnings) {}

    static final ResourceSchema SCHEMA =
            ResourceSchema.of("connection", defaults(), List.of(Connection.class, Shown.class));

    private final Rows<Connection> rows;
    private final RandomNames names;
    private final InstantSource clock;
    private final EnforcementConditions conditions;
    private final Map<String, ConnectorType> types = new LinkedHashMap<>();
    private final Map<String, ResourceSchema> settings = new LinkedHashMap<>();

    public Connections(Rows<Connection> rows, RandomNames names, List<ConnectorType> types, InstantSource clock) {
        this.rows = rows;
        this.names = names;
        this.clock = clock;
        this.conditions = new EnforcementConditions(clock);
        for (var type : types) {
            this.types.put(type.name(), type);
            settings.put(type.name(), ResourceSchema.ofSettings(type.name() + "_settings", type.settingsType()));
        }
    }

    private static ObjectNode defaults() {
        var defaults = JsonNodeFactory.instance.objectNode()
                .put("state", ConnectionState.ACTIVE.toString()).put("enforced_share", 100);
        defaults.putArray("testers");
        defaults.putArray("shared_with");
        defaults.putObject("settings");
        return defaults;
    }

    @Override
    public String path() {
        return "connections";
    }

    @Override
    public Rows<Connection> rows() {
        return rows;
    }

    @Override
    public ResourceSchema schema() {
        return SCHEMA;
    }

    /** The schemas of settings, by connection type. */
    public Map<String, ResourceSchema> settings() {
        return settings;
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
    public void complete(ObjectNode document, Optional<Connection> before) {
        // Explicit nothing is how a setting is taken away.
        ((ObjectNode) document.get("settings")).properties().removeIf(entry -> entry.getValue().isNull());
        document.path("shared_with").forEach(
                share -> ((ObjectNode) share).putIfAbsent("domains", document.arrayNode()));
        var testers = new TreeSet<String>();
        document.path("testers").forEach(tester -> testers.add(tester.asText().toLowerCase(Locale.ROOT)));
        var kept = document.putArray("testers");
        testers.forEach(kept::add);
        var since = before.flatMap(Connection::enforcedSince);
        switch (ConnectionState.of(document.path("state").asText())) {
            case ENFORCED -> document.put("enforced_since", since.orElseGet(clock::instant).toString());
            case SUSPENDED -> since.ifPresent(at -> document.put("enforced_since", at.toString()));
            case DRAFT, TESTING, ACTIVE -> document.remove("enforced_since");
        }
    }

    @Override
    public void check(Connection value, Optional<Connection> before, Admin admin) {
        var type = types.get(value.type());
        if (type == null) {
            throw new InvalidDocument("type", Nearest.unknown("connection type", value.type(), types.keySet()));
        }
        before.ifPresent(was -> requireNext(was, value));
        if (value.state() == ConnectionState.DRAFT && value.settings().isEmpty()) {
            // A draft of which only the other side's half is done yet; nothing opens it before it has settings.
            return;
        }
        var problems = new ArrayList<>(settings.get(value.type()).problems(value.settings(), "/settings"));
        for (var secret : type.secretSettings()) {
            if (value.settings().has(secret) && !value.settings().get(secret).isTextual()) {
                problems.add(new FieldProblem("/settings/" + secret, "must be a text"));
            }
        }
        if (problems.isEmpty()) {
            try {
                type.validate(value.settings().deepCopy());
            } catch (InvalidSettings unusable) {
                problems.add(new FieldProblem("/settings/" + unusable.setting(), unusable.getMessage()));
            }
        }
        if (!problems.isEmpty()) {
            throw new InvalidDocument(problems);
        }
    }

    /** Its own administrators do not lock their organization out; operators know what they do. */
    @Override
    public void checkStored(Handle sql, Connection value, Optional<Connection> before, Admin admin) {
        if (admin.isOperator() || value.state() != ConnectionState.ENFORCED
                || before.filter(was -> was.enforcedSince().isPresent()).isPresent()) {
            return;
        }
        var unmet = conditions.of(sql, value).stream().filter(condition -> !condition.met())
                .map(condition -> condition.name() + " (" + condition.meaning() + ")").toList();
        if (!unmet.isEmpty()) {
            throw new InvalidDocument("state", "cannot become enforced before this holds: " + String.join(", ", unmet));
        }
    }

    private static void requireNext(Connection before, Connection after) {
        var from = before.state();
        boolean reachable = from == after.state() || from.next().contains(after.state());
        // What was not enforced when it was stopped is not enforced by starting it again.
        boolean enforcing = from == ConnectionState.SUSPENDED && after.state() == ConnectionState.ENFORCED;
        if (!reachable || enforcing && before.enforcedSince().isEmpty()) {
            throw new InvalidDocument("state", "cannot become " + after.state() + " from " + from
                    + ", only one of " + from.next().stream().sorted().toList());
        }
    }

    @Override
    public List<Happened> happened(Optional<Connection> before, Connection after) {
        return before.map(Connection::state).filter(after.state()::equals).isPresent()
                ? List.of()
                : List.of(new Happened(AuditAction.CONNECTION_STATE_CHANGED, Map.of(
                        "id", after.id().value(),
                        "from", before.map(was -> was.state().toString()).orElse("none"),
                        "to", after.state().toString())));
    }

    @Override
    public void keepSecrets(ObjectNode sent, ObjectNode current) {
        var type = types.get(current.path("type").asText());
        if (type != null && sent.get("settings") instanceof ObjectNode now
                && current.get("settings") instanceof ObjectNode old) {
            type.secretSettings().stream()
                    .filter(secret -> !now.has(secret) && old.has(secret))
                    .forEach(secret -> now.set(secret, old.get(secret)));
        }
    }

    /** A replacement that was made from an old file must not start what somebody has stopped. */
    @Override
    public Set<String> staying() {
        return Set.of("state");
    }

    @Override
    public Set<String> derived() {
        return Set.of("warnings");
    }

    @Override
    public ObjectNode shown(Connection value) {
        var document = Kind.super.shown(value);
        var type = types.get(value.type());
        if (type != null && document.get("settings") instanceof ObjectNode shown) {
            shown.remove(type.secretSettings());
        }
        var warnings = type == null || value.settings().isEmpty() ? List.<String>of() : type.warnings(value.settings());
        if (!warnings.isEmpty()) {
            warnings.forEach(document.putArray("warnings")::add);
        }
        return document;
    }
}
