package gatehouse.idp.watch;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import gatehouse.idp.audit.AuditEvent;
import gatehouse.idp.audit.AuditRecord;
import gatehouse.idp.http.HttpCaller;
import gatehouse.idp.http.OutboundRefused;
import gatehouse.idp.keys.OwnCertificates;
import gatehouse.idp.samlwire.Dsig;
import gatehouse.idp.samlwire.FakeSamlIdp;
import gatehouse.idp.samlwire.MetadataWriter;
import gatehouse.idp.samlwire.TestCredentials;
import gatehouse.idp.schema.RecordJson;
import gatehouse.idp.sql.Database;
import gatehouse.idp.sql.Rows;
import gatehouse.idp.sql.SecretBox;
import gatehouse.idp.sql.SqlAudit;
import gatehouse.idp.sql.Tables;
import gatehouse.idp.sql.TestDatabase;
import gatehouse.idp.tenancy.Connection;
import gatehouse.idp.tenancy.TestConnections;
import gatehouse.idp.upstream.Connector;
import gatehouse.idp.upstream.UpstreamRefusal;
import gatehouse.idp.upstream.oidc.OidcPublishedMetadata;
import gatehouse.idp.upstream.saml.SamlLogin;
import gatehouse.idp.upstream.saml.SamlPublishedMetadata;
import gatehouse.spi.Deadline;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.Executors;

/** One connection with published metadata, on a real PostgreSQL, watched by as many nodes as a test wants. */
final class WatchWorld implements AutoCloseable {

    static final URI METADATA = URI.create("https://idp.example/metadata");

    final SamlLogin login = new SamlLogin();
    final Database database = TestDatabase.open();
    final Tables tables = new Tables(new SecretBox(new byte[32]), _ -> Set.of());
    final SqlAudit audit = new SqlAudit(database);
    final Site site = new Site();
    Optional<List<OwnCertificates.OwnCertificate>> own = Optional.empty();

    WatchWorld() {
        insert("issuer", "main", """
                {"display_name":"M","enabled":true,"access_token_lifetime":300,"id_token_lifetime":300,
                 "code_lifetime":60,"refresh_token_lifetime":3600,"sessions":{"idle":600,"absolute":3600,"max_per_user":5}}""");
        insert("organization", "o", "{\"display_name\":\"O\",\"enabled\":true}");
    }

    /** Rows as they are, so that a test of this room says nothing about theirs. */
    private void insert(String table, String id, String body) {
        database.read(soon(), sql -> sql.createUpdate("INSERT INTO " + table
                + " (issuer, id, version, body) VALUES ('main', :id, 1, :body::jsonb)")
                .bind("id", id).bind("body", body).execute());
    }

    /** What the address answers. */
    static final class Site implements HttpCaller {
        Optional<byte[]> document = Optional.empty();
        int status = 200;
        final Map<String, String> headers = new HashMap<>();
        Map<String, String> asked = Map.of();
        volatile int fetches;

        @Override
        public synchronized Answer get(URI uri, Map<String, String> asking, Deadline deadline) {
            fetches++;
            asked = Map.copyOf(asking);
            if (document.isEmpty()) {
                throw new OutboundRefused(OutboundRefused.Reason.UNREACHABLE, "nobody answers");
            }
            if (headers.containsKey("etag") && headers.get("etag").equals(asking.get("if-none-match"))) {
                return new Answer(304, Map.copyOf(headers), new byte[0]);
            }
            return new Answer(status, Map.copyOf(headers), document.get());
        }

        @Override
        public Answer post(URI uri, Map<String, String> asking, byte[] body, Deadline deadline) {
            throw new IllegalStateException("metadata is never posted for");
        }
    }

    /** A node. */
    Watch node() {
        var watch = Watch.of(new Watch.Parts(List.of(new SamlPublishedMetadata(login.wire), new OidcPublishedMetadata()), site, database, tables,
                audit, _ -> own.orElse(List.of()), login.time, System::nanoTime,
                Executors.newVirtualThreadPerTaskExecutor(), Duration.ofHours(1)));
        database.onCommit(watch.cached());
        return watch;
    }

    static Deadline soon() {
        return Deadline.after(Duration.ofSeconds(20));
    }

    static ObjectNode followed() {
        return JsonNodeFactory.instance.objectNode().put("metadata_url", METADATA.toString());
    }

    Connection connect(ObjectNode settings) {
        return connect("globex", settings);
    }

    Connection connect(String id, ObjectNode settings) {
        return connect(id, "saml", settings);
    }

    Connection connect(String id, String type, ObjectNode settings) {
        return database.inTransaction(soon(), transaction -> tables.connections()
                .insert(transaction, TestConnections.connection(id, "o", type, settings)));
    }

    void resettle(String id, ObjectNode settings) {
        database.inTransaction(soon(), transaction -> {
            var document = RecordJson.write(connection(id));
            document.set("settings", settings);
            return tables.connections().update(transaction, RecordJson.read(document, Connection.class));
        });
    }

    Connection connection(String id) {
        return database.read(soon(), sql -> tables.connections().find(sql, Rows.Scope.of("main"), id)).orElseThrow();
    }

    Connector open(Watch node) {
        login.published = node.metadata();
        return login.open(connection("globex"));
    }

    void publish(TestCredentials... keys) {
        publish("https://idp.example/sso", keys);
    }

    void publish(String sso, TestCredentials... keys) {
        publishText(metadata(FakeSamlIdp.ENTITY_ID, sso, keys));
    }

    void publishText(String xml) {
        site.document = Optional.of(xml.getBytes(StandardCharsets.UTF_8));
    }

    static String metadata(String entityId, String sso, TestCredentials... keys) {
        return MetadataWriter.identityProvider(entityId, sso, "https://idp.example/slo",
                List.of(keys).stream().map(TestCredentials::certificate).toList());
    }

    /** {@code xml} signed as a whole, the certificate beside the signature. */
    static String signed(String xml, TestCredentials signer) {
        var document = Dsig.parse(xml.replaceFirst("EntityDescriptor ", "EntityDescriptor ID=\"_m\" "));
        Dsig.honest().with(signer).sign(document.getDocumentElement());
        return Dsig.text(document);
    }

    /** Whether a login goes through with {@code key}. */
    boolean signsIn(Connector connector, TestCredentials key) {
        try {
            return SamlLogin.signsIn(login, connector, key);
        } catch (UpstreamRefusal refused) {
            return false;
        }
    }

    List<String> trail() {
        return database.read(soon(), sql -> audit.page(sql, Rows.Scope.of("main"), OptionalLong.empty(), 100)).stream()
                .map(AuditRecord::event)
                .map(event -> event.action().wireName() + " " + told(event)).toList().reversed();
    }

    private static String told(AuditEvent event) {
        return event.details().containsKey("days") ? event.details().get("days")
                : event.details().getOrDefault("changes", event.details().getOrDefault("why", ""));
    }

    void pass(Duration time) {
        login.now = login.now.plus(time);
    }

    Instant now() {
        return login.now;
    }

    @Override
    public void close() {
        database.close();
    }
}
