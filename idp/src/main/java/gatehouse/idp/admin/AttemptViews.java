package gatehouse.idp.admin;

import com.fasterxml.jackson.databind.node.ObjectNode;
import gatehouse.idp.admin.WatchViews.CountdownView;
import gatehouse.idp.http.Compared;
import gatehouse.idp.http.Request;
import gatehouse.idp.schema.Described;
import gatehouse.idp.tenancy.Connection;
import gatehouse.idp.upstream.xray.Attempt;
import gatehouse.idp.upstream.xray.ConnectionHealth;
import gatehouse.idp.upstream.xray.Diagnosis;
import gatehouse.idp.upstream.xray.IdpField;
import gatehouse.idp.upstream.xray.Product;
import gatehouse.idp.upstream.xray.Remedies;
import gatehouse.idp.upstream.xray.Remedy;
import gatehouse.idp.upstream.xray.Step;
import gatehouse.idp.upstream.xray.Words;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** Sign-in attempts and the health of connections, as administrators see them, in their language. */
final class AttemptViews {

    private final Words words;

    AttemptViews(Words words) {
        this.words = words;
    }

    /** A sign-in attempt. */
    record AttemptView(
            @Described("Its id.") String id,
            @Described(value = "When the answer came.", format = "date-time") Instant at,
            @Described("Name of the issuer.") String issuer,
            @Described("The organization.") String organization,
            @Described("The connection.") String connection,
            @Described(value = "Whether somebody signed in, or only tried.", oneOf = {"real", "test"}) String kind,
            @Described(value = "How it ended; arrived: the browser has not come back to finish.",
                    oneOf = {"succeeded", "refused", "arrived"}) String outcome,
            @Described("The request, as error pages show it.") String traceId,
            @Described("The person's e-mail address, masked.") Optional<String> person,
            @Described("Why it was refused, and how that is mended.") Optional<DiagnosisView> diagnosis,
            @Described(value = "The checks in order; one attempt read alone has them.", entriesMax = 64)
            Optional<List<StepView>> steps,
            @Described(value = "Milliseconds that the identity provider took.", max = Long.MAX_VALUE)
            long providerMillis,
            @Described("Names of the attributes that came.") List<String> attributes,
            @Described("The refused message with its values masked.") Optional<String> outline,
            @Described("Whether the message is still kept, so that it can be judged again.")
            Optional<Boolean> replayable) {}

    /** Why, who can mend it, and where. */
    record DiagnosisView(
            @Described("Code of the error catalogue.") String code,
            @Described(value = "Who can mend it.", oneOf = {"you", "idp_admin", "us", "person"}) String fixer,
            @Described("The reason, as in the audit trail.") Optional<String> reason,
            @Described("What happened, in a few words.") String title,
            @Described("What happened, with what was expected and received.") String what,
            @Described("How to mend it.") String fix,
            @Described("The identity provider's product, as far as it is known.") String product,
            @Described("Where in that product.") Optional<String> field,
            @Described("What can be changed here by one request.") List<RemedyView> remedies) {}

    /** A change that would mend it. */
    record RemedyView(
            @Described(value = "What kind of change.",
                    oneOf = {"change_setting", "refresh_metadata", "prove_domain"}) String kind,
            @Described("What it does.") String title,
            @Described("Whether less is checked afterwards.") boolean lowersSecurity,
            @Described("For change_setting: the merge patch of the connection.") Optional<ObjectNode> patch) {}

    /** One check. */
    record StepView(
            @Described("The check.") String check,
            @Described("Its name for people.") String title,
            @Described(value = "What came of it.", oneOf = {"passed", "failed", "not_needed", "not_reached"})
            String verdict,
            @Described("What would have been accepted.") Optional<String> expected,
            @Described("What came.") Optional<String> received) {}

    /** What would become of a message now. */
    record ReplayView(
            @Described(value = "Whether it would be accepted.", oneOf = {"succeeded", "refused"}) String outcome,
            @Described("Why it would be refused.") Optional<DiagnosisView> diagnosis,
            @Described(value = "The checks in order.", entriesMax = 64) List<StepView> steps,
            @Described("The person's e-mail address that would be taken, masked.") Optional<String> person,
            @Described("Names of the attributes in the message.") List<String> attributes) {}

    /** Something to look after. */
    record WarningView(
            @Described("Code of the error catalogue.") String code,
            @Described("What it is, in a few words.") String title,
            @Described("What it is about.") String what,
            @Described("How to mend it.") String fix) {}

    WarningView warning(Diagnosis diagnosis, Compared compared, Request request) {
        var arguments = Diagnosis.arguments(compared);
        var key = "diagnosis." + diagnosis.code();
        return new WarningView(diagnosis.code(), say(key + ".title", arguments, request),
                say(key + ".what", arguments, request), say(key + ".fix", arguments, request));
    }

