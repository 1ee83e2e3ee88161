package gatehouse.idp.portal;

import gatehouse.idp.http.Journey;
import gatehouse.idp.http.Reply;
import gatehouse.idp.http.Route;
import gatehouse.idp.http.Voice;
import gatehouse.idp.portal.PortalAccess.Answering;
import gatehouse.idp.tenancy.SetupIntent;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;

/** The portal, wired, and the one list of its routes: who may come to each is said here. */
public final class PortalRoutes {

    private static final String CONNECTION = "/portal/connections/{connection}";

    private final List<Portal> all = new ArrayList<>();
    private final PortalAccess access;
    private final LinkEndpoint links;
    private final Voice voice;

    /** A route of the portal. @param intents the links that open it */
    record Portal(String method, String path, Set<SetupIntent> intents, Answering answering) {}

    /** @param trials takes the answers to sign-ins that are tried out */
    public PortalRoutes(PortalParts parts, TrialSignIns trials) {
        var setups = new Setups(parts);
        var notices = new Notices(parts.watch());
        var desk = new Desk(parts.screens(), setups, notices);
        this.access = new PortalAccess(parts);
        this.links = new LinkEndpoint(parts, access, desk);
        this.voice = new PortalVoice(desk);
        var clock = parts.clock();
        var welcome = new WelcomeScreen(setups, desk, notices);
        var provider = new ProviderStep(setups, desk);
        var values = new ValuesStep(setups, desk);
        var known = new KnownProvider(parts);
        var metadata = new MetadataStep(setups, desk,
                new ProviderReading(new Fetching(parts.http()), parts.metadata()), known, clock);
        var domain = new DomainStep(parts, setups, desk);
        var test = new TestStep(setups, desk, trials, clock);
        var mapping = new MappingStep(setups, desk);
        var activate = new ActivateStep(setups, desk, clock);
        var enforce = new EnforceStep(setups, desk, parts.enforcement(), clock);
        var glass = new GlassStep(parts, setups, desk);
        var held = new HeldMetadata(parts, setups);
        var health = new HealthStep(setups, desk, held, known, parts.attempts(), clock);
        var attempts = new AttemptPages(parts, setups, desk);
        var hand = new HandOnScreen(parts, links, access, setups, desk);

        get("/portal", everybody(), welcome::show);
        post("/portal/language", everybody(), hand::speak);
        post("/portal/leave", everybody(), hand::leave);
        get("/portal/connections", only(Step.PROVIDER), provider::showNew);
        post("/portal/connections", only(Step.PROVIDER), provider::choose);
        get("/portal/domains", only(Step.DOMAIN), domain::show);
        post("/portal/domains", only(Step.DOMAIN), domain::act);
        step(Step.PROVIDER, provider::show);
        step(Step.VALUES, values::show, values::done);
        step(Step.METADATA, metadata::show, metadata::save);
        step(Step.DOMAIN, domain::showOf, domain::actOf);
        step(Step.TEST, test::show);
        get(CONNECTION + "/test/begin", only(Step.TEST), test::begin);
        get(CONNECTION + "/test/{trial}", only(Step.TEST), test::result);
        step(Step.MAPPING, mapping::show, mapping::save);
        step(Step.ACTIVATE, activate::show, activate::act);
        step(Step.ENFORCE, enforce::show, enforce::act);
        get(CONNECTION + "/break-glass", only(Step.ENFORCE), glass::show);
        post(CONNECTION + "/break-glass", only(Step.ENFORCE), glass::act);
        step(Step.HEALTH, health::show, held::decide);
        get(CONNECTION + "/attempts", only(Step.HEALTH), attempts::list);
        get(CONNECTION + "/attempts/{attempt}", only(Step.HEALTH), attempts::show);
        post(CONNECTION + "/attempts/{attempt}/replay", only(Step.HEALTH), attempts::judgeAgain);
        post(CONNECTION + "/attempts/{attempt}/fix", only(Step.MAPPING), attempts::fix);
        post(CONNECTION + "/hand-on", everybody(), hand::handOn);
    }

    private static Set<SetupIntent> everybody() {
        return Set.of(SetupIntent.values());
    }

    /** The intents that {@code step} is a step of. */
    private static Set<SetupIntent> only(Step step) {
        return Set.copyOf(Arrays.stream(SetupIntent.values()).filter(intent -> Step.of(intent).contains(step))
                .toList());
    }

    private void step(Step step, Answering shown) {
        get(CONNECTION + "/" + step.slug(), only(step), shown);
    }

    private void step(Step step, Answering shown, Answering acted) {
        step(step, shown);
        post(CONNECTION + "/" + step.slug(), only(step), acted);
    }

    private void get(String path, Set<SetupIntent> intents, Answering answering) {
        all.add(new Portal("GET", path, intents, answering));
    }

    private void post(String path, Set<SetupIntent> intents, Answering answering) {
        all.add(new Portal("POST", path, intents, answering));
    }

    /** Every route that a session opens, for tests that try each of them. */
    List<Portal> all() {
        return List.copyOf(all);
    }

    /** The routes. */
    public List<Route> routes() {
        var routes = new ArrayList<Route>();
        routes.add(Route.of("GET", "/setup/{token}", Journey.ADMIN, voice, links::show));
        routes.add(Route.of("POST", "/setup/{token}", Journey.ADMIN, voice, links::exchange));
        routes.add(Route.of("POST", "/setup/{token}/ask", Journey.ADMIN, voice, links::askAgain));
        for (var portal : all) {
            routes.add(Route.of(portal.method(), portal.path(), Journey.ADMIN, voice,
                    access.admitting(call -> answer(portal, call))));
        }
        return List.copyOf(routes);
    }

    private static Reply answer(Portal portal, PortalCall call) {
        if (!portal.intents().contains(call.session().link().intent())) {
            throw new PortalRefusal(PortalRefusal.Reason.OTHER_INTENT);
        }
        return portal.answering().answer(call);
    }
}
