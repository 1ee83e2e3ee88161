package gatehouse.idp.boot;

import gatehouse.idp.admin.resource.Editor;
import gatehouse.idp.admin.resource.Kinds;
import gatehouse.idp.apply.ConfigApply;
import gatehouse.idp.apply.ConfigFile;
import gatehouse.idp.apply.InvalidFile;
import gatehouse.idp.audit.AuditTrail;
import gatehouse.idp.http.Route;
import gatehouse.idp.http.Voice;
import gatehouse.idp.keys.JwtVerifier;
import gatehouse.idp.sql.SqlAudit;
import gatehouse.sessions.Stores;
import gatehouse.spi.Deadline;
import gatehouse.spi.credential.PasswordHasher;
import gatehouse.spi.event.EventListener;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/** The control plane: what administrators and files may change, and the audit trail. */
final class ControlWiring implements AutoCloseable {

    private static final Duration APPLY_PATIENCE = Duration.ofSeconds(30);

    private final Foundation base;
    private final Kinds kinds;
    private final Editor editor;

    ControlWiring(
            Foundation base, UpstreamWiring upstream, Stores stores, PasswordHasher hasher, JwtVerifier verifier,
            List<EventListener> listeners) {
        this.base = base;
        var audit = new SqlAudit(base.database);
        this.kinds = Kinds.of(base.tables, upstream.types, hasher, stores.sessions(), base.clock);
        this.editor = new Editor(audit, base.clock);
    }

    AuditTrail trail() {
        return event -> {};
    }

    Voice voice() {
        return new gatehouse.idp.oauth.wire.OAuthVoice();
    }

    List<Route> routes() {
        return List.of();
    }

    /** Applies declared configuration, in one transaction. */
    void apply(String yaml) {
        try {
            var file = ConfigFile.read("demo.yaml", yaml, Map.of("public-url", base.config.publicUrl()));
            new ConfigApply(base.database, kinds, editor).apply(file, false, Deadline.after(APPLY_PATIENCE));
        } catch (InvalidFile invalid) {
            throw new StartRefused(invalid.getMessage(), invalid);
        }
    }

    @Override
    public void close() {
    }
}
