package gatehouse.idp.admin;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import gatehouse.idp.admin.Operation.Need;
import gatehouse.idp.admin.resource.Editor;
import gatehouse.idp.admin.resource.Kinds;
import gatehouse.idp.http.Reply;
import gatehouse.idp.schema.InvalidDocument;
import gatehouse.idp.schema.MergePatch;
import gatehouse.idp.schema.RecordJson;
import gatehouse.idp.sql.Database;
import gatehouse.idp.tenancy.Connection;
import gatehouse.idp.upstream.InvalidSettings;
import gatehouse.idp.upstream.MetadataImporter;
import gatehouse.idp.watch.SettingsDrift;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** What single kinds can beyond the usual: import metadata, change a client's secret. */
final class SpecialOperations {

    private static final long OVERLAP_SECONDS_MAX = 30L * 86_400;
    private static final long OVERLAP_SECONDS_DEFAULT = 86_400;

    private final Kinds kinds;
    private final Database database;
    private final Editor editor;
    private final List<MetadataImporter> importers;
    private final SettingsDrift drift;

    SpecialOperations(Kinds kinds, Database database, Editor editor, List<MetadataImporter> importers,
            SettingsDrift drift) {
        this.kinds = kinds;
        this.database = database;
        this.editor = editor;
        this.importers = List.copyOf(importers);
        this.drift = drift;
    }

    List<Operation> operations() {
        return List.of(
                Operation.get("/connections/{id}/import-metadata", "import_metadata", "connections",
                        "Reads metadata of the identity provider (by URL or as text) into the connection's settings.",
                        Need.CHANGE, "connection", this::importMetadata).as("POST").taking("metadata_source").ifMatch()
                        .with(Operation.DRY_RUN),
                Operation.get("/service-providers/{id}/import-metadata", "import_service_provider_metadata",
                        "service-providers",
                        "Reads metadata of the service provider (by URL or as text) into it. Switches no check off and"
                                + " releases no attribute.",
                        Need.CHANGE, "service_provider", this::importServiceProvider).as("POST")
                        .taking("metadata_source").ifMatch().with(Operation.DRY_RUN),
                Operation.get("/service-providers/import-metadata", "create_service_provider_from_metadata",
                        "service-providers", "Registers the service provider that metadata (by URL or as text) describes.",
                        Need.CHANGE, "service_provider", this::createServiceProvider).as("POST")
                        .taking("metadata_source").with(Operation.DRY_RUN),
                Operation.get("/clients/{id}/secret", "rotate_client_secret", "clients",
                        "Makes a new client secret and shows it this once; the old one is accepted for a while.",
                        Need.CHANGE, "client", this::rotateSecret).as("POST")
                        .with(new Operation.Parameter("overlap_seconds", "integer",
                                "How long the old secret is still accepted, 0 to 2592000; a day if absent.")));
    }

    private Reply importMetadata(AdminCall call) {
        var source = call.body(List.of());
        MetadataSource.SCHEMA.validate(source);
        var id = call.request().pathParameter("id");
        var connection = database.read(call.deadline(), sql -> kinds.connections().rows().find(sql, call.scope(), id))
                .orElseThrow(ProblemError::notFound);
        ETag.require(call.request(), connection.version());
        var importer = importers.stream().filter(each -> each.type().equals(connection.type())).findFirst()
                .orElseThrow(() -> ProblemError.invalidRequest(
                        "A connection of type " + connection.type() + " has no metadata to import."));
        ObjectNode patch = JsonNodeFactory.instance.objectNode();
        try {
            // Fetched before the transaction: nobody waits for a foreign server while holding a row.
            patch.set("settings", importer.settings(source, call.deadline()));
        } catch (InvalidSettings unusable) {
            throw ProblemError.of(new InvalidDocument(unusable.setting(), unusable.getMessage()));
        }
        requireAccepted(call, connection, patch, source);
        var edited = database.inTransaction(call.deadline(), transaction -> {
            if (call.isDryRun()) {
                transaction.discard();
            }
            return editor.patch(transaction, kinds.connections(), call.editing(), connection, patch);
        });
        return ResourceOperations.json(200, kinds.connections().shown(edited.value()))
                .with("ETag", ETag.of(edited.value().version()))
                .with("Gatehouse-Changed", String.join(" ", edited.fields()));
    }

