package gatehouse.idp.login.flow;

import gatehouse.idp.http.Request;
import gatehouse.sessions.FlowStore;
import gatehouse.spi.ConnectionId;
import gatehouse.spi.Deadline;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Base64;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Where flows and departures are kept: ten minutes from the last step, a flow not beyond an hour in all. Ids have 128
 * random bits.
 */
public final class LoginFlows {

    /** How long a step may take. */
    public static final Duration STEP_LIFETIME = Duration.ofMinutes(10);

    private static final Duration LIFETIME_MAX = Duration.ofHours(1);
    private static final Pattern ID = Pattern.compile("[A-Za-z0-9_-]{22}");
    private static final String LOGIN = "login";
    private static final String UPSTREAM = "upstream";

    private final FlowStore store;
    private final BrowserCookie browser;
    private final SecureRandom random;
    private final InstantSource clock;

    public LoginFlows(FlowStore store, BrowserCookie browser, SecureRandom random, InstantSource clock) {
        this.store = store;
        this.browser = browser;
        this.random = random;
        this.clock = clock;
    }

    /** What an id in a URL names, for the browser that asks. */
    public sealed interface Found {
        /** A flow of this browser. */
        record Mine(KeptFlow kept) implements Found {}

        /** A flow that another browser began. */
        record Foreign(LoginFlow flow) implements Found {}

        /** Nothing, any more. */
        record Gone() implements Found {}
    }

    /** A departure for an identity provider. @param pending what its connector wants to see again */
    public record Departed(String flow, ConnectionId connection, byte[] pending) {

        @Override
        public String toString() {
            return "Departed[" + connection + "]";
        }
    }

    /** Whether {@code text} has the form of an id that was made here. */
    public static boolean isId(String text) {
        return ID.matcher(text).matches();
    }

    /** A new unguessable id of 22 characters. */
    public String newId() {
        var bytes = new byte[16];
        random.nextBytes(bytes);
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }

    /** Keeps a flow that begins. */
    public KeptFlow begin(String id, LoginFlow flow, Deadline deadline) {
        if (!store.keep(LOGIN, id, FlowCodec.write(flow), STEP_LIFETIME, deadline)) {
            throw new IllegalStateException("a random flow id was taken");
        }
        return new KeptFlow(id, 0, flow);
    }

    /** The flow {@code id}, for the browser that sent {@code request}. */
    public Found find(String id, Request request, Deadline deadline) {
        var kept = findAny(id, request, deadline);
        if (kept.isEmpty()) {
            return new Found.Gone();
        }
        return browser.owns(request, kept.get().flow())
                ? new Found.Mine(kept.get())
                : new Found.Foreign(kept.get().flow());
    }

    /** The flow {@code id} of the request's issuer, whichever browser asks. */
    public Optional<KeptFlow> findAny(String id, Request request, Deadline deadline) {
        if (!isId(id)) {
            return Optional.empty();
        }
        return store.find(LOGIN, id, deadline)
                .map(kept -> new KeptFlow(id, kept.generation(), FlowCodec.read(kept.state(), LoginFlow.class)))
                .filter(kept -> kept.flow().asked().issuer().equals(request.issuer()))
                .filter(kept -> clock.instant().isBefore(kept.flow().startedAt().plus(LIFETIME_MAX)));
    }

    /** Writes what a flow has become. Empty if somebody else was first: then look again. */
    public Optional<KeptFlow> replace(KeptFlow kept, Deadline deadline) {
        var state = FlowCodec.write(kept.flow());
        return store.replace(LOGIN, kept.id(), kept.generation(), state, STEP_LIFETIME, deadline)
                ? Optional.of(new KeptFlow(kept.id(), kept.generation() + 1, kept.flow()))
                : Optional.empty();
    }

    /** Takes out a finished flow that was found: of concurrent calls, one gets it, as it is by then. */
    public Optional<LoginFlow> take(KeptFlow found, Deadline deadline) {
        return store.take(LOGIN, found.id(), deadline).map(taken -> taken.generation() == found.generation()
                ? found.flow()
                : FlowCodec.read(taken.state(), LoginFlow.class));
    }

    /** Keeps a departure under {@code handle}. */
    public void depart(String handle, Departed departed, Deadline deadline) {
        if (!store.keep(UPSTREAM, handle, FlowCodec.write(departed), STEP_LIFETIME, deadline)) {
            throw new IllegalStateException("a random handle was taken");
        }
    }

    /** Takes a departure out: of any number of answers to it, one gets it. */
    public Optional<Departed> arrive(String handle, Deadline deadline) {
        if (!isId(handle)) {
            return Optional.empty();
        }
        return store.take(UPSTREAM, handle, deadline).map(kept -> FlowCodec.read(kept.state(), Departed.class));
    }
}
