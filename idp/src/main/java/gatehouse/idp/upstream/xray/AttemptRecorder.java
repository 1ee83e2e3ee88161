package gatehouse.idp.upstream.xray;

import gatehouse.idp.http.Compared;
import gatehouse.idp.http.Refusal;
import gatehouse.idp.http.Request;
import gatehouse.idp.tenancy.Connection;
import gatehouse.idp.upstream.Arrival;
import gatehouse.idp.upstream.UpstreamIdentity;
import gatehouse.idp.upstream.xray.Attempt.Outcome;
import gatehouse.idp.upstream.xray.Trace.Kind;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.LongSupplier;

/** Where attempts to sign in over connections are noted: cheap, never waits, never fails the request. */
public final class AttemptRecorder {

    private final Consumer<Entry> entries;
    private final SecureRandom random;
    private final InstantSource clock;
    private final LongSupplier nanoClock;

    /**
     * @param entries   takes what is to be written, at once
     * @param nanoClock monotonic nanoseconds
     */
    public AttemptRecorder(
            Consumer<Entry> entries, SecureRandom random, InstantSource clock, LongSupplier nanoClock) {
        this.entries = entries;
        this.random = random;
        this.clock = clock;
        this.nanoClock = nanoClock;
    }

    /** Begins to watch an answer that came over {@code connection}. @param pending what the departure had left */
    public Watch watch(Connection connection, Kind kind, Request request, Optional<byte[]> pending) {
        return new Watch(connection, kind, request, pending);
    }

    /** How an attempt that had arrived in login flow {@code flow} ended here. */
    public void ended(
            Connection connection, String flow, UpstreamIdentity identity, Optional<Diagnosis> refused,
            List<Step> steps) {
        entries.accept(new Entry.Ended(connection.issuer(), idOf(flow, identity), connection.organization(),
                connection.id(), clock.instant(), refused.isEmpty() ? Outcome.SUCCEEDED : Outcome.REFUSED, refused,
                identity.email().map(Attempt::masked), steps));
    }

    /** The same in the request that brings an identity and in the one that uses it, and in no other. */
    private static String idOf(String flow, UpstreamIdentity identity) {
        try {
            var digest = MessageDigest.getInstance("SHA-256");
            for (var part : List.of("sign-in attempt", flow, identity.session().connection().value(),
                    identity.session().subject(), identity.session().index().orElse(""),
                    identity.authTime().map(Object::toString).orElse(""))) {
                digest.update(part.getBytes(StandardCharsets.UTF_8));
                digest.update((byte) 0);
            }
            return Base64.getUrlEncoder().withoutPadding().encodeToString(Arrays.copyOf(digest.digest(), 16));
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException("every JDK has SHA-256", impossible);
        }
    }

    private String newId() {
        var bytes = new byte[16];
        random.nextBytes(bytes);
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }

    /** One attempt while it is judged. Of one thread; ends with one of its last three methods. */
    public final class Watch {

        private final Connection connection;
        private final Kind kind;
        private final Request request;
        private final Optional<byte[]> pending;
        private final Trace trace = new Trace(nanoClock);
        private final String id = newId();

        private Watch(Connection connection, Kind kind, Request request, Optional<byte[]> pending) {
            this.connection = connection;
            this.kind = kind;
            this.request = request;
            this.pending = pending;
        }

        /** The attempt's id, unless it ends by {@link #arrived}. */
        public String id() {
            return id;
        }

        /** What the connector is to judge. */
        public Arrival arrival() {
            return new Arrival(request, pending, trace);
        }

        /** The identity provider said yes; login flow {@code flow} goes on, and {@link #ended} tells how it ends. */
        public void arrived(String flow, UpstreamIdentity identity) {
            seen(idOf(flow, identity), Outcome.ARRIVED, Optional.empty(), Optional.empty(), Optional.of(identity));
        }

        /** A test that passed. */
        public void succeeded(UpstreamIdentity identity) {
            seen(id, Outcome.SUCCEEDED, Optional.empty(), Optional.empty(), Optional.of(identity));
        }

        /** It was refused. */
        public void refused(Diagnosis diagnosis, Refusal refusal) {
            refused(diagnosis, refusal.reason(), refusal.compared().orElse(Compared.NOTHING));
        }

        /** It was refused. @param reason from a closed list, as in the audit trail */
        public void refused(Diagnosis diagnosis, String reason, Compared compared) {
            if (trace.steps().stream().noneMatch(step -> step.verdict() == Step.Verdict.FAILED)) {
                trace.failed(diagnosis.check(), compared);
            }
            seen(id, Outcome.REFUSED, Optional.of(diagnosis), Optional.of(reason), Optional.empty());
        }

        private void seen(String as, Outcome outcome, Optional<Diagnosis> diagnosis, Optional<String> reason,
                Optional<UpstreamIdentity> identity) {
            var names = identity.map(UpstreamIdentity::attributes).orElse(Map.of()).keySet().stream().sorted();
            var attempt = new Attempt(as, clock.instant(), connection.issuer(), connection.organization(),
                    connection.id(), connection.type(), kind, outcome, diagnosis, reason, request.traceId(),
                    inOrder(connection.type(), trace.steps(), outcome), trace.spent(),
                    identity.flatMap(UpstreamIdentity::email).map(Attempt::masked),
                    names.map(name -> Compared.received(name).received().orElseThrow()).toList(), Optional.empty());
            var kept = outcome == Outcome.REFUSED ? message() : Optional.<Message>empty();
            entries.accept(new Entry.Seen(connection, attempt, kept));
        }

        private Optional<Message> message() {
            boolean judgeable = connection.type().equals("saml") && request.method().equals("POST")
                    && request.body().length > 0 && request.body().length <= Message.BYTES_MAX;
            return judgeable ? Optional.of(new Message(request.header("content-type").orElse(""), request.body(),
                    pending.orElse(new byte[0]))) : Optional.empty();
        }
    }

    /**
     * The checks of the protocol in their usual order, those that were not made among them.
     *
     * @param outcome of a refused attempt, what was not made was not reached; else it was not needed
     */
    static List<Step> inOrder(String type, List<Step> made, Outcome outcome) {
        var steps = new ArrayList<Step>();
        for (var check : Check.of(type)) {
            var of = made.stream().filter(step -> step.check() == check).toList();
            if (!of.isEmpty()) {
                steps.addAll(of);
            } else if (outcome == Outcome.REFUSED) {
                steps.add(new Step(check, Step.Verdict.NOT_REACHED, Compared.NOTHING));
            } else if (!Check.OURS.contains(check)) {
                steps.add(new Step(check, Step.Verdict.NOT_NEEDED, Compared.NOTHING));
            }
        }
        made.stream().filter(step -> !Check.of(type).contains(step.check())).forEach(steps::add);
        return steps;
    }
}
