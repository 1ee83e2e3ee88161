package gatehouse.idp.page;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import gatehouse.idp.http.BadRequest;
import gatehouse.idp.http.Refusal;
import gatehouse.idp.http.Reply;
import gatehouse.idp.login.Requests;
import gatehouse.spi.Deadline;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

final class PageRendererTest {

    private final Theme theme = Theme.load(getClass().getClassLoader(), "gatehouse");
    private final ThemeResources resources = new ThemeResources(theme);
    private final Pages pages = renderer(theme, "https://id.example");

    private static PageRenderer renderer(Theme theme, String publicUrl) {
        return new PageRenderer(theme, new ThemeResources(theme), publicUrl, new SecureRandom(), key -> {
            throw new AssertionError("no text for " + key);
        });
    }

    private Reply render(Page page, String... uiLocales) {
        return pages.render(page, Requests.get("/login/F", Map.of()), List.of(uiLocales));
    }

    static String html(Reply reply) {
        return new String(reply.body(), StandardCharsets.UTF_8);
    }

    static String header(Reply reply, String name) {
        return reply.headers().stream().filter(header -> header.name().equals(name)).findFirst().orElseThrow().value();
    }

    static Iterable<Map.Entry<String, Page>> samples() {
        return SamplePages.all().entrySet();
    }

    @ParameterizedTest
    @MethodSource("samples")
    void everyPageRendersInEveryLanguageUnder15KilobytesWithItsStyles(Map.Entry<String, Page> sample) {
        for (var language : theme.listed("locales")) {
            var reply = render(sample.getValue(), language);
            var page = html(reply);
            assertThat(page).startsWith("<!DOCTYPE html>")
                    .contains("<html lang=\"" + language + "\" dir=\"ltr\">", "<h1>");
            assertThat(page).doesNotContain("error.generic", "problem.");
            var style = theme.file("resources/css/login.css").orElseThrow();
            assertThat(reply.body().length + style.length).isLessThan(15 * 1024);
            assertThat(style.length).isLessThan(6 * 1024);
        }
    }

    @Test
    void everyLanguageHasEveryTextOfEnglishAndNoOther() {
        var english = new TreeSet<>(theme.messages("en").stringPropertyNames());
        for (var language : theme.listed("locales")) {
            assertThat(new TreeSet<>(theme.messages(language).stringPropertyNames())).isEqualTo(english);
        }
    }

    @Test
    void everyPlaceholderOfEnglishIsInEveryLanguage() {
        var placeholder = Pattern.compile("\\{\\d}");
        var english = theme.messages("en");
        for (var key : english.stringPropertyNames()) {
            var expected = placeholder.matcher(english.getProperty(key)).results().map(match -> match.group()).sorted()
                    .toList();
            var german = theme.messages("de").getProperty(key);
            assertThat(placeholder.matcher(german).results().map(match -> match.group()).sorted().toList())
                    .as(key).isEqualTo(expected);
            assertThat(german).as(key).doesNotContain("'");
        }
    }

    @ParameterizedTest
    @MethodSource("gatehouse.idp.page.SamplePages#hostile")
    void nothingOfAValueBecomesMarkup(Page page) {
        var reply = render(page);
        assertThat(html(reply)).doesNotContain("<script>").doesNotContain("\"><script");
        assertThat(header(reply, "Content-Security-Policy")).doesNotContain("alert").doesNotContain("javascript");
    }

    @Test
    void anErrorSaysItsCodeTheTraceWhoCanMendItAndAWayOn() {
        var page = html(render(SamplePages.all().get("error-restart")));
        assertThat(page).contains("LOGIN-ARRIVAL-01", "trace-0123456789abcdef", "What you can do",
                "href=\"/login/again\"",
                "Start again", "<title>Error: ");
    }

    @Test
    void aCodeWithoutTextsOfItsOwnGetsTheGeneralOnes() {
        assertThat(html(render(SamplePages.all().get("error-unworded"))))
                .contains("X-Y-99", "That did not work", "This is on us");
    }

    @ParameterizedTest
    @ValueSource(strings = {"*", "de-x-", "xx", "@@", "de;q=2", ""})
    void anUnusableLanguageWishIsEnglish(String acceptLanguage) {
        var reply = pages.render(SamplePages.all().get("identifier"),
                Requests.get("/login/F", Map.of("accept-language", acceptLanguage)), List.of());
        assertThat(html(reply)).contains("lang=\"en\"");
    }

    @Test
    void uiLocalesWinOverTheBrowsersLanguages() {
        var request = Requests.get("/login/F", Map.of("accept-language", "en-GB,en;q=0.8"));
        var page = SamplePages.all().get("identifier");
        assertThat(html(pages.render(page, request, List.of("fr", "de-AT")))).contains("lang=\"de\"", "Weiter");
        assertThat(html(pages.render(page, request, List.of()))).contains("lang=\"en\"");
    }

    @Test
    void aRightToLeftLanguageTurnsThePageAndBorrowsEnglishForWhatItLacks() {
        var pseudo = renderer(Theme.load(getClass().getClassLoader(), "pseudo"), "https://id.example");
        var page = html(pseudo.render(SamplePages.all().get("identifier"), Requests.get("/login/F", Map.of()),
                List.of("ar")));
        assertThat(page).contains("<html lang=\"ar\" dir=\"rtl\">", "تسجيل الدخول", "Cancel");
    }

    @Test
    void theStylesHaveNoPhysicalSides() {
        var style = new String(theme.file("resources/css/login.css").orElseThrow(), StandardCharsets.UTF_8);
        assertThat(style)
                .doesNotContainPattern("(margin|padding|border)-(left|right)|text-align: (left|right)|float:|[{; ](left|right):");
    }

