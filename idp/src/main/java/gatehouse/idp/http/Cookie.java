package gatehouse.idp.http;

import java.time.Duration;
import java.util.Optional;

/**
 * A cookie to set: host-only, path {@code /}, {@code HttpOnly}, {@code SameSite=Lax}.
 *
 * @param name     its name, from {@link CookieNames}
 * @param value    its value, without characters that need quoting
 * @param lifetime how long the browser keeps it; empty: until the browser closes; zero: delete it now
 * @param secure   whether it is sent over TLS only
 */
public record Cookie(String name, String value, Optional<Duration> lifetime, boolean secure) {

    /** The {@code Set-Cookie} value (RFC 6265 §4.1). */
    public String header() {
        var text = new StringBuilder(name).append('=').append(value).append("; Path=/; HttpOnly; SameSite=Lax");
        lifetime.ifPresent(duration -> text.append("; Max-Age=").append(duration.toSeconds()));
        if (secure) {
            text.append("; Secure");
        }
        return text.toString();
    }

    @Override
    public String toString() {
        return "Cookie[" + name + ", •••]";
    }
}
