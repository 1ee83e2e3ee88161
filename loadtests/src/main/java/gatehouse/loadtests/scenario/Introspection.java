package gatehouse.loadtests.scenario;

import gatehouse.loadtests.http.Answer;
import gatehouse.loadtests.http.Call;
import gatehouse.loadtests.http.JsonFields;
import gatehouse.loadtests.http.UnexpectedAnswer;
import gatehouse.loadtests.load.Journey;
import io.vertx.core.Future;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.LongSupplier;

/** A service asks whether the access token of a signed-in person still holds (RFC 7662). */
final class Introspection implements Journey {

    static final String NAME = "introspection";

    private static final long NANOS_PER_SECOND = 1_000_000_000L;

    private final Provider provider;
    private final CodeFlow flow;
    private final LongSupplier nanoClock;
    private final Map<String, String> headers;
    private final AtomicInteger turn = new AtomicInteger();
    private List<Slot> slots = List.of();

    Introspection(Provider provider, LongSupplier nanoClock) {
        this.provider = provider;
        this.flow = provider.codeFlow();
        this.nanoClock = nanoClock;
        this.headers = Map.of("Authorization", provider.target().requireService().basicCredentials(),
            "Accept", "application/json");
    }

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public void prepare() {
        var effort = provider.target().effort();
        var sessions = new Sessions(provider);
        slots = sessions.tokens(sessions.signIn(Math.min(effort.sessions(), effort.tokens())), effort.tokens())
            .stream().map(Slot::new).toList();
    }

    @Override
    public Future<?> start() {
        var slot = slots.get(Math.floorMod(turn.getAndIncrement(), slots.size()));
        slot.renewInTime();
        return provider.http().send(slot.call).map(Introspection::requireActive);
    }

    private static Answer requireActive(Answer answer) {
        if (!JsonFields.find(answer.require(200).body(), "active").equals(Optional.of("true"))) {
            throw new UnexpectedAnswer("active is not true");
        }
        return answer;
    }

    /** One token that is asked about again and again, and replaced shortly before it ends. */
    private final class Slot {

        private static final int PART_LEFT = 4;

        private final AtomicBoolean renewing = new AtomicBoolean();
        private volatile Call call;
        private volatile String refreshToken;
        private volatile long renewAtNanos;

        Slot(Tokens tokens) {
            hold(tokens, Sessions.requireRefreshToken(tokens));
        }

        private void hold(Tokens tokens, String nextRefreshToken) {
            call = Call.form(provider.endpoints().introspection(), headers,
                "token=" + tokens.access() + "&token_type_hint=access_token");
            refreshToken = nextRefreshToken;
            var lifetime = tokens.expiresIn() * NANOS_PER_SECOND;
            renewAtNanos = nanoClock.getAsLong() + lifetime - lifetime / PART_LEFT;
        }

        /** Asks for the next token in the background; until it is there the present one still holds. */
        void renewInTime() {
            if (nanoClock.getAsLong() - renewAtNanos > 0 && renewing.compareAndSet(false, true)) {
                var spent = refreshToken;
                provider.http().send(flow.refresh(spent))
                    .map(answer -> Tokens.read(answer, Tokens.Expected.ACCESS, provider.target().algorithm()))
                    .onSuccess(tokens -> hold(tokens, tokens.refresh().orElse(spent)))
                    .onComplete(_ -> renewing.set(false));
            }
        }
    }
}
