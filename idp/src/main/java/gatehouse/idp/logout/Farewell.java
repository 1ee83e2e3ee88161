package gatehouse.idp.logout;

import java.util.Map;

/**
 * That somebody is to be told that a session is over.
 *
 * @param kind    of participant: whose {@link Farewells} speaks to it
 * @param id      which one, unique within its kind
 * @param name    what people read
 * @param channel how it can be told
 * @param visitable whether the browser can visit it: the way that is left if its server does not answer
 * @param carried what its kind needs for telling it
 */
public record Farewell(
        String kind, String id, String name, Channel channel, boolean visitable, Map<String, String> carried) {

    /** How a participant can be told. */
    public enum Channel {
        /** From server to server. */
        BACK,
        /** By a visit of the browser. */
        FRONT,
        /** Not at all: it has not said how. */
        NONE
    }

    /** The same by a visit of the browser. */
    Farewell byVisit() {
        return new Farewell(kind, id, name, Channel.FRONT, visitable, carried);
    }

    public Farewell {
        carried = Map.copyOf(carried);
    }
}