    /** An import may replace keys and addresses only if its author was told what that means, and said yes to that. */
    private void requireAccepted(AdminCall call, Connection connection, ObjectNode patch, ObjectNode source) {
        var after = MergePatch.apply(RecordJson.write(connection), patch).get("settings");
        var change = database.read(call.deadline(), sql -> drift.between(sql, connection, (ObjectNode) after));
        TrustQuestion.ask(change, "The import", source.path("accept").asText(), "accept: \"%s\"");
    }

    private Reply importServiceProvider(AdminCall call) {
        var source = call.body(List.of());
        MetadataSource.SCHEMA.validate(source);
        var id = call.request().pathParameter("id");
        var known = database.read(call.deadline(),
                        sql -> kinds.serviceProviders().rows().find(sql, call.scope(), id))
                .orElseThrow(ProblemError::notFound);
        ETag.require(call.request(), known.version());
        var patch = imported(source.put("idp_entity_id", known.entityId()), "service_provider", call);
        patch.remove("entity_id");
        var edited = database.inTransaction(call.deadline(), transaction -> {
            if (call.isDryRun()) {
                transaction.discard();
            }
            return editor.patch(transaction, kinds.serviceProviders(), call.editing(), known, patch);
        });
        return ResourceOperations.json(200, kinds.serviceProviders().shown(edited.value()))
                .with("ETag", ETag.of(edited.value().version()))
                .with("Gatehouse-Changed", String.join(" ", edited.fields()));
    }

    private Reply createServiceProvider(AdminCall call) {
        var source = call.body(List.of());
        MetadataSource.SCHEMA.validate(source);
        var document = imported(source, "service_provider", call);
        // Until somebody gives it a better one.
        document.put("display_name", URI.create(document.get("assertion_consumer_services").get(0).asText()).getHost());
        var edited = database.inTransaction(call.deadline(), transaction -> {
            if (call.isDryRun()) {
                transaction.discard();
            }
            return editor.create(transaction, kinds.serviceProviders(), call.editing(), document);
        });
        return ResourceOperations.json(201, kinds.serviceProviders().shown(edited.value()))
                .with("ETag", ETag.of(edited.value().version()));
    }

    /** What the metadata says. Fetched before the transaction: nobody waits for a foreign server while holding a row. */
    private ObjectNode imported(ObjectNode source, String type, AdminCall call) {
        var importer = importers.stream().filter(each -> each.type().equals(type)).findFirst()
                .orElseThrow(() -> ProblemError.invalidRequest("A " + type + " has no metadata to import."));
        try {
            return importer.settings(source, call.deadline());
        } catch (InvalidSettings unusable) {
            throw ProblemError.of(new InvalidDocument(unusable.setting(), unusable.getMessage()));
        }
    }

    private Reply rotateSecret(AdminCall call) {
        var overlap = overlap(call, OVERLAP_SECONDS_DEFAULT, OVERLAP_SECONDS_MAX);
        var id = call.request().pathParameter("id");
        var edited = database.inTransaction(call.deadline(), transaction -> {
            var client = kinds.clients().rows().find(transaction.handle(), call.scope(), id)
                    .orElseThrow(ProblemError::notFound);
            ETag.requireIfSent(call.request(), client.version());
            if (!client.tokenEndpointAuthMethod().startsWith("client_secret_")) {
                throw ProblemError.invalidRequest("The client does not authenticate with a secret.");
            }
            return editor.rotateSecret(transaction, kinds.clients(), call.editing(),
                    kinds.clients().rotated(client, overlap));
        });
        var shown = kinds.clients().shown(edited.value());
        edited.revealed().forEach(shown::put);
        return ResourceOperations.json(200, shown).with("ETag", ETag.of(edited.value().version()));
    }

    /** How long the old secret goes on. */
    static Duration overlap(AdminCall call, long usual, long max) {
        var text = call.request().query().optional("overlap_seconds").orElse(Long.toString(usual));
        if (!text.matches("\\d{1,7}") || Long.parseLong(text) > max) {
            throw ProblemError.invalidRequest("overlap_seconds must be 0.." + max);
        }
        return Duration.ofSeconds(Long.parseLong(text));
    }
}
