package gatehouse.idp.page;

import java.text.MessageFormat;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Collectors;

/**
 * A theme's texts in one language: {@link MessageFormat} patterns. What the language lacks is said in English.
 */
final class Messages {

    /** The language that has every text. */
    static final String FALLBACK = "en";

    private static final Set<String> RIGHT_TO_LEFT = Set.of("ar", "dv", "fa", "he", "ku", "ps", "sd", "ug", "ur", "yi");

    private final Locale locale;
    private final Map<String, String> patterns;
    private final Consumer<String> missing;

    private Messages(Locale locale, Map<String, String> patterns, Consumer<String> missing) {
        this.locale = locale;
        this.patterns = patterns;
        this.missing = missing;
    }

    /**
     * The texts of every language that the last of {@code themes} lists.
     *
     * @param themes  a later one's texts over an earlier one's
     * @param missing told of a key that no language has
     */
    static Map<String, Messages> of(List<Theme> themes, Consumer<String> missing) {
        var english = texts(themes, FALLBACK);
        return themes.getLast().listed("locales").stream().collect(Collectors.toUnmodifiableMap(tag -> tag, tag -> {
            var patterns = new HashMap<>(english);
            patterns.putAll(texts(themes, tag));
            return new Messages(Locale.forLanguageTag(tag), Map.copyOf(patterns), missing);
        }));
    }

    private static Map<String, String> texts(List<Theme> themes, String tag) {
        var texts = new HashMap<String, String>();
        themes.forEach(theme -> theme.messages(tag).forEach((key, text) -> texts.put((String) key, (String) text)));
        return texts;
    }

    /** Language tag (BCP 47), for {@code lang}. */
    String tag() {
        return locale.toLanguageTag();
    }

    /** {@code rtl} or {@code ltr}, for {@code dir}. */
    String direction() {
        return RIGHT_TO_LEFT.contains(locale.getLanguage()) ? "rtl" : "ltr";
    }

    /** The text of {@code key}. */
    String text(String key, List<?> arguments) {
        return find(key, arguments).orElseGet(() -> {
            missing.accept(key);
            return key;
        });
    }

    /** The text of {@code key}, if there is one. */
    Optional<String> find(String key, List<?> arguments) {
        return Optional.ofNullable(patterns.get(key))
                .map(pattern -> new MessageFormat(pattern, locale).format(arguments.toArray()));
    }
}
