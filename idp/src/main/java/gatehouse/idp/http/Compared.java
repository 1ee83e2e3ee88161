package gatehouse.idp.http;

import java.time.Instant;
import java.util.Collection;
import java.util.Optional;

/**
 * What a check held against each other, for the administrator who has to mend it. Both sides are cut to
 * {@value #LENGTH_MAX} characters and have no control characters, so that they can be stored and shown as they are.
 * Never a secret, and never a whole token or assertion: who makes one answers for that.
 *
 * @param expected what would have been accepted; empty if there is no one such value
 * @param received what came; empty if nothing did
 */
public record Compared(Optional<String> expected, Optional<String> received) {

    /** Longest side; longer ones end in an ellipsis. */
    public static final int LENGTH_MAX = 300;

    /** Nothing worth telling. */
    public static final Compared NOTHING = new Compared(Optional.empty(), Optional.empty());

    public Compared {
        expected = expected.map(Compared::plain);
        received = received.map(Compared::plain);
    }

    public static Compared of(String expected, String received) {
        return new Compared(Optional.of(expected), Optional.of(received));
    }

    public static Compared of(String expected, Optional<String> received) {
        return new Compared(Optional.of(expected), received);
    }

    /** Several values came, any number of them. */
    public static Compared of(String expected, Collection<String> received) {
        return new Compared(Optional.of(expected),
                received.isEmpty() ? Optional.empty() : Optional.of(String.join(", ", received)));
    }

    /** An instant that was held against a bound. */
    public static Compared of(String expected, Instant received) {
        return of(expected, received.toString());
    }

    public static Compared received(String received) {
        return new Compared(Optional.empty(), Optional.of(received));
    }

    private static String plain(String text) {
        boolean isLong = text.length() > LENGTH_MAX;
        var end = isLong ? LENGTH_MAX - 1 : text.length();
        var plain = new StringBuilder(end + 1);
        for (int i = 0; i < end; i++) {
            char c = text.charAt(i);
            plain.append(isUnprintable(c) ? '\uFFFD' : c);
        }
        return isLong ? plain.append('…').toString() : plain.toString();
    }

    /** Controls, line separators, marks that turn the direction of writing, and halves of pairs. */
    private static boolean isUnprintable(char c) {
        return switch (Character.getType(c)) {
            case Character.CONTROL, Character.FORMAT, Character.LINE_SEPARATOR, Character.PARAGRAPH_SEPARATOR,
                    Character.SURROGATE, Character.UNASSIGNED -> true;
            default -> false;
        };
    }
}
