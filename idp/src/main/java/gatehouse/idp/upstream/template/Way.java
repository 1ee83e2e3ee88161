package gatehouse.idp.upstream.template;

import com.fasterxml.jackson.databind.node.ObjectNode;
import gatehouse.idp.schema.RecordJson;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * One way to connect a provider.
 *
 * @param name      among the ways of its provider: {@code oidc}, {@code saml}, {@code oidc-multitenant}
 * @param protocol  the connection's type: {@code oidc} or {@code saml}
 * @param issuer    form of the issuer identifier, with blanks in braces that {@code questions} fill; empty if it is
 *                  asked for as it is, or found in metadata
 * @param questions what has to be asked for, in the order to ask
 * @param settings  the settings to begin with: scopes, mapping, what the provider needs
 * @param quirks    in what the provider differs
 */
public record Way(
        String name,
        String protocol,
        Optional<String> issuer,
        List<Question> questions,
        Map<String, Object> settings,
        Set<Quirk> quirks) {

    public Way {
        questions = List.copyOf(questions);
        settings = Map.copyOf(settings);
        quirks = Set.copyOf(quirks);
    }

    /**
     * The settings of a connection, from what was answered. They still have to be checked by their connector type.
     *
     * @param answers by the question's name; what was not asked for is left out
     * @throws gatehouse.idp.upstream.InvalidSettings naming the first question whose answer does not fit
     */
    public ObjectNode settings(Map<String, String> answers) {
        var filled = new LinkedHashMap<>(settings);
        var address = issuer;
        for (var question : questions) {
            var answer = question.answer(answers);
            if (answer.isPresent() && question.use() != Question.Use.BLANK) {
                filled.put(question.name(), question.value(answer.get()));
            }
            address = address.map(form -> form.replace('{' + question.name() + '}', answer.orElse("")));
        }
        address.ifPresent(identifier -> filled.put("issuer", identifier));
        return RecordJson.MAPPER.valueToTree(filled);
    }
}
