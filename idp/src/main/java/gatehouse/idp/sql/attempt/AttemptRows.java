package gatehouse.idp.sql.attempt;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import gatehouse.idp.http.Compared;
import gatehouse.idp.schema.RecordJson;
import gatehouse.idp.upstream.xray.Attempt;
import gatehouse.idp.upstream.xray.Attempt.Outcome;
import gatehouse.idp.upstream.xray.Check;
import gatehouse.idp.upstream.xray.Diagnosis;
import gatehouse.idp.upstream.xray.Step;
import gatehouse.idp.upstream.xray.Trace.Kind;
import gatehouse.idp.upstream.xray.Trace.Stage;
import gatehouse.spi.ConnectionId;
import gatehouse.spi.OrganizationId;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** Attempts as rows. A check or stage that a later version no longer knows is left out when it is read. */
final class AttemptRows {

    private AttemptRows() {}

    /** What of an attempt has no column of its own. */
    static String body(Attempt attempt) {
        var body = JsonNodeFactory.instance.objectNode().put("type", attempt.type());
        attempt.reason().ifPresent(reason -> body.put("reason", reason));
        attempt.person().ifPresent(person -> body.put("person", person));
        attempt.outline().ifPresent(outline -> body.put("outline", outline));
        body.set("steps", steps(attempt.steps()));
        var names = body.putArray("attributes");
        attempt.attributes().forEach(names::add);
        var spent = body.putObject("spent");
        attempt.spent().forEach((stage, took) -> spent.put(stage.name(), took.toMillis()));
        return body.toString();
    }

    static ArrayNode steps(List<Step> steps) {
        var list = JsonNodeFactory.instance.arrayNode();
        for (var step : steps) {
            var entry = list.addObject().put("check", step.check().name()).put("verdict", step.verdict().name());
            step.compared().expected().ifPresent(value -> entry.put("expected", value));
            step.compared().received().ifPresent(value -> entry.put("received", value));
        }
        return list;
    }

    static Attempt attempt(ResultSet row) throws SQLException {
        var body = tree(row.getString("body"));
        return new Attempt(row.getString("id"), row.getObject("at", OffsetDateTime.class).toInstant(),
                row.getString("issuer"), new OrganizationId(row.getString("organization")),
                new ConnectionId(row.getString("connection")), body.path("type").asText(),
                Kind.valueOf(row.getString("kind").toUpperCase(Locale.ROOT)),
                Outcome.valueOf(row.getString("outcome").toUpperCase(Locale.ROOT)),
                Optional.ofNullable(row.getString("code")).flatMap(Diagnosis::of), text(body, "reason"),
                row.getString("trace_id"), steps(body.path("steps")), spent(body.path("spent")), text(body, "person"),
                texts(body.path("attributes")), text(body, "outline"));
    }

    private static List<Step> steps(JsonNode list) {
        var steps = new ArrayList<Step>();
        for (var entry : list) {
            known(Check.class, entry.path("check").asText()).ifPresent(check ->
                    known(Step.Verdict.class, entry.path("verdict").asText()).ifPresent(verdict -> steps.add(new Step(
                            check, verdict, new Compared(text(entry, "expected"), text(entry, "received"))))));
        }
        return steps;
    }

    private static Map<Stage, Duration> spent(JsonNode stages) {
        var spent = new EnumMap<Stage, Duration>(Stage.class);
        stages.properties().forEach(entry -> known(Stage.class, entry.getKey())
                .ifPresent(stage -> spent.put(stage, Duration.ofMillis(entry.getValue().asLong()))));
        return spent;
    }

    private static <E extends Enum<E>> Optional<E> known(Class<E> type, String name) {
        return List.of(type.getEnumConstants()).stream().filter(constant -> constant.name().equals(name)).findFirst();
    }

    private static List<String> texts(JsonNode list) {
        var texts = new ArrayList<String>();
        list.forEach(entry -> texts.add(entry.asText()));
        return texts;
    }

    private static Optional<String> text(JsonNode object, String name) {
        return Optional.ofNullable(object.get(name)).map(JsonNode::asText);
    }

    static JsonNode tree(String json) {
        try {
            return RecordJson.MAPPER.readTree(json);
        } catch (JsonProcessingException broken) {
            throw new IllegalStateException("a JSON column is not readable", broken);
        }
    }
}
