package gatehouse.idp.logout;

import gatehouse.idp.http.Refusal;
import gatehouse.idp.http.Reply;
import gatehouse.idp.http.Request;
import gatehouse.idp.logout.Farewell.Channel;
import gatehouse.idp.logout.LogoutFlow.Leg;
import gatehouse.idp.logout.LogoutFlow.State;
import gatehouse.idp.logout.LogoutFlow.Visit;
import gatehouse.spi.Deadline;
import gatehouse.spi.DeadlineExceeded;
import gatehouse.spi.Unavailable;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;

/** Single logout, on its way through servers and the browser. */
final class Logouts implements SingleLogout {

    /** Whom one logout tells: the participants of a session, and a few more of the same person's others. */
    static final int LEGS_MAX = 64;

    /** Characters of all farewells together: what a flow can keep, with room for the rest of it. */
    private static final int LENGTH_MAX = 40_000;

    /** How long servers are waited for together, before the browser is sent on its way. */
    static final Duration TELLING = Duration.ofSeconds(2);

    private static final int TRIES = 3;

    private final LogoutFlows flows;
    private final Map<String, Farewells> kinds = new LinkedHashMap<>();
    private final Executor background;

    /** @param kinds whom to tell, in the order in which browsers visit them */
    Logouts(LogoutFlows flows, List<Farewells> kinds, Executor background) {
        this.flows = flows;
        kinds.forEach(kind -> this.kinds.put(kind.kind(), kind));
        this.background = background;
    }

    @Override
    public LogoutAnswer begin(LogoutAsked asked, Request request, Deadline deadline) {
        var legs = legs(asked, deadline);
        var browser = flows.browser(request);
        var flow = new LogoutFlow(
                request.issuer().name(), LogoutFlows.hash(browser), asked.resume(), asked.carried(), legs,
                Visit.AHEAD);
        if (legs.stream().allMatch(leg -> leg.farewell().channel() == Channel.NONE)) {
            return new LogoutAnswer.Done(flow.result());
        }
        var id = flows.newId();
        flows.keep(id, flow, deadline);
        return new LogoutAnswer.Interact(
                Reply.seeOther(path(id, request)).with(flows.cookie(browser, id, request.issuer())));
    }

    static String path(String id, Request request) {
        return request.issuer().at("/logout/" + id);
    }

    /** Every participant once, by its kind's order: the identity provider that a session came from is last. */
    private List<Leg> legs(LogoutAsked asked, Deadline deadline) {
        var farewells = new LinkedHashMap<List<Object>, Farewell>();
        for (var kind : kinds.values()) {
            for (var session : asked.ended()) {
                kind.of(session, deadline).stream()
                        .filter(one -> asked.initiator().filter(party -> party.kind().equals(one.kind())
                                && party.id().equals(one.id())).isEmpty())
                        .forEach(one -> farewells.putIfAbsent(List.of(one.kind(), one.id(), one.carried()), one));
            }
        }
        return bounded(farewells.values().stream().limit(LEGS_MAX).toList());
    }

    /** Who is too many to be kept is not told, but named. */
    private static List<Leg> bounded(List<Farewell> farewells) {
        var legs = new ArrayList<Leg>();
        int length = 0;
        for (var one : farewells) {
            length += one.id().length() + one.name().length() + one.carried().toString().length();
            legs.add(new Leg(length <= LENGTH_MAX ? one
                    : new Farewell(one.kind(), "", one.name(), Channel.NONE, false, Map.of()), State.OPEN));
        }
        return legs;
    }

    @Override
    public List<String> tellServers(LogoutAsked asked, Request request, Deadline deadline) {
        var told = told(legs(asked, deadline), request, deadline);
        return told.stream().filter(leg -> leg.state() != State.DONE).map(leg -> leg.farewell().name()).distinct()
                .toList();
    }

    /** {@code legs} with those decided that servers could be asked about, all at once. */
    private List<Leg> told(List<Leg> legs, Request request, Deadline deadline) {
        var by = deadline.within(TELLING);
        var telling = new ArrayList<CompletableFuture<Leg>>();
        for (var leg : legs) {
            telling.add(leg.isOpen(Channel.BACK)
                    ? CompletableFuture.supplyAsync(() -> leg.become(tell(leg.farewell(), request, by)), background)
                    : CompletableFuture.completedFuture(leg));
        }
        var told = new ArrayList<Leg>();
        for (int i = 0; i < legs.size(); i++) {
            told.add(awaited(telling.get(i), legs.get(i), by));
        }
        return told;
    }

    private State tell(Farewell farewell, Request request, Deadline by) {
        try {
            return kinds.get(farewell.kind()).tell(farewell, request, by) ? State.DONE : State.FAILED;
        } catch (Refusal | Unavailable | DeadlineExceeded notTold) {
            return State.FAILED;
        }
    }

    private static Leg awaited(CompletableFuture<Leg> telling, Leg leg, Deadline by) {
        try {
            return by.await(telling);
        } catch (DeadlineExceeded late) {
            return leg.become(State.FAILED);
        }
    }

    /** The flow with its servers told. */
    LogoutFlows.Kept toldServers(LogoutFlows.Kept kept, Request request, Deadline deadline) {
        if (kept.flow().legs().stream().noneMatch(leg -> leg.isOpen(Channel.BACK))) {
            return kept;
        }
        var asked = kept.flow().legs();
        var told = told(asked, request, deadline);
        var legs = new ArrayList<Leg>();
        for (int i = 0; i < told.size(); i++) {
            boolean unheard = asked.get(i).isOpen(Channel.BACK) && told.get(i).state() == State.FAILED
                    && told.get(i).farewell().visitable();
            legs.add(unheard ? new Leg(told.get(i).farewell().byVisit(), State.OPEN) : told.get(i));
        }
        var next = kept.flow().with(legs);
        return flows.replace(kept, next, deadline)
                ? new LogoutFlows.Kept(kept.id(), kept.generation() + 1, next)
                : flows.find(kept.id(), request, deadline).orElse(kept);
    }

    @Override
    public Optional<Reply> underway(Request request, Deadline deadline) {
        return flows.last(request, deadline).map(kept -> Reply.seeOther(path(kept.id(), request)));
    }

    Optional<Farewells> kind(Farewell farewell) {
        return Optional.ofNullable(kinds.get(farewell.kind()));
    }

    @Override
    public Optional<LogoutResult> resume(Request request, Deadline deadline) {
        var kept = flows.findOwn(request.query().optional("logout").orElse(""), request, deadline);
        kept.ifPresent(done -> flows.forget(done, deadline));
        return kept.map(done -> done.flow().result());
    }

    @Override
    public Optional<Farewell> awaited(String handle, Request request, Deadline deadline) {
        return flows.visiting(handle, request, deadline)
                .map(kept -> kept.flow().legs().get(kept.flow().current().orElseThrow()).farewell());
    }

    @Override
    public Reply answered(String handle, boolean complete, Request request, Deadline deadline) {
        for (int i = 0; i < TRIES; i++) {
            var kept = flows.visiting(handle, request, deadline);
            if (kept.isEmpty()) {
                break;
            }
            var at = kept.get().flow().current().orElseThrow();
            var next = kept.get().flow().with(at, complete ? State.DONE : State.FAILED);
            if (flows.replace(kept.get(), next, deadline)) {
                return Reply.seeOther(path(kept.get().id(), request));
            }
        }
        throw new LogoutError(LogoutReason.ANSWER_UNEXPECTED);
    }
}
