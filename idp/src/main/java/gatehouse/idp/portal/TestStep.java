package gatehouse.idp.portal;

import gatehouse.idp.http.Reply;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import java.util.Optional;

/** Trying it out, and what came of it. */
final class TestStep {

    private final Setups setups;
    private final Desk desk;
    private final TrialSignIns trials;
    private final InstantSource clock;

    TestStep(Setups setups, Desk desk, TrialSignIns trials, InstantSource clock) {
        this.setups = setups;
        this.desk = desk;
        this.trials = trials;
        this.clock = clock;
    }

    Reply show(PortalCall call) {
        var setup = setups.require(call);
        var issuer = call.request().issuer();
        var now = clock.instant();
        return desk.show(call, new Screen.Trial(start(call, setup), setup.isConfigured(),
                setup.lastTrial().map(trial -> Verdicts.of(trial, setup, call, now)),
                Verdicts.attempts(setup, issuer, now), setup.template().displayName()), setup, Step.TEST);
    }

    /**
     * Where a trial begins: a link, for a form may not lead to another host ({@code form-action}); it carries what a
     * form would.
     */
    private static String start(PortalCall call, Setup setup) {
        return PortalPaths.step(call.request().issuer(), setup.connection().id(), Step.TEST) + "/begin?csrf="
                + URLEncoder.encode(call.csrf(), StandardCharsets.UTF_8);
    }

    Reply begin(PortalCall call) {
        PortalAccess.requireOwn(call.request().query().optional("csrf"), call.csrf());
        return trials.depart(call, setups.require(call));
    }

    Reply result(PortalCall call) {
        var setup = setups.require(call);
        var issuer = call.request().issuer();
        var id = call.request().pathParameter("trial");
        var trial = setup.trials().stream().filter(known -> known.id().equals(id)).findFirst()
                .orElseThrow(PortalRefusal::notFound);
        var intent = call.session().link().intent();
        var next = Step.of(intent).contains(Step.MAPPING) && !setup.has("mapped") ? Step.MAPPING : setup.next(intent);
        return desk.show(call, new Screen.Result(Verdicts.of(trial, setup, call, clock.instant()),
                start(call, setup), PortalPaths.step(issuer, setup.connection().id(), next),
                PortalPaths.step(issuer, setup.connection().id(), Step.TEST),
                Optional.ofNullable(trial.body().get("attempt")).filter(_ -> !trial.succeeded())
                        .map(attempt -> PortalPaths.attempts(issuer, setup.connection().id()) + "/"
                                + attempt.asText()), "test"), setup, Step.TEST);
    }
}