    @Test
    void fieldsHaveTheirStableNamesAndWhatPasswordManagersLookFor() {
        assertThat(html(render(SamplePages.all().get("identifier"))))
                .contains("name=\"identifier\"", "name=\"step\"", "autocomplete=\"username webauthn\"",
                        "for=\"identifier\"");
        assertThat(html(render(SamplePages.all().get("password"))))
                .contains("name=\"password\"", "autocomplete=\"current-password\"", "value=\"cancel\"");
    }

    @Test
    void aProblemIsAnnouncedFocusedAndInTheTitle() {
        assertThat(html(render(SamplePages.all().get("password-problem"))))
                .contains("<title>Error: ", "role=\"alert\"", "autofocus", "aria-describedby=\"problem\"");
    }

    @Test
    void thePolicyIsClosedSaveForFormsThatMustRedirect() {
        var login = render(SamplePages.all().get("identifier"));
        assertThat(header(login, "Content-Security-Policy")).isEqualTo("default-src 'none'; style-src 'self'; "
                + "img-src 'self' data:; form-action 'self' https: http://localhost:* http://127.0.0.1:*; "
                + "base-uri 'none'; frame-ancestors 'none'");
        assertThat(header(render(SamplePages.all().get("error")), "Content-Security-Policy"))
                .contains("form-action 'none'");
        assertThat(header(login, "Cache-Control")).isEqualTo("no-store");
        assertThat(header(login, "Referrer-Policy")).isEqualTo("same-origin");
    }

    @Test
    void aNativeAppsOwnSchemeMayEndTheFormsRedirects() {
        var page = new Page.Identifier("/login/F", "s", "", "App", Optional.empty(), Optional.of("com.example.app"));
        assertThat(header(render(page), "Content-Security-Policy")).contains(" com.example.app:;");
    }

    @Test
    void overPlainHttpFormsMayGoToHttp() {
        var reply = renderer(theme, "http://localhost:8080")
                .render(SamplePages.all().get("identifier"), Requests.get("/login/F", Map.of()), List.of());
        assertThat(header(reply, "Content-Security-Policy")).contains("form-action 'self' https: http:;");
    }

    @Test
    void onlyTheSelfPostingPageHasAScriptAndItsNonceIsNew() {
        var page = SamplePages.all().get("auto-post");
        var nonce = Pattern.compile("<script nonce=\"([A-Za-z0-9_-]{22})\">");
        var first = render(page);
        var found = nonce.matcher(html(first));
        assertThat(found.find()).isTrue();
        assertThat(header(first, "Content-Security-Policy")).contains("script-src 'nonce-" + found.group(1) + "'");
        assertThat(html(render(page))).doesNotContain(found.group(1));
        assertThat(html(first)).contains("<button>");
        assertThat(html(render(SamplePages.all().get("password")))).doesNotContain("<script");
    }

    @Test
    void resourcesAreServedByContentHashAndNothingElseIs() {
        var path = resources.pathFor("https://id.example/sso");
        assertThat(path).matches("/sso/resources/[0-9a-f]{16}/login/gatehouse");
        var hash = path.split("/")[3];
        var css = resource(hash, "gatehouse", "css", "login.css");
        assertThat(header(css, "Cache-Control")).contains("immutable");
        assertThat(header(css, "Content-Type")).startsWith("text/css");
        assertThat(header(resource("0", "gatehouse", "css", "login.css"), "Cache-Control")).isEqualTo("no-cache");
        for (var hostile : List.of("..", "../theme.properties", "..%2ftheme.properties", "theme.properties", "")) {
            assertThatThrownBy(() -> resource(hash, "gatehouse", "css", hostile)).isInstanceOf(BadRequest.class);
            assertThatThrownBy(() -> resource(hash, "gatehouse", hostile, "login.css")).isInstanceOf(BadRequest.class);
        }
        assertThatThrownBy(() -> resource(hash, "base", "css", "login.css")).isInstanceOf(BadRequest.class);
    }

    private Reply resource(String hash, String name, String folder, String file) {
        var parameters = Map.of("hash", hash, "theme", name, "folder", folder, "file", file);
        return resources.handle(Requests.get("/resources", "", parameters, Map.of()),
                Deadline.after(Duration.ofSeconds(1)));
    }

    @Test
    void aThemeWhoseNameOrParentIsNoThemeIsRefused() {
        var loader = getClass().getClassLoader();
        for (var name : List.of("nowhere", "../base", "")) {
            assertThatThrownBy(() -> Theme.load(loader, name)).isInstanceOf(IllegalArgumentException.class);
        }
        assertThat(theme.file("../../base/login/theme.properties")).isEmpty();
    }

    @Test
    void theVoiceWordsRefusalsOverloadAndFaultsAsPages() {
        var voice = new PageVoice(pages);
        var request = Requests.get("/login/F", "a=b", Map.of(), Map.of());
        var missing = voice.refuse(new BadRequest(BadRequest.Reason.NOT_FOUND, "no"), request);
        assertThat(missing.status()).isEqualTo(404);
        assertThat(html(missing)).contains("HTTP-404-01");
        var busy = voice.unavailable(request);
        assertThat(busy.status()).isEqualTo(503);
        assertThat(header(busy, "Retry-After")).isEqualTo("5");
        assertThat(html(busy)).contains("SRV-BUDGET-01", "href=\"/login/F?a=b\"", "Try again");
        var fault = voice.fault(request);
        assertThat(fault.status()).isEqualTo(500);
        assertThat(html(fault)).contains("SRV-FAULT-01", "trace-0123456789abcdef");
        var other = voice.refuse(new Refusal("x") {
            @Override
            public String reason() {
                return "never_worded";
            }
        }, request);
        assertThat(html(other)).contains("NEVER-WORDED");
    }
}
