package gatehouse.idp.boot;

import gatehouse.idp.admin.AdminAccess;
import gatehouse.idp.admin.AdminRoutes;
import gatehouse.idp.admin.JndiDnsTxt;
import gatehouse.idp.admin.ProblemVoice;
import gatehouse.idp.admin.resource.Editor;
import gatehouse.idp.admin.resource.Kinds;
import gatehouse.idp.apply.ApplyReport;
import gatehouse.idp.apply.ConfigApply;
import gatehouse.idp.apply.ConfigFile;
import gatehouse.idp.audit.AuditTrail;
import gatehouse.idp.audit.AuditWriter;
import gatehouse.idp.events.Courier;
import gatehouse.idp.http.Route;
import gatehouse.idp.http.Voice;
import gatehouse.idp.keys.JwtVerifier;
import gatehouse.idp.sql.events.SqlDeliveries;
import gatehouse.idp.upstream.saml.MetadataImport;
import gatehouse.idp.upstream.saml.SamlMetadataImporter;
import gatehouse.sessions.Stores;
import gatehouse.spi.Deadline;
import gatehouse.spi.credential.PasswordHasher;
import gatehouse.spi.event.EventListener;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The control plane: what administrators and files may change, and the audit trail. */
final class ControlWiring implements AutoCloseable {

    private static final Duration APPLY_PATIENCE = Duration.ofSeconds(30);
    private static final int AUDIT_QUEUE_MAX = 20_000;

    private final Foundation base;
    private final Kinds kinds;
    private final Editor editor;
    private final AuditWriter trail;
    private final AdminRoutes admin;
    private final Courier courier;

    ControlWiring(
            Foundation base, UpstreamWiring upstream, Stores stores, PasswordHasher hasher, JwtVerifier verifier,
            List<EventListener> listeners) {
        this.base = base;
        var audit = base.audit;
        this.trail = new AuditWriter(audit, listeners, base.clock, System::nanoTime, AUDIT_QUEUE_MAX);
        this.kinds = Kinds.of(base.tables, upstream.types, hasher, stores.sessions(), base.clock);
        this.editor = new Editor(audit, base.clock);
        var publicUrl = base.config.publicUrl();
        var deliveries = new SqlDeliveries(base.database, base.tables, audit);
        this.admin = new AdminRoutes(new AdminRoutes.Parts(
                new AdminAccess(verifier, stores.accessTokens(), base.clients, Set.of(publicUrl + "/admin/v1", publicUrl)),
                kinds,
                editor,
                base.database,
                audit,
                trail,
                stores.sessions(),
                base.keys,
                new JndiDnsTxt(),
                List.of(new SamlMetadataImporter(new MetadataImport(upstream.saml, upstream.http))),
                base.secrets,
                base.clock,
                upstream.watch,
                deliveries));
        this.courier = new Courier(deliveries, upstream.outbound, base.clock, base.background, Courier.Pace.USUAL,
                new SecureRandom()::nextDouble);
    }

    AuditTrail trail() {
        return trail;
    }

    Voice voice() {
        return new ProblemVoice();
    }

    List<Route> routes() {
        return admin.routes();
    }

    /**
     * Applies declared configuration, in one transaction.
     *
     * @throws gatehouse.idp.apply.InvalidFile with line and column of everything that is wrong
     */
    ApplyReport apply(String name, String yaml, boolean dryRun) {
        var file = ConfigFile.read(name, yaml, Map.of("public-url", base.config.publicUrl()));
        return new ConfigApply(base.database, kinds, editor).apply(file, dryRun, Deadline.after(APPLY_PATIENCE));
    }

    /** Begins to deliver events. To be called once, by a server that serves. */
    void start() {
        courier.start();
    }

    @Override
    public void close() {
        courier.close();
        trail.close();
    }
}
