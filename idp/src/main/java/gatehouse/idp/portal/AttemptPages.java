package gatehouse.idp.portal;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import gatehouse.idp.admin.resource.Editor;
import gatehouse.idp.admin.resource.Kinds;
import gatehouse.idp.http.Reply;
import gatehouse.idp.schema.InvalidDocument;
import gatehouse.idp.sql.Database;
import gatehouse.idp.sql.RowRefused;
import gatehouse.idp.upstream.xray.Attempt;
import gatehouse.idp.upstream.xray.AttemptReplay;
import gatehouse.idp.upstream.xray.AttemptStore;
import gatehouse.idp.upstream.xray.Remedies;
import gatehouse.idp.upstream.xray.Remedy;
import gatehouse.idp.upstream.xray.Trace;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Attempts to sign in over a connection, of anybody: what was checked, what would mend it, would it pass now. */
final class AttemptPages {

    static final int SHOWN = 50;

    private final Setups setups;
    private final Desk desk;
    private final AttemptStore attempts;
    private final AttemptReplay replay;
    private final Database database;
    private final Kinds kinds;
    private final Editor editor;

    AttemptPages(PortalParts parts, Setups setups, Desk desk) {
        this.setups = setups;
        this.desk = desk;
        this.attempts = parts.attempts();
        this.replay = parts.replay();
        this.database = parts.database();
        this.kinds = parts.kinds();
        this.editor = parts.editor();
    }

    private static AttemptStore.Scope scope(PortalCall call) {
        return new AttemptStore.Scope(call.issuer(), Optional.of(call.organization()));
    }

    /** The latest attempts over {@code setup}. */
    static List<Attempt> latest(AttemptStore attempts, PortalCall call, Setup setup) {
        return attempts.page(scope(call), new AttemptStore.Filter(Optional.of(setup.connection().id()),
                Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty(), SHOWN),
                call.deadline());
    }

    Reply list(PortalCall call) {
        var setup = setups.require(call);
        return desk.show(call, new Screen.Attempts(
                Verdicts.listed(latest(attempts, call, setup), setup, call.request().issuer()),
                setup.template().displayName()), setup, Step.HEALTH);
    }

    private Attempt attempt(PortalCall call, Setup setup) {
        return attempts.find(scope(call), call.request().pathParameter("attempt"), call.deadline())
                .filter(found -> found.connection().equals(setup.connection().id()))
                .orElseThrow(PortalRefusal::notFound);
    }

    Reply show(PortalCall call) {
        var setup = setups.require(call);
        var attempt = attempt(call, setup);
        var replayable = attempts.message(scope(call), attempt.id(), call.deadline()).isPresent();
        return shown(call, setup, attempt, attempt.kind() == Trace.Kind.TEST ? "tried" : "real", replayable);
    }

    private Reply shown(PortalCall call, Setup setup, Attempt attempt, String tried, boolean replayable) {
        var issuer = call.request().issuer();
        var self = PortalPaths.attempts(issuer, setup.connection().id()) + "/" + attempt.id();
        var remedies = Step.of(call.session().link().intent()).contains(Step.MAPPING)
                ? Remedies.of(attempt, setup.connection()) : List.<Remedy>of();
        var fixes = new ArrayList<Screen.Fix>();
        for (int i = 0; i < remedies.size(); i++) {
            fixes.add(new Screen.Fix(self + "/fix", i, remedies.get(i).key(), remedies.get(i).arguments(),
                    remedies.get(i).lowersSecurity()));
        }
        return desk.show(call, new Screen.Result(Verdicts.of(attempt, setup, fixes),
                PortalPaths.step(issuer, setup.connection().id(), Step.TEST),
                PortalPaths.step(issuer, setup.connection().id(), setup.next(call.session().link().intent())),
                PortalPaths.attempts(issuer, setup.connection().id()),
                replayable ? Optional.of(self + "/replay") : Optional.empty(), tried), setup, Step.HEALTH);
    }

    /** Judges the kept message by the settings as they are now. Signs nobody in and changes nothing. */
    Reply judgeAgain(PortalCall call) {
        var setup = setups.require(call);
        var attempt = attempt(call, setup);
        var message = attempts.message(scope(call), attempt.id(), call.deadline())
                .orElseThrow(() -> new PortalRefusal(PortalRefusal.Reason.NOT_NOW));
        if (!setup.isConfigured()) {
            throw new PortalRefusal(PortalRefusal.Reason.NOT_NOW);
        }
        return shown(call, setup, replay.judge(setup.connection(), attempt, message, call.deadline()), "replay", true);
    }

    /** One press: what it does is computed anew from the attempt, and nothing that the form says of it. */
    Reply fix(PortalCall call) {
        var setup = setups.require(call);
        var attempt = attempt(call, setup);
        var remedies = Remedies.of(attempt, setup.connection());
        var index = call.field("fix", 2).filter(text -> text.matches("\\d")).map(Integer::parseInt)
                .filter(i -> i < remedies.size())
                .orElseThrow(() -> new PortalRefusal(PortalRefusal.Reason.NOT_NOW));
        var remedy = remedies.get(index);
        if (remedy.lowersSecurity() && call.field("sure", 5).isEmpty()) {
            throw new PortalRefusal(PortalRefusal.Reason.NOT_NOW);
        }
        var issuer = call.request().issuer();
        var id = setup.connection().id();
        return switch (remedy) {
            case Remedy.ChangeSetting change -> {
                changed(call, setup, change);
                yield Reply.seeOther(PortalPaths.attempts(issuer, id) + "/" + attempt.id() + "?done=fixed");
            }
            case Remedy.RefreshMetadata _ -> Reply.seeOther(PortalPaths.step(issuer, id, Step.METADATA));
            case Remedy.ProveDomain(var domain) -> {
                claim(call, domain);
                yield Reply.seeOther(PortalPaths.step(issuer, id, Step.DOMAIN, "claimed"));
            }
        };
    }

    private void changed(PortalCall call, Setup setup, Remedy.ChangeSetting change) {
        try {
            setups.change(call, setup, change.patch(), JsonNodeFactory.instance.objectNode());
        } catch (InvalidDocument refused) {
            throw new PortalRefusal(PortalRefusal.Reason.NOT_NOW);
        }
    }

    private void claim(PortalCall call, String domain) {
        try {
            database.inTransaction(call.deadline(), transaction -> editor.create(transaction, kinds.domains(),
                    call.editing(), JsonNodeFactory.instance.objectNode().put("name", domain)));
        } catch (InvalidDocument unusable) {
            throw new PortalRefusal(PortalRefusal.Reason.NOT_NOW);
        } catch (RowRefused known) {
            // It is on the list already: then the way to its proof is all that is missing.
            return;
        }
    }
}
