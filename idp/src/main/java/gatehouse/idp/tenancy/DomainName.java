package gatehouse.idp.tenancy;

import java.net.IDN;
import java.util.Locale;
import java.util.regex.Pattern;

/** DNS names as this server compares them: lower case, IDNA A-labels, at least two labels. */
public final class DomainName {

    private static final Pattern LABEL = Pattern.compile("[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?");

    private DomainName() {
    }

    /**
     * The one spelling of {@code text} that is stored and compared.
     *
     * @throws IllegalArgumentException saying why {@code text} cannot be claimed
     */
    public static String normalized(String text) {
        if (text.length() > 253) {
            throw new IllegalArgumentException("is longer than 253 characters");
        }
        var name = ascii(text.strip());
        if (name.endsWith(".")) {
            name = name.substring(0, name.length() - 1);
        }
        var labels = name.split("\\.", -1);
        if (labels.length < 2) {
            throw new IllegalArgumentException("must have at least two labels: a top-level domain cannot be claimed");
        }
        for (var label : labels) {
            if (!LABEL.matcher(label).matches()) {
                throw new IllegalArgumentException("is not a DNS name");
            }
        }
        if (labels[labels.length - 1].chars().allMatch(Character::isDigit)) {
            throw new IllegalArgumentException("is an IP address, not a DNS name");
        }
        return name;
    }

    private static String ascii(String text) {
        try {
            return IDN.toASCII(text, IDN.USE_STD3_ASCII_RULES).toLowerCase(Locale.ROOT);
        } catch (IllegalArgumentException | StringIndexOutOfBoundsException malformed) {
            throw new IllegalArgumentException("is not a DNS name");
        }
    }
}
