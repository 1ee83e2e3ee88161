package gatehouse.idp.admin;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import gatehouse.idp.admin.tenancy.Rehearsal;
import gatehouse.idp.admin.resource.Kinds;
import gatehouse.idp.schema.ResourceSchema;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.TreeMap;

/** The OpenAPI 3.1 document of the admin API, from the operations that answer and the schemas that judge. */
final class OpenApi {

    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

    private final List<Operation> operations;
    private final Kinds kinds;
    private volatile byte[] document;

    OpenApi(List<Operation> operations, Kinds kinds) {
        this.operations = operations;
        this.kinds = kinds;
    }

    /** The document, UTF-8. Built when it is first asked for. */
    byte[] document() {
        var known = document;
        if (known == null) {
            known = build().toPrettyString().getBytes(StandardCharsets.UTF_8);
            document = known;
        }
        return known;
    }

    private ObjectNode build() {
        var root = NODES.objectNode().put("openapi", "3.1.0");
        root.putObject("info").put("title", "Gatehouse admin API").put("version", "1").put("description",
                "Every resource belongs to an issuer, named by the query parameter issuer; main if it is absent. "
                        + "Access: a bearer token that a client got for itself by client credentials, with scope "
                        + "gatehouse:admin (everything), gatehouse:admin:read (read everything) or "
                        + "gatehouse:org-admin (the organization of the token; what belongs to another is not "
                        + "found).");
        root.putArray("servers").addObject().put("url", AdminRoutes.BASE);
        root.putArray("security").addObject().putArray("bearer");
        var paths = root.putObject("paths");
        for (var operation : operations) {
            if (!paths.has(operation.path())) {
                paths.putObject(operation.path());
            }
            ((ObjectNode) paths.get(operation.path()))
                    .set(operation.method().toLowerCase(Locale.ROOT), operation(operation));
        }
        var components = root.putObject("components");
        components.set("schemas", schemas());
        components.putObject("securitySchemes").putObject("bearer").put("type", "http").put("scheme", "bearer")
                .put("bearerFormat", "JWT").put("description", "An at+jwt access token (RFC 9068) of the root issuer.");
        components.set("responses", responses());
        return root;
    }

    private static ObjectNode operation(Operation operation) {
        var json = NODES.objectNode().put("operationId", operation.id()).put("summary", operation.summary());
        json.putArray("tags").add(operation.tag());
        json.put("description", switch (operation.need()) {
            case READ -> "For every administrator.";
            case CHANGE -> "For operators, and administrators of the organization.";
            case DEPLOYMENT_READ -> "For those who may read the whole deployment.";
            case OPERATOR -> "For operators of the deployment.";
        });
        var parameters = json.putArray("parameters");
        for (var name : List.of("id", "link", "user")) {
            if (operation.path().contains("{" + name + "}")) {
                parameters.add(parameter(name, "path", "string", "Its id.", true));
            }
        }
        parameters.add(parameter("issuer", "query", "string", "Name of the issuer; main if absent.", false));
        operation.parameters().forEach(p ->
                parameters.add(parameter(p.name(), "query", p.type(), p.description(), false)));
        if (operation.conditional()) {
            parameters.add(parameter("If-Match", "header", "string", "ETag of what was read.", true));
        }
        operation.request().ifPresent(schema -> {
            var body = json.putObject("requestBody").put("required", true).putObject("content");
            body.putObject(operation.method().equals("PATCH") ? ResourceOperations.MERGE_PATCH : "application/json")
                    .set("schema", reference("schemas", schema));
        });
        json.set("responses", responses(operation));
        return json;
    }

    private static ObjectNode responses(Operation operation) {
        var responses = NODES.objectNode();
        var success = responses.putObject(Integer.toString(operation.success()));
        success.put("description", operation.response().isPresent() ? "Done." : "Done; nothing to say.");
        operation.response().ifPresent(schema -> {
            if (!schema.endsWith("_page")) {
                success.putObject("headers").putObject("ETag").put("description", "Its version, for If-Match.")
                        .putObject("schema").put("type", "string");
            }
            success.putObject("content").putObject("application/json").set("schema", reference("schemas", schema));
        });
        var problems = new ArrayList<>(List.of("400", "401", "403", "500", "503"));
        if (operation.path().contains("{id}")) {
            problems.add("404");
        }
        if (operation.need().changes()) {
            problems.addAll(List.of("409", "412"));
        }
        if (operation.request().isPresent()) {
            problems.addAll(List.of("413", "415"));
        }
        if (operation.conditional()) {
            problems.add("428");
        }
        if (operation.id().equals("verify_domain") || operation.id().endsWith("_connection_metadata")) {
            problems.add("422");
        }
        problems.stream().sorted().forEach(status -> responses.set(status, reference("responses", "problem")));
        return responses;
    }

