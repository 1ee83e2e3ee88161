package gatehouse.idp.page;

import freemarker.template.Template;
import gatehouse.idp.http.Reply;
import gatehouse.idp.http.Request;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Renders pages by FreeMarker, from templates read once. Everything a template prints is escaped for HTML; it sees
 * texts, lists and maps, and can neither name nor call Java.
 */
public final class PageRenderer implements Pages {

    private final Map<Kind, Template> templates = new EnumMap<>(Kind.class);
    private final Map<String, Messages> messages;
    private final Languages languages;
    private final PageHeaders headers;
    private final Map<String, Object> shared;
    private final SecureRandom random;

    /** The templates, one per page. */
    private enum Kind {
        IDENTIFIER, PASSWORD, CHOICE, CONSENT, LANDING, ERROR, LOGOUT_CONFIRM, LOGOUT_PROGRESS, LOGGED_OUT, AUTO_POST;

        String file() {
            return name().toLowerCase(Locale.ROOT).replace('_', '-') + ".ftl";
        }

        static Kind of(Page page) {
            return switch (page) {
                case Page.Identifier _ -> IDENTIFIER;
                case Page.Password _ -> PASSWORD;
                case Page.Choice _ -> CHOICE;
                case Page.Consent _ -> CONSENT;
                case Page.Landing _ -> LANDING;
                case Page.Error _ -> ERROR;
                case Page.LogoutConfirm _ -> LOGOUT_CONFIRM;
                case Page.LogoutProgress _ -> LOGOUT_PROGRESS;
                case Page.LoggedOut _ -> LOGGED_OUT;
                case Page.AutoPost _ -> AUTO_POST;
            };
        }
    }

    /**
     * @param publicUrl the deployment's public URL
     * @param missing   told of a text that no language has; the page then shows its key
     */
    public PageRenderer(Theme theme, ThemeResources resources, String publicUrl, SecureRandom random,
            Consumer<String> missing) {
        this.messages = Messages.of(List.of(theme), missing);
        this.languages = new Languages(messages.keySet());
        this.headers = new PageHeaders(publicUrl);
        this.random = random;
        this.shared = Map.of("resources", resources.pathFor(publicUrl), "styles", theme.listed("styles"),
                "favicons", theme.listed("favicons"), "brand", theme.property("brand"));
        var engine = new Templates(theme);
        for (var kind : Kind.values()) {
            templates.put(kind, engine.template(kind.file()));
        }
    }

    @Override
    public Reply render(Page page, Request request, List<String> uiLocales) {
        var said = messages.get(languages.choose(uiLocales, request));
        var nonce = page instanceof Page.AutoPost || page instanceof Page.LogoutProgress ? Optional.of(nonce()) : Optional.<String>empty();
        var model = PageModel.of((Record) page);
        model.putAll(shared);
        model.put("page", Kind.of(page).file().replace(".ftl", ""));
        model.put("lang", said.tag());
        model.put("dir", said.direction());
        model.put("traceId", request.traceId());
        nonce.ifPresent(value -> model.put("nonce", value));
        model.put("msg", Templates.texts(said));
        if (page instanceof Page.Error error) {
            model.putAll(wordsOf(error, said));
        }
        if (page instanceof Page.Consent consent) {
            model.put("scopeTexts", consent.scopes().stream()
                    .map(scope -> said.find("scope." + scope, List.of()).orElse(scope)).toList());
        }
        return headers.with(Reply.html(status(page), Templates.bytes(templates.get(Kind.of(page)), model)), page, nonce);
    }

    /** The text of {@code key} in the best language for {@code request}, for those who answer without a page. */
    public Optional<String> find(String key, List<String> arguments, Request request) {
        return messages.get(languages.choose(List.of(), request)).find(key, arguments);
    }

    /**
     * The texts of a code; each that the code has not is the general one, or the plain line of the error catalogue.
     */
    private static Map<String, Object> wordsOf(Page.Error error, Messages said) {
        var words = new HashMap<String, Object>();
        words.put("title", said.find("error." + error.code() + ".title", List.of())
                .orElseGet(() -> said.text("error.generic.title", List.of())));
        words.put("text", said.find("error." + error.code() + ".text", List.of())
                .or(() -> said.find("diagnosis." + error.code() + ".title", List.of()).map(line -> line + '.'))
                .orElseGet(() -> said.text("error.generic.text", List.of())));
        words.put("fix", said.find("error." + error.code() + ".fix", List.of())
                .orElseGet(() -> said.text("error.generic.fix." + error.fixer(), List.of())));
        return words;
    }

    private static int status(Page page) {
        return page instanceof Page.Error error ? error.status() : 200;
    }

    private String nonce() {
        var bytes = new byte[16];
        random.nextBytes(bytes);
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }
}
