package gatehouse.idp.portal;

import com.fasterxml.jackson.databind.node.ObjectNode;
import gatehouse.idp.portal.Fetching.Troubled;
import gatehouse.idp.upstream.InvalidSettings;
import gatehouse.idp.upstream.template.Question;
import gatehouse.idp.upstream.template.Question.Kind;
import gatehouse.idp.upstream.template.Quirk;
import gatehouse.idp.upstream.template.Way;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.StreamSupport;

/** What the template of an OpenID Provider wants to know: asked for, and made into settings. */
final class OidcQuestions {

    private static final int TYPED_MAX = 2_048;
    private static final String METHOD = "token_endpoint_auth_method";
    private static final String SECRET = "client_secret";
    private static final String BY_KEY = "private_key_jwt";

    private OidcQuestions() {}

    /** The form. @param given answers to begin with */
    static Screen.Metadata.Asked asked(PortalCall call, Setup setup, Map<String, String> given) {
        var labels = setup.guide().theirs();
        var asks = new ArrayList<Screen.Metadata.Ask>();
        for (var question : setup.way().questions()) {
            asks.add(new Screen.Metadata.Ask(question.name(), labels.get(asks.size()), question.required(),
                    question.kind() == Kind.SECRET, question.example(), given.getOrDefault(question.name(), "")));
        }
        var settings = setup.connection().settings();
        return new Screen.Metadata.Asked(asks, settings.has(SECRET),
                takesKeys(setup.way()) ? Optional.of(call.request().issuer().at("/oidc/rp/jwks")) : Optional.empty(),
                given.containsKey(BY_KEY) || settings.path(METHOD).asText().equals(BY_KEY));
    }

    private static boolean takesKeys(Way way) {
        return way.quirks().contains(Quirk.TAKES_KEYS_BY_ADDRESS);
    }

    /** The answers that {@code setup} was set up with, but for secrets. */
    static Map<String, String> given(Setup setup) {
        var settings = setup.connection().settings();
        var given = new HashMap<String, String>();
        for (var question : setup.way().questions()) {
            if (question.kind() != Kind.SECRET && settings.has(question.name())) {
                given.put(question.name(), text(settings, question.name()));
            }
        }
        setup.way().issuer().ifPresent(form -> given.putAll(blanks(form, settings.path("issuer").asText())));
        return given;
    }

    /** What {@code form} has in its blanks where {@code issuer} fills them. */
    private static Map<String, String> blanks(String form, String issuer) {
        var names = Pattern.compile("\\{(\\w+)}").matcher(form).results().map(blank -> blank.group(1)).toList();
        var literals = Pattern.compile("\\{\\w+}").splitAsStream(form).map(Pattern::quote).toList();
        var filled = Pattern.compile(String.join("([^/]+)", literals) + (form.endsWith("}") ? "([^/]+)" : ""))
                .matcher(issuer);
        var found = new HashMap<String, String>();
        if (filled.matches()) {
            names.forEach(name -> found.put(name, filled.group(found.size() + 1)));
        }
        return found;
    }

    /** A setting as a line of text; lists with spaces between. */
    static String text(ObjectNode settings, String name) {
        var value = settings.path(name);
        return value.isArray() ? String.join(" ", StreamSupport.stream(value.spliterator(), false)
                .map(entry -> entry.asText()).toList()) : value.asText();
    }

    /**
     * The settings that the form's answers make, as a merge patch: with the template's own the first time.
     *
     * @throws Troubled if an answer does not fit
     */
    static ObjectNode patch(PortalCall call, Setup setup) {
        var way = setup.way();
        var answers = new HashMap<String, String>();
        way.questions().forEach(question -> call.field(question.name(), TYPED_MAX)
                .ifPresent(answer -> answers.put(question.name(), answer)));
        boolean byKey = takesKeys(way) && call.field(BY_KEY, 5).isPresent();
        var settings = setup.connection().settings();
        var patch = settings(way, answers);
        if (setup.isConfigured()) {
            patch.remove(way.settings().keySet());
        }
        if (byKey) {
            return patch.put(METHOD, BY_KEY).putNull(SECRET);
        }
        if (!answers.containsKey(SECRET) && !settings.has(SECRET)) {
            throw new Troubled("missing", SECRET);
        }
        if (settings.path(METHOD).asText().equals(BY_KEY)) {
            patch.put(METHOD, (String) way.settings().getOrDefault(METHOD, "client_secret_basic"));
        }
        return patch;
    }

    private static ObjectNode settings(Way way, Map<String, String> answers) {
        try {
            return way.settings(answers);
        } catch (InvalidSettings invalid) {
            var name = invalid.setting();
            var answer = answers.get(name);
            if (answer == null) {
                throw new Troubled("missing", name);
            }
            if (answer.contains("{") || answer.contains("<")) {
                throw new Troubled("placeholder", answer);
            }
            throw new Troubled(way.questions().stream().filter(question -> question.name().equals(name)).findFirst()
                    .map(OidcQuestions::word).orElse("setting_invalid"), name);
        }
    }

    private static String word(Question question) {
        return switch (question.kind()) {
            case HOST -> "answer_host";
            case WORD -> "answer_word";
            case UUID -> "answer_id";
            case ADDRESS -> "address";
            case DOMAINS -> "answer_domains";
            case TEXT, SECRET, DOCUMENT, CERTIFICATES -> "answer_text";
        };
    }
}
