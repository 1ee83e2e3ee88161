package gatehouse.loadtests.http;

import java.net.URI;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jsoup.Jsoup;
import org.jsoup.nodes.Document;
import org.jsoup.nodes.Element;
import org.jsoup.nodes.FormElement;

/**
 * Reads any provider's login page: which form comes next, and which of its fields are name and password.
 *
 * <p>A form with a password field wins over one that asks for a name, and that over one that sends itself.
 */
final class FormReader {

    private final Optional<String> usernameName;
    private final Optional<String> passwordName;

    /** Empty names mean: find the fields by their type and by the names in use. */
    FormReader(Optional<String> usernameName, Optional<String> passwordName) {
        this.usernameName = usernameName;
        this.passwordName = passwordName;
    }

    /** @throws UnexpectedAnswer if the page has no form that a visitor could go on with */
    Page read(String html, URI base) {
        var document = Jsoup.parse(html, base.toString());
        var pages = document.forms().stream().map(form -> page(document, form)).toList();
        return pages.stream().filter(page -> page.passwordField().isPresent()).findFirst()
            .or(() -> pages.stream().filter(page -> page.usernameField().isPresent()).findFirst())
            .or(() -> pages.stream().filter(Page::sendsItself).findFirst())
            .orElseThrow(() -> new UnexpectedAnswer("page without a way on: " + document.title()));
    }

    private Page page(Document document, FormElement form) {
        var address = form.hasAttr("action") ? form.absUrl("action") : document.baseUri();
        var password = visible(form).stream().filter(this::isPassword).findFirst().map(FormReader::name);
        var username = visible(form).stream().filter(this::isUsername).findFirst().map(FormReader::name);
        var nothingToFillIn = visible(form).stream().allMatch(FormReader::isButton);
        return new Page(document.title(), URI.create(address), "post".equalsIgnoreCase(form.attr("method")),
            fields(form), username, password, nothingToFillIn);
    }

    private boolean isPassword(Element input) {
        return passwordName.map(name(input)::equals).orElseGet(() -> type(input).equals("password"));
    }

    private boolean isUsername(Element input) {
        return usernameName.map(name(input)::equals).orElseGet(() -> type(input).equals("email")
            || type(input).equals("text") && Page.USERNAME_NAMES.contains(name(input).toLowerCase(Locale.ROOT)));
    }

    private static List<Element> visible(FormElement form) {
        return form.elements().stream()
            .filter(element -> !type(element).equals("hidden") && !element.hasAttr("disabled"))
            .filter(element -> List.of("input", "button", "select", "textarea").contains(element.normalName()))
            .toList();
    }

    /** What a browser would send, with the first button pressed. */
    private static Map<String, String> fields(FormElement form) {
        var fields = new LinkedHashMap<String, String>();
        var pressed = false;
        for (var element : form.elements()) {
            if (isButton(element)) {
                if (!pressed && !name(element).isEmpty() && submits(element)) {
                    fields.put(name(element), element.attr("value"));
                }
                pressed |= submits(element);
            } else if (!name(element).isEmpty() && !element.hasAttr("disabled") && isChosen(element)) {
                fields.put(name(element), element.val());
            }
        }
        return fields;
    }

    private static boolean isChosen(Element element) {
        var choice = type(element).equals("checkbox") || type(element).equals("radio");
        return !choice || element.hasAttr("checked");
    }

    private static boolean isButton(Element element) {
        return element.normalName().equals("button")
            || List.of("submit", "button", "image", "reset").contains(type(element));
    }

    private static boolean submits(Element button) {
        var type = type(button);
        return type.equals("submit") || type.equals("image") || button.normalName().equals("button") && type.isEmpty();
    }

    private static String type(Element element) {
        var type = element.attr("type").toLowerCase(Locale.ROOT);
        return type.isEmpty() && element.normalName().equals("input") ? "text" : type;
    }

    private static String name(Element element) {
        return element.attr("name");
    }
}
