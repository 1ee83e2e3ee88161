package gatehouse.idp.logout;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A logout on its way: all that is known so far.
 *
 * @param issuer  name of the issuer
 * @param browser hash of the cookie of the browser it goes through
 * @param resume  path of the front door
 * @param carried the front door's own
 * @param legs    whom to tell, in order
 * @param visit   how far the visit to the first leg that is open has come
 */
record LogoutFlow(
        String issuer,
        String browser,
        String resume,
        Map<String, String> carried,
        List<Leg> legs,
        Visit visit) {

    /** How far a visit has come. */
    enum Visit {
        /** It is to be begun. */
        AHEAD,
        /** The person, or the page's script, has said go. */
        LEAVING,
        /** The browser has been sent away, and has not come back with an answer. */
        AWAY
    }

    /** What is known of one farewell. */
    enum State { OPEN, DONE, FAILED }

    /** One farewell. */
    record Leg(Farewell farewell, State state) {

        boolean isOpen(Farewell.Channel channel) {
            return state == State.OPEN && farewell.channel() == channel;
        }

        Leg become(State next) {
            return new Leg(farewell, next);
        }
    }

    LogoutFlow {
        carried = Map.copyOf(carried);
        legs = List.copyOf(legs);
    }

    /** Position of the leg to visit next, or being visited; empty when there is none left. */
    Optional<Integer> current() {
        for (int i = 0; i < legs.size(); i++) {
            if (legs.get(i).isOpen(Farewell.Channel.FRONT)) {
                return Optional.of(i);
            }
        }
        return Optional.empty();
    }

    /** With leg {@code at} decided. */
    LogoutFlow with(int at, State state) {
        var changed = new ArrayList<>(legs);
        changed.set(at, changed.get(at).become(state));
        return new LogoutFlow(issuer, browser, resume, carried, changed, Visit.AHEAD);
    }

    LogoutFlow with(List<Leg> changed) {
        return new LogoutFlow(issuer, browser, resume, carried, changed, visit);
    }

    LogoutFlow at(Visit next) {
        return new LogoutFlow(issuer, browser, resume, carried, legs, next);
    }

    /** How it ended. What is still open has not been told. */
    LogoutResult result() {
        return new LogoutResult(carried, legs.stream().filter(leg -> leg.state() != State.DONE)
                .map(leg -> leg.farewell().name()).distinct().toList());
    }
}
