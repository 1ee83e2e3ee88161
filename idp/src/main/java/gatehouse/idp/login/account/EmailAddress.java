package gatehouse.idp.login.account;

import java.net.IDN;
import java.util.Locale;
import java.util.Optional;

/**
 * An e-mail address in the form in which addresses are compared: lower case, the domain in IDNA A-labels.
 *
 * @param value  the whole address
 * @param domain what follows the last at sign
 */
public record EmailAddress(String value, String domain) {

    /** Longest address accepted (RFC 5321 §4.5.3.1.3). */
    public static final int LENGTH_MAX = 254;

    private static final int LOCAL_LENGTH_MAX = 64;
    private static final String DOMAIN =
            "(?=.{1,253}$)([a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?\\.)*[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?";

    /** The address that {@code text} is; empty if it is none that could be somebody's. */
    public static Optional<EmailAddress> parse(String text) {
        var trimmed = text.strip();
        int at = trimmed.lastIndexOf('@');
        if (trimmed.length() > LENGTH_MAX || at < 1 || at > LOCAL_LENGTH_MAX || at == trimmed.length() - 1) {
            return Optional.empty();
        }
        var local = trimmed.substring(0, at);
        if (local.chars().anyMatch(c -> c <= ' ' || c == 0x7f || c == '@' || Character.isISOControl(c)
                || Character.isWhitespace(c))) {
            return Optional.empty();
        }
        try {
            var domain = IDN.toASCII(trimmed.substring(at + 1), IDN.USE_STD3_ASCII_RULES).toLowerCase(Locale.ROOT);
            return domain.matches(DOMAIN)
                    ? Optional.of(new EmailAddress(local.toLowerCase(Locale.ROOT) + "@" + domain, domain))
                    : Optional.empty();
        } catch (IllegalArgumentException notADomain) {
            return Optional.empty();
        }
    }

    @Override
    public String toString() {
        return value;
    }
}
