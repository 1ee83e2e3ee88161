package gatehouse.idp.portal;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import gatehouse.idp.http.Compared;
import gatehouse.idp.sql.SqlSetups;
import gatehouse.idp.upstream.xray.Attempt;
import gatehouse.idp.upstream.xray.Diagnosis;
import gatehouse.idp.upstream.xray.IdpField;
import gatehouse.idp.upstream.xray.Product;
import gatehouse.spi.Issuer;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** Trials, for people: in a list, and one with all that was checked. */
final class Verdicts {

    private static final Duration PATIENCE = Duration.ofMinutes(10);
    /** Where what is wrong can be mended here, by its code. */
    private static final Map<String, Step> FIXES = Map.of("SAML-SIG-01", Step.METADATA, "SAML-META-01", Step.METADATA,
            "SAML-META-02", Step.METADATA, "LOGIN-EMAIL-01", Step.MAPPING, "LOGIN-EMAIL-02", Step.DOMAIN,
            "OIDC-SECRET-01", Step.METADATA, "OIDC-META-02", Step.METADATA);

    private Verdicts() {}

    static List<Screen.Attempt> attempts(Setup setup, Issuer issuer, Instant now) {
        return setup.trials().stream().map(trial -> new Screen.Attempt(
                PortalPaths.step(issuer, setup.connection().id(), Step.TEST) + "/" + trial.id(),
                Desk.when(trial.beganAt()), trial.contact(), "test", status(trial, now),
                Optional.ofNullable(trial.body().get("code")).map(JsonNode::asText))).toList();
    }

    static String status(SqlSetups.Trial trial, Instant now) {
        if (trial.endedAt().isPresent()) {
            return trial.succeeded() ? "passed" : "failed";
        }
        return now.isBefore(trial.beganAt().plus(PATIENCE)) ? "running" : "abandoned";
    }

    static Screen.Verdict of(SqlSetups.Trial trial, Setup setup, PortalCall call, Instant now) {
        var body = trial.body();
        var checks = new ArrayList<Screen.CheckLine>();
        body.path("checks").forEach(check -> checks.add(new Screen.CheckLine(check.path("check").asText(),
                check.path("verdict").asText(), text(check, "expected"), text(check, "received"))));
        var code = body.path("code").asText();
        var trace = body.path("trace_id").asText();
        return new Screen.Verdict(status(trial, now), Desk.when(trial.endedAt().orElse(trial.beganAt())),
                code.isEmpty() ? Optional.empty() : Optional.of(diagnosis(body, setup, call)), checks,
                boxes(body.path("person")), boxes(body.path("attributes")), code, trace,
                code.isEmpty() ? Optional.empty() : Optional.of(support(trial, setup)));
    }

    private static Screen.Diagnosis diagnosis(ObjectNode body, Setup setup, PortalCall call) {
        var code = body.path("code").asText();
        var fix = Optional.ofNullable(FIXES.get(code))
                .filter(Step.of(call.session().link().intent())::contains)
                .map(step -> new Screen.Fix(PortalPaths.step(call.request().issuer(), setup.connection().id(), step),
                        -1, "fix." + step.slug(), List.of(), false));
        return new Screen.Diagnosis(code, body.path("fixer").asText(), body.path("expected").asText("–"),
                body.path("received").asText("–"),
                fields(Diagnosis.of(code), setup), fix.map(List::of).orElse(List.of()));
    }

    /** The messages that name the field over there, in this provider's own words before anybody's. */
    static List<String> fields(Optional<Diagnosis> diagnosis, Setup setup) {
        return diagnosis.flatMap(IdpField::of)
                .map(field -> "field." + field.name().toLowerCase(Locale.ROOT) + ".")
                .map(key -> List.of(key + setup.template().id(), key + Product.of(setup.connection()).wireName(),
                        key + Product.GENERIC.wireName()))
                .orElse(List.of());
    }

    /** An attempt of anybody, as it was kept. @param fixes what would mend it with one press */
    static Screen.Verdict of(Attempt attempt, Setup setup, List<Screen.Fix> fixes) {
        var checks = attempt.steps().stream().map(step -> new Screen.CheckLine(step.check().wireName(),
                step.verdict().name().toLowerCase(Locale.ROOT), step.compared().expected(),
                step.compared().received())).toList();
        var compared = attempt.failure().map(step -> step.compared()).orElse(Compared.NOTHING);
        var said = Diagnosis.arguments(compared);
        var person = attempt.person().map(email -> List.of(new Screen.Box("email", email, false))).orElse(List.of());
        var names = attempt.attributes().stream().map(name -> new Screen.Box(name, "•••", false)).toList();
        return new Screen.Verdict(status(attempt), Desk.when(attempt.at()),
                attempt.diagnosis().map(diagnosis -> new Screen.Diagnosis(diagnosis.code(),
                        diagnosis.fixer().wireName(), said.get(0), said.get(1), fields(Optional.of(diagnosis), setup),
                        fixes)),
                checks, person, names, attempt.diagnosis().map(Diagnosis::code).orElse(""), attempt.traceId(),
                attempt.diagnosis().map(diagnosis -> "code: " + diagnosis.code() + "\ntrace: " + attempt.traceId()
                        + "\ntime: " + attempt.at() + "\nconnection: " + setup.connection().id() + " ("
                        + attempt.type() + ", " + setup.template().displayName() + ")\nexpected: " + said.get(0)
                        + "\nreceived: " + said.get(1)));
    }

    /** As the message keys say it. */
    static String status(Attempt attempt) {
        return switch (attempt.outcome()) {
            case SUCCEEDED -> "passed";
            case REFUSED -> "failed";
            case ARRIVED -> "running";
        };
    }

    /** Attempts of anybody, in a list. */
    static List<Screen.Attempt> listed(List<Attempt> attempts, Setup setup, Issuer issuer) {
        return attempts.stream().map(attempt -> new Screen.Attempt(
                PortalPaths.attempts(issuer, setup.connection().id()) + "/" + attempt.id(), Desk.when(attempt.at()),
                attempt.person().orElse("–"), attempt.kind().wireName(), status(attempt),
                attempt.diagnosis().map(Diagnosis::code))).toList();
    }

    private static String support(SqlSetups.Trial trial, Setup setup) {
        var body = trial.body();
        return "code: " + body.path("code").asText() + "\ntrace: " + body.path("trace_id").asText()
                + "\ntime: " + trial.endedAt().orElse(trial.beganAt()) + "\nconnection: " + setup.connection().id()
                + " (" + setup.connection().type() + ", " + setup.template().displayName() + ")\nexpected: "
                + body.path("expected").asText("–") + "\nreceived: " + body.path("received").asText("–");
    }

    static List<Screen.Box> boxes(JsonNode values) {
        var boxes = new ArrayList<Screen.Box>();
        values.properties().forEach(entry ->
                boxes.add(new Screen.Box(entry.getKey(), entry.getValue().asText(), false)));
        return boxes;
    }

    private static Optional<String> text(JsonNode node, String name) {
        return Optional.ofNullable(node.get(name)).map(JsonNode::asText);
    }
}
