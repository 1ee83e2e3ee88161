package gatehouse.idp.upstream.template;

import gatehouse.idp.upstream.InvalidSettings;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Something that the person who sets a connection up has to bring along.
 *
 * @param name     name of the setting that the answer goes to, or of the blank that it fills
 * @param kind     what an answer looks like
 * @param use      what becomes of the answer
 * @param required whether there is no connection without it
 * @param example  an answer, as an example; empty for secrets
 */
public record Question(String name, Kind kind, Use use, boolean required, String example) {

    /** What becomes of an answer. */
    public enum Use {
        /** It is the setting of its name. */
        SETTING,
        /** It fills the blank of its name in the issuer identifier. */
        BLANK,
        /** It is both. */
        SETTING_AND_BLANK
    }

    /** What an answer looks like. */
    public enum Kind {
        /** A host name, perhaps with a port. Pasted addresses are cut down to it. */
        HOST("[a-z0-9](?:[a-z0-9.-]{0,251}[a-z0-9])?(?::[0-9]{1,5})?", 259),
        /** A part of a path, or an account name that begins a host name. */
        WORD("[A-Za-z0-9][A-Za-z0-9._~-]{0,127}", 128),
        /** A directory's id. */
        UUID("[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}", 36),
        /** An https address. */
        ADDRESS("https?://[^\\s\"<>{}|\\\\^`]+", 2048),
        /** A line of text. */
        TEXT("[^\\p{Cntrl}]+", 2048),
        /** A line of text that is not shown again. */
        SECRET("[^\\p{Cntrl}]+", 2048),
        /** Domain names, separated by commas, spaces or lines. */
        DOMAINS("[a-z0-9.-]+(?:[\\s,;]+[a-z0-9.-]+)*", 2048),
        /** Text of several lines. */
        DOCUMENT("[\\s\\S]+", 1 << 20),
        /** One certificate in PEM, or several, one behind the other. */
        CERTIFICATES("[\\s\\S]+", 1 << 18);

        private final Pattern pattern;
        private final int lengthMax;

        Kind(String pattern, int lengthMax) {
            this.pattern = Pattern.compile(pattern);
            this.lengthMax = lengthMax;
        }

        private String tidied(String answer) {
            var text = answer.strip();
            return switch (this) {
                case HOST -> afterScheme(text).replaceFirst("[/?#].*$", "").toLowerCase(Locale.ROOT);
                case UUID, DOMAINS -> text.toLowerCase(Locale.ROOT);
                case WORD, ADDRESS, TEXT, SECRET, DOCUMENT, CERTIFICATES -> text;
            };
        }

        private static String afterScheme(String text) {
            return text.regionMatches(true, 0, "https://", 0, 8) ? text.substring(8) : text;
        }
    }

    private static final String PEM_END = "-----END CERTIFICATE-----";

    static Question required(String name, Kind kind, String example) {
        return new Question(name, kind, Use.SETTING, true, example);
    }

    static Question optional(String name, Kind kind, String example) {
        return new Question(name, kind, Use.SETTING, false, example);
    }

    static Question blank(String name, Kind kind, String example) {
        return new Question(name, kind, Use.BLANK, true, example);
    }

    /**
     * The answer that {@code answers} has, tidied.
     *
     * @throws InvalidSettings if it is needed and missing, or is not of its kind
     */
    Optional<String> answer(Map<String, String> answers) {
        var given = Optional.ofNullable(answers.get(name)).map(kind::tidied).filter(text -> !text.isEmpty());
        if (given.isEmpty() && required) {
            throw new InvalidSettings(name, "is needed");
        }
        given.filter(text -> text.length() > kind.lengthMax || !kind.pattern.matcher(text).matches())
                .ifPresent(_ -> {
                    throw new InvalidSettings(name, problem());
                });
        return given;
    }

    private String problem() {
        return switch (kind) {
            case HOST -> "must be a host name such as " + example;
            case WORD -> "must be a word of letters, digits, dots and dashes, such as " + example;
            case UUID -> "must be an id such as " + example;
            case ADDRESS -> "must be an https address such as " + example;
            case DOMAINS -> "must be domain names such as " + example;
            case TEXT, SECRET, DOCUMENT, CERTIFICATES -> "is too long, or has characters that do not belong there";
        };
    }

    /** What {@code answer} is in JSON. */
    Object value(String answer) {
        return switch (kind) {
            case DOMAINS -> List.of(answer.split("[\\s,;]+"));
            case CERTIFICATES -> certificates(answer);
            case HOST, WORD, UUID, ADDRESS, TEXT, SECRET, DOCUMENT -> answer;
        };
    }

    private static List<String> certificates(String text) {
        if (!text.contains(PEM_END)) {
            return List.of(text);
        }
        return Pattern.compile("(?<=" + PEM_END + ")").splitAsStream(text)
                .map(String::strip).filter(one -> !one.isEmpty()).toList();
    }
}
