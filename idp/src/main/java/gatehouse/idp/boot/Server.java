package gatehouse.idp.boot;

import gatehouse.idp.audit.AuditAction;
import gatehouse.idp.audit.AuditEvent;
import gatehouse.idp.audit.AuditRecord;
import gatehouse.idp.boot.config.ServerConfig;
import gatehouse.idp.edge.HttpFront;
import gatehouse.idp.keys.KeyRotator;
import gatehouse.spi.Deadline;
import gatehouse.spi.Unavailable;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** A running server: start order, readiness, drain, stop. */
public final class Server implements AutoCloseable {

    private static final Duration KEYS_PATIENCE = Duration.ofSeconds(30);

    private final Foundation base;
    private final Wiring wiring;
    private final HttpFront front;

    private Server(Foundation base, Wiring wiring, HttpFront front) {
        this.base = base;
        this.wiring = wiring;
        this.front = front;
    }

    /**
     * Starts a server, and returns once it answers: stores reached, tables up to date, {@code declared} applied, the
     * issuers' keys in memory.
     *
     * @throws StartRefused if it cannot start, saying why and what to do
     */
    public static Server start(ServerConfig config, Declaration declared) {
        var base = open(config);
        Wiring wiring = null;
        try {
            wiring = new Wiring(base, declared);
            if (declared.yaml().isPresent()) {
                wiring.apply("demo.yaml", declared.yaml().get(), false);
            }
            wiring.meetIssuers();
            base.keys.start();
            wiring.start();
            var front = HttpFront.open(base.vertx, config.listen().edge(), new HttpFront.Served(
                    config.publicUrl(), wiring.routes(), wiring.unmatched(), wiring.issuers(), config.budgets().config(),
                    wiring.meters()));
            return new Server(base, wiring, front);
        } catch (RuntimeException failed) {
            if (wiring != null) {
                wiring.close();
            }
            base.close();
            throw failed instanceof IllegalStateException refused && refused.getMessage().startsWith("cannot listen")
                    ? new StartRefused("Gatehouse does not start: " + refused.getMessage(), refused)
                    : failed;
        }
    }

    private static Foundation open(ServerConfig config) {
        try {
            return Foundation.open(config);
        } catch (Unavailable unreachable) {
            throw new StartRefused("Gatehouse does not start: " + unreachable.getMessage(), unreachable);
        } catch (IllegalStateException unfit) {
            throw new StartRefused("Gatehouse does not start: " + unfit.getMessage(), unfit);
        }
    }

    /**
     * Applies a file to the stores of {@code config} without serving: how a new deployment gets its first issuer,
     * clients and administrators.
     *
     * @return what it changed, or would change
     */
    public static String apply(ServerConfig config, String name, String yaml, boolean dryRun) {
        try (var base = open(config); var wiring = new Wiring(base, Declaration.none())) {
            return wiring.apply(name, yaml, dryRun).text();
        }
    }

    /**
     * Looks at, or turns, the keys of an issuer in the stores of {@code config}, without serving. Running nodes follow
     * within a minute.
     *
     * @param turn what to do with them; empty: only look
     * @return the keys afterwards, newest first
     * @throws gatehouse.idp.keys.RotationRefused if partners would notice
     */
    public static List<KeyRotator.KeyView> keys(ServerConfig config, String issuer, Optional<KeyTurn> turn) {
        try (var base = open(config)) {
            var deadline = Deadline.after(KEYS_PATIENCE);
            if (turn.isEmpty()) {
                return base.keys.keys(issuer, deadline);
            }
            var now = turn.get().on(base.keys, issuer, deadline);
            var event = AuditEvent.of(AuditAction.KEY_ROTATED, issuer, "command-line")
                    .details(Map.of("by", "command", "changes", turn.get().name().toLowerCase(Locale.ROOT)));
            base.audit.write(List.of(new AuditRecord(0, base.clock.instant(), Optional.of("command-line"), event)),
                    deadline);
            return now;
        }
    }

    /** What can be done with an issuer's keys by command. */
    public enum KeyTurn {
        TOKENS_ROTATED,
        SAML_PREPARED,
        SAML_ROTATED,
        /** Although partners had less than the usual time. */
        SAML_ROTATED_UNPREPARED;

        private List<KeyRotator.KeyView> on(KeyRotator keys, String issuer, Deadline deadline) {
            return switch (this) {
                case TOKENS_ROTATED -> keys.rotateNow(issuer, deadline);
                case SAML_PREPARED -> keys.prepareSaml(issuer, deadline);
                case SAML_ROTATED -> keys.rotateSaml(issuer, false, deadline);
                case SAML_ROTATED_UNPREPARED -> keys.rotateSaml(issuer, true, deadline);
            };
        }
    }

    /** The port it listens on. */
    public int port() {
        return front.port();
    }

    @Override
    public void close() {
        front.close();
        wiring.close();
        base.close();
    }
}
