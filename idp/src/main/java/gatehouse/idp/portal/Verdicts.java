package gatehouse.idp.portal;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import gatehouse.idp.sql.SqlSetups;
import gatehouse.spi.Issuer;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Trials, for people: in a list, and one with all that was checked. */
final class Verdicts {

    private static final Duration PATIENCE = Duration.ofMinutes(10);
    /** What can be mended with one press, by the code of what is wrong. */
    private static final Map<String, String> FIXES = Map.of(
            "SAML-SIG-01", "refresh", "SAML-META-01", "refresh", "SAML-META-02", "refresh",
            "LOGIN-EMAIL-01", "mapping", "LOGIN-EMAIL-02", "domain");

    private Verdicts() {}

    static List<Screen.Attempt> attempts(Setup setup, Issuer issuer, Instant now) {
        return setup.trials().stream().map(trial -> new Screen.Attempt(
                PortalPaths.step(issuer, setup.connection().id(), Step.TEST) + "/" + trial.id(),
                Desk.when(trial.beganAt()), trial.contact(), status(trial, now),
                Optional.ofNullable(trial.body().get("code")).map(JsonNode::asText))).toList();
    }

    static String status(SqlSetups.Trial trial, Instant now) {
        if (trial.endedAt().isPresent()) {
            return trial.succeeded() ? "passed" : "failed";
        }
        return now.isBefore(trial.beganAt().plus(PATIENCE)) ? "running" : "abandoned";
    }

    static Screen.Verdict of(SqlSetups.Trial trial, Setup setup, Issuer issuer, Instant now) {
        var body = trial.body();
        var checks = new ArrayList<Screen.CheckLine>();
        body.path("checks").forEach(check -> checks.add(new Screen.CheckLine(check.path("check").asText(),
                check.path("verdict").asText(), text(check, "expected"), text(check, "received"))));
        var code = body.path("code").asText();
        var trace = body.path("trace_id").asText();
        return new Screen.Verdict(status(trial, now), Desk.when(trial.endedAt().orElse(trial.beganAt())),
                code.isEmpty() ? Optional.empty() : Optional.of(diagnosis(body, setup, issuer)), checks,
                boxes(body.path("person")), boxes(body.path("attributes")), code, trace,
                code.isEmpty() ? Optional.empty() : Optional.of(support(trial, setup)));
    }

    private static Screen.Diagnosis diagnosis(ObjectNode body, Setup setup, Issuer issuer) {
        var code = body.path("code").asText();
        return new Screen.Diagnosis(code, body.path("fixer").asText(), body.path("expected").asText("–"),
                body.path("received").asText("–"), field(code, setup), fix(code, setup, issuer));
    }

    /** The message that names the field in this provider's own words, if there is one. */
    private static Optional<String> field(String code, Setup setup) {
        return Optional.of("field." + code + "." + setup.guide().id());
    }

    private static Optional<Screen.Fix> fix(String code, Setup setup, Issuer issuer) {
        return Optional.ofNullable(FIXES.get(code))
                .filter(word -> !word.equals("refresh") || setup.connection().settings().has("metadata_url"))
                .map(word -> new Screen.Fix(PortalPaths.step(issuer, setup.connection().id(), switch (word) {
                    case "mapping" -> Step.MAPPING;
                    case "domain" -> Step.DOMAIN;
                    default -> Step.METADATA;
                }), word, setup.connection().settings().path("metadata_url").asText()));
    }

    private static String support(SqlSetups.Trial trial, Setup setup) {
        var body = trial.body();
        return "code: " + body.path("code").asText() + "\ntrace: " + body.path("trace_id").asText()
                + "\ntime: " + trial.endedAt().orElse(trial.beganAt()) + "\nconnection: " + setup.connection().id()
                + " (" + setup.connection().type() + ", " + setup.guide().name() + ")\nexpected: "
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