    /** How the sign-ins over a connection go. Tests do not count. */
    record HealthView(
            @Described(value = "Since when it was counted.", format = "date-time") Instant since,
            @Described(value = "Sign-ins in all.", max = Long.MAX_VALUE) long attempts,
            @Described(value = "Sign-ins that succeeded.", max = Long.MAX_VALUE) long succeeded,
            @Described(value = "Share that succeeded, in percent, rounded down.", max = 100)
            Optional<Integer> successPercent,
            @Described("Refusals by who can mend them: you, idp_admin, us, person.") Map<String, Long> byFixer,
            @Described("Refusals by code of the error catalogue.") Map<String, Long> byCode,
            @Described(value = "Average milliseconds that the identity provider took.", max = Long.MAX_VALUE)
            Optional<Long> providerMillis,
            @Described(value = "Milliseconds that it took at most.", max = Long.MAX_VALUE)
            Optional<Long> providerMillisMax,
            @Described(value = "When somebody last got in.", format = "date-time") Optional<Instant> lastSuccess,
            @Described(value = "When somebody last did not.", format = "date-time") Optional<Instant> lastRefusal,
            @Described("What will trouble people though nothing was refused yet.") List<WarningView> warnings,
            @Described("Certificates that the connection lives by, the one that ends first comes first.")
            List<CountdownView> certificates) {

        static HealthView of(ConnectionHealth health, Instant since, List<WarningView> warnings,
                List<CountdownView> certificates) {
            var byFixer = new TreeMap<String, Long>();
            health.byFixer().forEach((fixer, count) -> byFixer.put(fixer.wireName(), count));
            var byCode = new TreeMap<String, Long>();
            health.refused().forEach(refused -> byCode.put(refused.diagnosis().code(), refused.attempts()));
            return new HealthView(since, health.attempts(), health.succeeded(),
                    health.successRate().map(rate -> (int) (rate * 100)), byFixer, byCode,
                    health.latency().map(Duration::toMillis), health.latencyMax().map(Duration::toMillis),
                    health.lastSuccess(), health.lastRefusal(), warnings, certificates);
        }
    }

    /** An attempt of a listing. @param connection as it is now, if there still is one */
    AttemptView listed(Attempt attempt, Optional<Connection> connection, Request request) {
        return view(attempt, connection, Optional.empty(), Optional.empty(), request);
    }

    /** An attempt read alone. */
    AttemptView whole(Attempt attempt, Optional<Connection> connection, boolean replayable, Request request) {
        return view(attempt, connection, Optional.of(steps(attempt.steps(), request)), Optional.of(replayable),
                request);
    }

    private AttemptView view(Attempt attempt, Optional<Connection> connection, Optional<List<StepView>> steps,
            Optional<Boolean> replayable, Request request) {
        return new AttemptView(attempt.id(), attempt.at(), attempt.issuer(), attempt.organization().value(),
                attempt.connection().value(), attempt.kind().wireName(), attempt.outcome().wireName(),
                attempt.traceId(), attempt.person(),
                attempt.diagnosis().map(diagnosis -> diagnosis(diagnosis, attempt, connection, request)), steps,
                attempt.providerTook().toMillis(), attempt.attributes(),
                steps.isPresent() ? attempt.outline() : Optional.empty(), replayable);
    }

    DiagnosisView diagnosis(Diagnosis diagnosis, Attempt attempt, Optional<Connection> connection, Request request) {
        var product = connection.map(Product::of).orElse(Product.GENERIC);
        var arguments = Diagnosis.arguments(attempt.failure().map(Step::compared).orElse(Compared.NOTHING));
        var key = "diagnosis." + diagnosis.code();
        return new DiagnosisView(diagnosis.code(), diagnosis.fixer().wireName(), attempt.reason(),
                say(key + ".title", arguments, request), say(key + ".what", arguments, request),
                say(key + ".fix", arguments, request), product.wireName(),
                IdpField.of(diagnosis).flatMap(field -> words.find(field.key(product), List.of(), request)
                        .or(() -> words.find(field.key(Product.GENERIC), List.of(), request))),
                connection.map(known -> Remedies.of(attempt, known)).orElse(List.of()).stream()
                        .map(remedy -> remedy(remedy, request)).toList());
    }

    private RemedyView remedy(Remedy remedy, Request request) {
        var title = say(remedy.key(), remedy.arguments(), request);
        return switch (remedy) {
            case Remedy.ChangeSetting change ->
                    new RemedyView("change_setting", title, change.lowersSecurity(), Optional.of(change.patch()));
            case Remedy.RefreshMetadata _ -> new RemedyView("refresh_metadata", title, false, Optional.empty());
            case Remedy.ProveDomain _ -> new RemedyView("prove_domain", title, false, Optional.empty());
        };
    }

    List<StepView> steps(List<Step> steps, Request request) {
        return steps.stream().map(step -> new StepView(step.check().wireName(),
                say("check." + step.check().wireName(), List.of(), request), step.verdict().wireName(),
                step.compared().expected(), step.compared().received())).toList();
    }

    private String say(String key, List<String> arguments, Request request) {
        return words.find(key, arguments, request).orElse(key);
    }
}
