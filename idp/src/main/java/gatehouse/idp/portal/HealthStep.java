package gatehouse.idp.portal;

import gatehouse.idp.http.Reply;
import gatehouse.idp.upstream.xray.AttemptStore;
import gatehouse.idp.upstream.xray.ConnectionHealth;
import gatehouse.idp.upstream.xray.Fixer;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** How a connection has been doing. */
final class HealthStep {

    private static final Duration WINDOW = Duration.ofDays(7);
    private static final int LISTED = 10;

    private final Setups setups;
    private final Desk desk;
    private final HeldMetadata held;
    private final KnownProvider known;
    private final AttemptStore attempts;
    private final InstantSource clock;

    HealthStep(Setups setups, Desk desk, HeldMetadata held, KnownProvider known, AttemptStore attempts,
            InstantSource clock) {
        this.setups = setups;
        this.desk = desk;
        this.held = held;
        this.known = known;
        this.attempts = attempts;
        this.clock = clock;
    }

    Reply show(PortalCall call) {
        var setup = setups.require(call);
        var issuer = call.request().issuer();
        var now = clock.instant();
        var health = attempts.health(new AttemptStore.Scope(call.issuer(), Optional.of(call.organization())),
                setup.connection().id(), now.minus(WINDOW), call.deadline());
        return desk.show(call, new Screen.Health(States.word(setup.connection()), health.attempts() > 0,
                figures(health), Summaries.certificates(known.of(call, setup), now),
                Verdicts.listed(AttemptPages.latest(attempts, call, setup), setup, issuer).stream().limit(LISTED)
                        .toList(),
                held.of(call, setup), PortalPaths.attempts(issuer, setup.connection().id())), setup, Step.HEALTH);
    }

    private static List<Screen.Box> figures(ConnectionHealth health) {
        var figures = new ArrayList<Screen.Box>();
        figures.add(figure("sign_ins", Long.toString(health.attempts())));
        health.successRate().ifPresent(rate -> figures.add(figure("success", Math.round(rate * 100) + " %")));
        var blamed = health.byFixer();
        figures.add(figure("idp_fault", Long.toString(blamed.getOrDefault(Fixer.IDP_ADMIN, 0L))));
        figures.add(figure("your_fault", Long.toString(blamed.getOrDefault(Fixer.YOU, 0L))));
        figures.add(figure("our_fault", Long.toString(blamed.getOrDefault(Fixer.US, 0L))));
        health.latency().ifPresent(took -> figures.add(figure("latency", took.toMillis() + " ms")));
        return figures;
    }

    private static Screen.Box figure(String name, String value) {
        return new Screen.Box(name, value, false);
    }
}
