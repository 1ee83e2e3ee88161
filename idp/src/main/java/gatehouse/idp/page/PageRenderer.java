package gatehouse.idp.page;

import freemarker.cache.TemplateLoader;
import freemarker.core.HTMLOutputFormat;
import freemarker.core.TemplateClassResolver;
import freemarker.template.Configuration;
import freemarker.template.SimpleObjectWrapper;
import freemarker.template.Template;
import freemarker.template.TemplateException;
import freemarker.template.TemplateExceptionHandler;
import freemarker.template.TemplateMethodModelEx;
import gatehouse.idp.http.Reply;
import gatehouse.idp.http.Request;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStreamWriter;
import java.io.Reader;
import java.io.StringReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.ArrayList;
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
        this.messages = Messages.of(theme, missing);
        this.languages = new Languages(messages.keySet());
        this.headers = new PageHeaders(publicUrl);
        this.random = random;
        this.shared = Map.of("resources", resources.pathFor(publicUrl), "styles", theme.listed("styles"),
                "favicons", theme.listed("favicons"), "brand", theme.property("brand"));
        var engine = engine(theme);
        for (var kind : Kind.values()) {
            templates.put(kind, template(engine, kind.file()));
        }
    }

    private static Configuration engine(Theme theme) {
        var engine = new Configuration(Configuration.VERSION_2_3_34);
        engine.setOutputFormat(HTMLOutputFormat.INSTANCE);
        engine.setRecognizeStandardFileExtensions(false);
        engine.setDefaultEncoding("UTF-8");
        engine.setNumberFormat("computer");
        engine.setNewBuiltinClassResolver(TemplateClassResolver.ALLOWS_NOTHING_RESOLVER);
        engine.setAPIBuiltinEnabled(false);
        engine.setObjectWrapper(new SimpleObjectWrapper(Configuration.VERSION_2_3_34));
        engine.setTemplateExceptionHandler(TemplateExceptionHandler.RETHROW_HANDLER);
        engine.setLogTemplateExceptions(false);
        engine.setWrapUncheckedExceptions(true);
        engine.setLocalizedLookup(false);
        engine.setTemplateUpdateDelayMilliseconds(Long.MAX_VALUE);
        engine.setWhitespaceStripping(true);
        engine.setTemplateLoader(new ThemeTemplates(theme));
        return engine;
    }

    private static Template template(Configuration engine, String name) {
        try {
            return engine.getTemplate(name);
        } catch (IOException broken) {
            throw new UncheckedIOException("template " + name, broken);
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
        model.put("msg", texts(said));
        if (page instanceof Page.Error error) {
            model.putAll(wordsOf(error, said));
        }
        if (page instanceof Page.Consent consent) {
            model.put("scopeTexts", consent.scopes().stream()
                    .map(scope -> said.find("scope." + scope, List.of()).orElse(scope)).toList());
        }
        return headers.with(Reply.html(status(page), bytes(templates.get(Kind.of(page)), model)), page, nonce);
    }

    /** The text of {@code key} in the best language for {@code request}, for those who answer without a page. */
    public Optional<String> find(String key, List<String> arguments, Request request) {
        return messages.get(languages.choose(List.of(), request)).find(key, arguments);
    }

    /** What templates call to say something: {@code msg(key, argument…)}. */
    private static TemplateMethodModelEx texts(Messages said) {
        return arguments -> {
            // FreeMarker hands over a raw list of its own text models.
            var words = new ArrayList<String>();
            for (Object argument : arguments) {
                words.add(argument.toString());
            }
            return said.text(words.getFirst(), words.subList(1, words.size()));
        };
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

    private static byte[] bytes(Template template, Map<String, Object> model) {
        var bytes = new ByteArrayOutputStream(4096);
        try (var writer = new OutputStreamWriter(bytes, StandardCharsets.UTF_8)) {
            template.process(model, writer);
        } catch (TemplateException broken) {
            throw new IllegalStateException("template " + template.getName(), broken);
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
        return bytes.toByteArray();
    }

    /** Templates out of a theme and its parents. */
    private record ThemeTemplates(Theme theme) implements TemplateLoader {

        @Override
        public Object findTemplateSource(String name) {
            // FreeMarker's contract: null means that there is none.
            return theme.file(name).map(file -> new Source(name, new String(file, StandardCharsets.UTF_8)))
                    .orElse(null);
        }

        @Override
        public long getLastModified(Object source) {
            return 0;
        }

        @Override
        public Reader getReader(Object source, String encoding) {
            return new StringReader(((Source) source).text());
        }

        @Override
        public void closeTemplateSource(Object source) {}

        private record Source(String name, String text) {}
    }
}
