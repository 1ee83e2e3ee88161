package gatehouse.idp.upstream.xray;

import gatehouse.idp.http.Compared;
import gatehouse.idp.tenancy.Connection;
import gatehouse.idp.upstream.ConnectorType;
import gatehouse.idp.upstream.UpstreamIdentity;
import gatehouse.idp.upstream.UpstreamRefusal;
import gatehouse.idp.upstream.xray.Attempt.Outcome;
import gatehouse.idp.upstream.xray.Trace.Kind;
import gatehouse.spi.Deadline;
import gatehouse.spi.Issuer;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/** Judges messages again that were refused, against settings that somebody tries out. */
public final class AttemptReplay {

    private final List<ConnectorType> types;
    private final Function<String, Issuer> issuers;

    /** @param issuers an issuer by its name */
    public AttemptReplay(List<ConnectorType> types, Function<String, Issuer> issuers) {
        this.types = List.copyOf(types);
        this.issuers = issuers;
    }

    /**
     * What would become of {@code message} now, if it came at its own time over {@code draft}. Nobody is signed in and
     * nothing remembered; e-mail address, domain and account are not looked at.
     */
    public Attempt judge(Connection draft, Attempt attempt, Message message, Deadline deadline) {
        var type = types.stream().filter(each -> each.name().equals(draft.type())).findFirst().orElseThrow();
        var trace = Trace.unread();
        try {
            var identity = type.judge(draft, issuers.apply(draft.issuer()), message, attempt.at(), trace, deadline);
            return verdict(attempt, trace, Optional.empty(), Optional.of(identity));
        } catch (UpstreamRefusal refusal) {
            if (trace.steps().stream().noneMatch(step -> step.verdict() == Step.Verdict.FAILED)) {
                trace.failed(refusal.diagnosis().check(), refusal.compared().orElse(
                        Compared.NOTHING));
            }
            return verdict(attempt, trace, Optional.of(refusal), Optional.empty());
        }
    }

    private static Attempt verdict(
            Attempt attempt, Trace trace, Optional<UpstreamRefusal> refusal, Optional<UpstreamIdentity> identity) {
        var outcome = refusal.isPresent() ? Outcome.REFUSED : Outcome.SUCCEEDED;
        return new Attempt(attempt.id(), attempt.at(), attempt.issuer(), attempt.organization(), attempt.connection(),
                attempt.type(), Kind.TEST, outcome, refusal.map(UpstreamRefusal::diagnosis),
                refusal.map(UpstreamRefusal::reason), attempt.traceId(),
                AttemptRecorder.inOrder(attempt.type(), trace.steps(), outcome), Map.of(),
                identity.flatMap(UpstreamIdentity::email).map(Attempt::masked),
                identity.map(known -> known.attributes().keySet().stream().sorted().toList()).orElse(List.of()),
                Optional.empty());
    }
}
