package gatehouse.idp.portal;

import gatehouse.idp.http.Reply;
import gatehouse.idp.http.Request;
import gatehouse.idp.page.Screens;
import gatehouse.spi.Issuer;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Optional;

/** Shows screens: each with what stands around it. */
final class Desk {

    private static final DateTimeFormatter DATE =
            DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm 'UTC'").withZone(ZoneOffset.UTC);
    private static final String DONE = "saved|looked|chosen|proved|claimed|released|activated|testing"
            + "|tried|enforced|relaxed|suspended|resumed|applied|discarded|mapped|fixed|approved|rejected|revoked|draft";

    private final Screens screens;
    private final Setups setups;
    private final Notices notices;

    Desk(Screens screens, Setups setups, Notices notices) {
        this.screens = screens;
        this.setups = setups;
        this.notices = notices;
    }

    /** A screen outside any session. */
    Reply outside(int status, Screen screen, Request request) {
        return screens.render(status, (Record) screen, Frame.bare(PortalPaths.base(request.issuer()),
                screens.offered()), request, List.of());
    }

    /** A screen that is no step. */
    Reply show(PortalCall call, Screen screen) {
        return show(200, call, screen, Optional.empty(), Optional.empty());
    }

    /** A step of {@code setup}. */
    Reply show(PortalCall call, Screen screen, Setup setup, Step step) {
        return show(200, call, screen, Optional.of(setup), Optional.of(step));
    }

    /** A step whose form was sent with something wrong in it. */
    Reply showAgain(PortalCall call, Screen screen, Optional<Setup> setup, Step step) {
        return show(422, call, screen, setup, Optional.of(step));
    }

    Reply show(int status, PortalCall call, Screen screen, Optional<Setup> setup, Optional<Step> step) {
        var request = call.request();
        var link = call.session().link();
        var frame = new Frame(PortalPaths.base(request.issuer()), path(request), Optional.of(call.csrf()),
                Optional.of(setups.organization(call).displayName()), Optional.of(link.contact()),
                Optional.of(link.intent().wireName()), setup.map(known -> known.connection().id().value()),
                stops(call, setup, step), step.map(Step::slug),
                request.query().optional("done").filter(word -> word.matches(DONE)), screens.offered(),
                setup.map(known -> notices.of(call, known)).orElse(List.of()));
        return screens.render(status, (Record) screen, frame, request,
                call.session().language().map(List::of).orElse(List.of()));
    }

    private static String path(Request request) {
        var base = PortalPaths.base(request.issuer());
        return base.substring(0, base.length() - "/portal".length()) + request.path();
    }

    private static List<Frame.Stop> stops(PortalCall call, Optional<Setup> setup, Optional<Step> current) {
        if (setup.isEmpty() || current.isEmpty()) {
            return List.of();
        }
        var issuer = call.request().issuer();
        return Step.of(call.session().link().intent()).stream()
                .map(step -> new Frame.Stop(step.slug(), href(issuer, setup.get(), step),
                        mark(setup.get(), step, current.get())))
                .toList();
    }

    private static String href(Issuer issuer, Setup setup, Step step) {
        return PortalPaths.step(issuer, setup.connection().id(), step);
    }

    private static String mark(Setup setup, Step step, Step current) {
        if (step == current) {
            return setup.isDone(step) ? "current done" : "current";
        }
        if (setup.isDone(step)) {
            return "done";
        }
        boolean needsProvider = switch (step) {
            case TEST, MAPPING, ACTIVATE, ENFORCE, HEALTH -> !setup.isConfigured();
            case PROVIDER, VALUES, METADATA, DOMAIN -> false;
        };
        return needsProvider ? "later" : "open";
    }

    /** {@code at} for people and programs. */
    static Screen.When when(Instant at) {
        return new Screen.When(at.toString(), DATE.format(at));
    }
}
