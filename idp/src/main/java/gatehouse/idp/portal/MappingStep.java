package gatehouse.idp.portal;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import gatehouse.idp.http.Reply;
import gatehouse.idp.schema.InvalidDocument;
import gatehouse.idp.sql.SqlSetups;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What came with the last test, and what it becomes here. */
final class MappingStep {

    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;
    private static final List<String> FIELDS =
            List.of("email", "given_name", "family_name", "display_name", "locale");

    private final Setups setups;
    private final Desk desk;

    MappingStep(Setups setups, Desk desk) {
        this.setups = setups;
        this.desk = desk;
    }

    Reply show(PortalCall call) {
        var setup = setups.require(call);
        return desk.show(call, screen(call, setup, Optional.empty()), setup, Step.MAPPING);
    }

    Reply save(PortalCall call) {
        var setup = setups.require(call);
        var mapping = NODES.objectNode();
        for (var field : FIELDS) {
            var chosen = call.field(field, 512);
            if (chosen.isPresent()) {
                mapping.put(field, chosen.get());
            } else {
                mapping.putNull(field);
            }
        }
        var patch = NODES.objectNode();
        patch.putObject("settings").set(setting(setup), mapping);
        try {
            setups.change(call, setup, patch, NODES.objectNode().put("mapped", true));
        } catch (InvalidDocument invalid) {
            return desk.showAgain(call, screen(call, setup, Optional.of(invalid.problems().getFirst().problem())),
                    Optional.of(setup), Step.MAPPING);
        }
        return Reply.seeOther(PortalPaths.step(call.request().issuer(), setup.connection().id(), Step.MAPPING,
                "mapped"));
    }

    private static String setting(Setup setup) {
        return setup.connection().type().equals("saml") ? "attribute_mapping" : "claim_mapping";
    }

    private static Screen screen(PortalCall call, Setup setup, Optional<String> warning) {
        var last = setup.lastTrial().filter(trial -> trial.body().has("attributes")).or(setup::lastSuccess);
        var attributes = last.map(SqlSetups.Trial::body).map(body -> body.path("attributes"))
                .orElse(NODES.objectNode());
        var person = last.map(SqlSetups.Trial::body).map(body -> body.path("person")).orElse(NODES.objectNode());
        var chosen = setup.connection().settings().path(setting(setup));
        var lines = new ArrayList<Screen.Mapping.Line>();
        for (var field : FIELDS) {
            lines.add(line(field, chosen.path(field).asText(), attributes, person));
        }
        return new Screen.Mapping(
                PortalPaths.step(call.request().issuer(), setup.connection().id(), Step.MAPPING), lines,
                Verdicts.boxes(attributes), warning, last.isPresent());
    }

    private static Screen.Mapping.Line line(String field, String chosen, JsonNode attributes, JsonNode person) {
        var options = new ArrayList<Screen.Mapping.Option>();
        attributes.properties().forEach(entry ->
                options.add(new Screen.Mapping.Option(entry.getKey(), entry.getValue().asText())));
        if (!chosen.isEmpty() && !attributes.has(chosen)) {
            options.add(new Screen.Mapping.Option(chosen, ""));
        }
        var result = Optional.of(chosen.isEmpty() ? person.path(field).asText() : attributes.path(chosen).asText())
                .filter(text -> !text.isEmpty());
        return new Screen.Mapping.Line(field, field.equals("email"), chosen, result, options);
    }
}
