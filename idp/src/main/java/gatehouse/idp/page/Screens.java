package gatehouse.idp.page;

import freemarker.template.Template;
import gatehouse.idp.http.Reply;
import gatehouse.idp.http.Request;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;

/**
 * Renders the screens of a room that has its own type of theme: a screen is a record, and its template is the file
 * called like it ({@code DomainProof}: {@code domain-proof.ftl}). Forms post to this server only; the one script has a
 * nonce. The texts are the theme's own, and behind them those of the login pages.
 */
public final class Screens {

    private final Templates engine;
    private final Map<String, Template> templates = new ConcurrentHashMap<>();
    private final Map<String, Messages> messages;
    private final Languages languages;
    private final Map<String, Object> shared;
    private final SecureRandom random;

    /**
     * @param theme     templates, texts and resources
     * @param login     the theme of the login pages, for the texts of codes
     * @param publicUrl the deployment's public URL
     * @param missing   told of a text that no language has; the screen then shows its key
     */
    public Screens(Theme theme, Theme login, String publicUrl, SecureRandom random, Consumer<String> missing) {
        this.engine = new Templates(theme);
        this.messages = Messages.of(List.of(login, theme), missing);
        this.languages = new Languages(messages.keySet());
        this.random = random;
        this.shared = Map.of("resources", new ThemeResources(theme).pathFor(publicUrl), "styles",
                theme.listed("styles"), "favicons", theme.listed("favicons"), "scripts", theme.listed("scripts"),
                "brand", theme.property("brand"));
    }

    /** The languages there are, by tag. */
    public List<String> offered() {
        return messages.keySet().stream().sorted().toList();
    }

    /**
     * Renders {@code screen}.
     *
     * @param frame    what stands around it; the template sees it as {@code frame}
     * @param language the language that was chosen, before those that the browser asks for; empty: none was
     */
    public Reply render(int status, Record screen, Record frame, Request request, List<String> language) {
        var said = messages.get(languages.choose(language, request));
        var nonce = nonce();
        var model = PageModel.of(screen);
        model.putAll(shared);
        model.put("frame", PageModel.of(frame));
        model.put("lang", said.tag());
        model.put("dir", said.direction());
        model.put("traceId", request.traceId());
        model.put("nonce", nonce);
        model.put("msg", Templates.texts(said));
        model.put("known", Templates.known(said));
        var template = templates.computeIfAbsent(file(screen), engine::template);
        return Reply.html(status, Templates.bytes(template, model)).noStore()
                .with("Content-Security-Policy", "default-src 'none'; style-src 'self'; img-src 'self' data:; "
                        + "script-src 'nonce-" + nonce + "'; form-action 'self'; base-uri 'none'; "
                        + "frame-ancestors 'none'")
                .with("X-Frame-Options", "DENY")
                .with("Referrer-Policy", "same-origin")
                .with("Cross-Origin-Opener-Policy", "same-origin");
    }

    private static String file(Record screen) {
        return screen.getClass().getSimpleName().replaceAll("(?<=[a-z])(?=[A-Z])", "-").toLowerCase(Locale.ROOT)
                + ".ftl";
    }

    private String nonce() {
        var bytes = new byte[16];
        random.nextBytes(bytes);
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }
}
