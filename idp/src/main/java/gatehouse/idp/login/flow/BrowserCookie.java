package gatehouse.idp.login.flow;

import gatehouse.idp.http.Cookie;
import gatehouse.idp.http.CookieNames;
import gatehouse.idp.http.Request;
import gatehouse.spi.Issuer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * The cookie that binds flows to the browser they were begun in: 256 random bits that say nothing about anybody. A
 * flow keeps its hash. One value serves all tabs of a browser, so that two logins at once do not disturb each other.
 */
public final class BrowserCookie {

    private static final String PURPOSE = "browser";
    private static final Pattern VALUE = Pattern.compile("[A-Za-z0-9_-]{43}");

    private final CookieNames names;
    private final SecureRandom random;

    public BrowserCookie(CookieNames names, SecureRandom random) {
        this.names = names;
        this.random = random;
    }

    /** The browser's value; a new one if it has none. */
    public String valueOf(Request request) {
        return presented(request).orElseGet(() -> {
            var bytes = new byte[32];
            random.nextBytes(bytes);
            return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
        });
    }

    /** The cookie that keeps {@code value}. */
    public Cookie keeping(String value, Issuer issuer) {
        return names.cookie(PURPOSE, issuer, value, Optional.empty());
    }

    /** What a flow remembers of {@code value}. */
    public String hash(String value) {
        try {
            var digest = MessageDigest.getInstance("SHA-256").digest(value.getBytes(StandardCharsets.UTF_8));
            return Base64.getUrlEncoder().withoutPadding().encodeToString(digest);
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException("every JDK has SHA-256", impossible);
        }
    }

    /** Whether {@code flow} was begun in the browser that sent {@code request}. */
    public boolean owns(Request request, LoginFlow flow) {
        return presented(request)
                .filter(value -> MessageDigest.isEqual(hash(value).getBytes(StandardCharsets.US_ASCII),
                        flow.browser().getBytes(StandardCharsets.US_ASCII)))
                .isPresent();
    }

    private Optional<String> presented(Request request) {
        return request.cookie(names.name(PURPOSE, request.issuer()))
                .filter(value -> VALUE.matcher(value).matches());
    }
}
