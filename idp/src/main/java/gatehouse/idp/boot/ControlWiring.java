package gatehouse.idp.boot;

import gatehouse.idp.admin.AdminAccess;
import gatehouse.idp.admin.AdminRoutes;
import gatehouse.idp.admin.ProblemVoice;
import gatehouse.idp.admin.resource.Editor;
import gatehouse.idp.admin.resource.Kinds;
import gatehouse.idp.admin.tenancy.BreakGlassKeys;
import gatehouse.idp.admin.tenancy.BreakGlassNaming;
import gatehouse.idp.admin.tenancy.DomainProofs;
import gatehouse.idp.admin.tenancy.Enforcement;
import gatehouse.idp.admin.tenancy.TenancyWatch;
import gatehouse.idp.apply.ApplyReport;
import gatehouse.idp.apply.ConfigApply;
import gatehouse.idp.apply.ConfigFile;
import gatehouse.idp.audit.AuditTrail;
import gatehouse.idp.audit.AuditWriter;
import gatehouse.idp.boot.config.ServerConfig;
import gatehouse.idp.edge.AddressRules;
import gatehouse.idp.events.Courier;
import gatehouse.idp.http.Route;
import gatehouse.idp.http.Voice;
import gatehouse.idp.keys.JwtVerifier;
import gatehouse.idp.samlidp.ServiceProviderImporter;
import gatehouse.idp.sql.SqlAudit;
import gatehouse.idp.sql.events.SqlDeliveries;
import gatehouse.idp.upstream.MetadataImporter;
import gatehouse.idp.tenancy.domain.AuthoritativeTxt;
import gatehouse.idp.tenancy.domain.DomainProof;
import gatehouse.idp.upstream.saml.MetadataImport;
import gatehouse.idp.upstream.saml.SamlMetadataImporter;
import gatehouse.idp.upstream.xray.Words;
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
    private final SqlAudit audit;
    private final MetadataImporter metadata;
    private final Kinds kinds;
    private final Editor editor;
    private final AuditWriter trail;
    private final AdminRoutes admin;
    private final AdminRoutes.Tenancy tenancy;
    private final BreakGlassNaming naming;
    private final Courier courier;
    private final TenancyWatch watch;

    ControlWiring(
            Foundation base, UpstreamWiring upstream, Stores stores, PasswordHasher hasher, JwtVerifier verifier,
            List<EventListener> listeners, Words words) {
        this.base = base;
        this.audit = base.audit;
        this.metadata = new SamlMetadataImporter(new MetadataImport(upstream.saml, upstream.http));
        this.trail = new AuditWriter(audit, listeners, base.clock, System::nanoTime, AUDIT_QUEUE_MAX);
        this.kinds = Kinds.of(base.tables, upstream.types, hasher, stores.sessions(), base.clock);
        this.editor = new Editor(audit, base.clock);
        var publicUrl = base.config.publicUrl();
        var deliveries = new SqlDeliveries(base.database, base.tables, audit);
        var domains = new DomainProofs(base.tables.domains(), base.database, audit,
                new DomainProof(dns(base.config.outbound()), base.clock), base.clock);
        this.tenancy = new AdminRoutes.Tenancy(domains,
                new Enforcement(kinds.connections(), editor, base.database, audit, base.clock),
                new BreakGlassKeys(base.tables.organizations(), base.database, audit, base.clock));
        this.naming = new BreakGlassNaming(kinds, editor, base.database, audit, base.tenancy, base.clock);
        this.watch = new TenancyWatch(domains, tenancy.enforcement());
        this.admin = new AdminRoutes(new AdminRoutes.Parts(
                new AdminAccess(verifier, stores.accessTokens(), base.clients, base.tenancy, Set.of(publicUrl + "/admin/v1", publicUrl)),
                kinds,
                editor,
                base.database,
                audit,
                trail,
                stores.sessions(),
                base.keys,
                tenancy,
                List.of(metadata, new ServiceProviderImporter(upstream.saml, upstream.http)),
                base.secrets,
                upstream.attempts,
                upstream.replay,
                words,
                base.clock,
                upstream.watch,
                deliveries,
                publicUrl));
        this.courier = new Courier(deliveries, upstream.outbound, base.clock, base.background, Courier.Pace.USUAL,
                new SecureRandom()::nextDouble);
    }

    /** What administrators may change, and how: the portal changes things the same way. */
    Kinds kinds() {
        return kinds;
    }

    Editor editor() {
        return editor;
    }

    SqlAudit audit() {
        return audit;
    }

    DomainProofs domains() {
        return tenancy.domains();
    }

    Enforcement enforcement() {
        return tenancy.enforcement();
    }

    BreakGlassNaming naming() {
        return naming;
    }

    MetadataImporter metadata() {
        return metadata;
    }

    private static AuthoritativeTxt dns(ServerConfig.Outbound config) {
        return new AuthoritativeTxt(config.resolvers(), config.dnsPort(),
                address -> config.allowPrivateAddresses() || AddressRules.isPublic(address));
    }

    /** Starts what goes on by itself. To be called once, when everything else stands. */
    void start() {
        watch.start();
        courier.start();
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

    @Override
    public void close() {
        courier.close();
        watch.close();
        trail.close();
    }
}
