package gatehouse.idp.boot.config;

import java.util.Collection;
import java.util.Comparator;
import org.apache.commons.text.similarity.LevenshteinDistance;

/** The "did you mean" of an unknown word. */
final class Nearest {

    private Nearest() {}

    /** {@code , did you mean "redis"?} or nothing. */
    static String to(String unknown, Collection<String> known) {
        var distance = new LevenshteinDistance(Math.max(2, unknown.length() / 3));
        return known.stream()
                .filter(word -> distance.apply(unknown, word) >= 0)
                .min(Comparator.comparingInt(word -> distance.apply(unknown, word)))
                .map(word -> ", did you mean \"" + word + "\"?")
                .orElse("; known here: " + String.join(", ", known));
    }
}
