package gatehouse.idp.schema;

import java.util.Collection;
import java.util.Comparator;
import java.util.Optional;
import org.apache.commons.text.similarity.LevenshteinDistance;

/** The known word that a mistyped one probably meant. */
public final class Nearest {

    private static final LevenshteinDistance DISTANCE = LevenshteinDistance.getDefaultInstance();

    private Nearest() {
    }

    /** The word of {@code known} within a third of its length, or two edits, of {@code typed}, if any. */
    public static Optional<String> to(String typed, Collection<String> known) {
        if (typed.length() > 64) {
            return Optional.empty();
        }
        return known.stream()
                .filter(word -> DISTANCE.apply(typed, word) <= Math.max(word.length() > 3 ? 2 : 1, word.length() / 3))
                .min(Comparator.comparingInt((String word) -> DISTANCE.apply(typed, word)).thenComparing(word -> word));
    }

    /** {@code unknown field, did you mean "…"?}, or without the question. */
    public static String unknown(String what, String typed, Collection<String> known) {
        return "unknown " + what + " " + quoted(typed)
                + to(typed, known).map(word -> ", did you mean \"" + word + "\"?").orElse("");
    }

    /** {@code typed} in quotes, shortened and without control characters: fit for a log line and an answer. */
    public static String quoted(String typed) {
        var shown = typed.length() > 64 ? typed.substring(0, 64) + "…" : typed;
        return "\"" + shown.replaceAll("\\p{Cntrl}", "?") + "\"";
    }
}
