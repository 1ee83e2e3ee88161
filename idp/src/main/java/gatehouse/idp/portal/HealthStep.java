package gatehouse.idp.portal;

import gatehouse.idp.http.Reply;
import java.time.InstantSource;
import java.util.List;

/** How a connection has been doing. */
final class HealthStep {

    private final Setups setups;
    private final Desk desk;
    private final InstantSource clock;

    HealthStep(Setups setups, Desk desk, InstantSource clock) {
        this.setups = setups;
        this.desk = desk;
        this.clock = clock;
    }

    Reply show(PortalCall call) {
        var setup = setups.require(call);
        var issuer = call.request().issuer();
        var now = clock.instant();
        var idp = setup.progress().has("idp") ? setup.progress().get("idp") : setup.connection().settings();
        return desk.show(call, new Screen.Health(States.word(setup.connection()), List.of(),
                Summaries.certificates(idp, now), Verdicts.attempts(setup, issuer, now), List.of(),
                PortalPaths.step(issuer, setup.connection().id(), Step.TEST)), setup, Step.HEALTH);
    }
}
