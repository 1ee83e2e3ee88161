package gatehouse.idp.schema;

import java.util.Collection;
import java.util.Comparator;
import java.util.Optional;

/** The known word that a mistyped one probably meant. */
public final class Nearest {

    private Nearest() {
    }

    /** The word of {@code known} within a third of its length of {@code typed}, if any. */
    public static Optional<String> to(String typed, Collection<String> known) {
        if (typed.length() > 64) {
            return Optional.empty();
        }
        return known.stream()
                .filter(word -> distance(typed, word) <= Math.max(1, word.length() / 3))
                .min(Comparator.comparingInt((String word) -> distance(typed, word)).thenComparing(word -> word));
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

    /** Levenshtein's edit distance. */
    private static int distance(String a, String b) {
        var row = new int[b.length() + 1];
        for (int j = 0; j <= b.length(); j++) {
            row[j] = j;
        }
        for (int i = 1; i <= a.length(); i++) {
            int diagonal = row[0];
            row[0] = i;
            for (int j = 1; j <= b.length(); j++) {
                int above = row[j];
                int change = diagonal + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
                row[j] = Math.min(change, Math.min(above, row[j - 1]) + 1);
                diagonal = above;
            }
        }
        return row[b.length()];
    }
}
