package gatehouse.idp.tenancy;

import com.google.common.net.InternetDomainName;
import java.net.IDN;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;

/** DNS names as this server compares them: lower case, IDNA A-labels, at least two labels. */
public final class DomainName {

    private static final Pattern LABEL = Pattern.compile("[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?");

    private static final String WILDCARD = "*.";
    /** So long that the host of its TXT record is still a DNS name. */
    private static final int CLAIM_LENGTH_MAX = 230;
    /** Labels below a claimed name that are looked at: each costs a question, and addresses are strangers'. */
    private static final int DEPTH_MAX = 5;

    private DomainName() {
    }

    /**
     * The one spelling of a claim: a name, or {@code *.} and a name for all that is below it. Nobody can own what the
     * public registers names under (publicsuffix.org, with its private part: hosting providers and the like).
     *
     * @throws IllegalArgumentException saying why {@code text} cannot be claimed
     */
    public static String claimable(String text) {
        var stripped = text.strip();
        var below = stripped.startsWith(WILDCARD);
        var name = normalized(below ? stripped.substring(WILDCARD.length()) : stripped);
        if (name.length() > CLAIM_LENGTH_MAX) {
            throw new IllegalArgumentException("is longer than " + CLAIM_LENGTH_MAX + " characters");
        }
        if (isPublicSuffix(name)) {
            throw new IllegalArgumentException("is a public suffix: names are registered under it, it is nobody's own");
        }
        return below ? WILDCARD + name : name;
    }

    private static boolean isPublicSuffix(String name) {
        return InternetDomainName.from(name).isPublicSuffix()
                || InternetDomainName.from(IDN.toUnicode(name)).isPublicSuffix();
    }

    /**
     * The claims that would cover {@code name}, the most specific first: the name itself, then everything below each
     * name above it.
     */
    public static List<String> covering(String name) {
        var claims = new ArrayList<String>();
        claims.add(name);
        var labels = name.split("\\.");
        for (int i = 1; i <= labels.length - 2 && i <= DEPTH_MAX; i++) {
            claims.add(WILDCARD + String.join(".", Arrays.asList(labels).subList(i, labels.length)));
        }
        return claims;
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