    private static ObjectNode parameter(String name, String in, String type, String description, boolean required) {
        var parameter = NODES.objectNode().put("name", name).put("in", in).put("description", description)
                .put("required", required);
        parameter.putObject("schema").put("type", type);
        return parameter;
    }

    private static ObjectNode reference(String section, String name) {
        return NODES.objectNode().put("$ref", "#/components/" + section + "/" + name);
    }

    private static ObjectNode responses() {
        var responses = NODES.objectNode();
        responses.putObject("problem").put("description", "No, and why (RFC 9457).")
                .putObject("content").putObject(ProblemVoice.MEDIA_TYPE).set("schema", reference("schemas", "problem"));
        return responses;
    }

    private ObjectNode schemas() {
        var schemas = new TreeMap<String, JsonNode>();
        for (var kind : kinds.all()) {
            var schema = kind.schema();
            schemas.put(schema.name(), schema.json());
            schemas.put(schema.name() + "_patch", patch(schema));
            schemas.put(schema.name() + "_page", page(schema.name()));
        }
        var settings = NODES.arrayNode();
        kinds.connections().settings().values().forEach(schema -> {
            schemas.put(schema.name(), schema.json());
            settings.add(reference("schemas", schema.name()));
        });
        for (var name : List.of("connection", "connection_patch")) {
            var described = (ObjectNode) schemas.get(name).path("properties").path("settings");
            described.remove("type");
            described.set("anyOf", settings.deepCopy());
        }
        view(schemas, Views.schema("session", Views.SessionView.class));
        view(schemas, Views.schema("key", Views.KeyView.class));
        view(schemas, Views.schema("audit_event", Views.AuditView.class));
        view(schemas, Views.schema("connection_metadata", WatchViews.MetadataView.class));
        view(schemas, Views.schema("warning", WatchViews.WarningView.class));
        view(schemas, Views.schema("webhook_delivery", WebhookOperations.DeliveryView.class));
        schemas.put("webhook_redelivery", WebhookOperations.CHOICE.json());
        schemas.put("metadata_decision", WatchOperations.CHOICE.json());
        view(schemas, SetupLinkOperations.VIEW);
        schemas.put("setup_link_request", SetupLinkOperations.REQUEST.json());
        schemas.put("rehearsal", Views.schema("rehearsal", Rehearsal.class).json());
        view(schemas, Views.schema("sign_in_attempt", AttemptViews.AttemptView.class));
        for (var view : List.of(Views.schema("sign_in_replay", AttemptViews.ReplayView.class),
                Views.schema("connection_health", AttemptViews.HealthView.class))) {
            schemas.put(view.name(), view.json());
        }
        schemas.put("domain_finding", Views.schema("domain_finding", Views.FindingView.class).json());
        schemas.put("metadata_source", MetadataSource.SCHEMA.json());
        schemas.put("problem", problem());
        var json = NODES.objectNode();
        schemas.forEach(json::set);
        return json;
    }

    private static void view(TreeMap<String, JsonNode> schemas, ResourceSchema schema) {
        schemas.put(schema.name(), schema.json());
        schemas.put(schema.name() + "_page", page(schema.name()));
    }

    /** As the document, nothing required, and {@code null} to remove. */
    private static ObjectNode patch(ResourceSchema schema) {
        var json = schema.json();
        json.remove("required");
        json.put("description", "A merge patch: what is absent stays, null takes away.");
        return json;
    }

    private static ObjectNode page(String name) {
        var page = NODES.objectNode().put("type", "object");
        page.putArray("required").add("items");
        var properties = page.putObject("properties");
        properties.putObject("items").put("type", "array").set("items", reference("schemas", name));
        properties.putObject("next_page_token").put("type", "string")
                .put("description", "Send it as page_token for the next page; absent on the last.");
        return page;
    }

    private static ObjectNode problem() {
        var problem = NODES.objectNode().put("type", "object");
        problem.putArray("required").add("type").add("title").add("status").add("detail").add("trace_id");
        var properties = problem.putObject("properties");
        properties.putObject("type").put("type", "string").put("format", "uri")
                .put("description", "urn:gatehouse:problem: and the reason.");
        properties.putObject("title").put("type", "string");
        properties.putObject("status").put("type", "integer");
        properties.putObject("detail").put("type", "string");
        properties.putObject("trace_id").put("type", "string").put("description", "Names the request in the logs.");
        var error = properties.putObject("errors").put("type", "array").putObject("items").put("type", "object");
        error.putObject("properties").putObject("field").put("type", "string").put("description", "JSON Pointer.");
        ((ObjectNode) error.get("properties")).putObject("problem").put("type", "string");
        return problem;
    }
}
