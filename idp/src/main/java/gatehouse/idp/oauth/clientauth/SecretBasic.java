package gatehouse.idp.oauth.clientauth;

import gatehouse.idp.http.Form;
import gatehouse.idp.http.Request;
import gatehouse.idp.oauth.wire.Reason;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import java.util.Base64;
import java.util.Optional;

/**
 * {@code client_secret_basic}: HTTP Basic whose both parts are form-urlencoded first (RFC 6749 §2.3.1). A header that
 * cannot be read is a claim that does not hold, not an absent one.
 */
public final class SecretBasic implements ClientAuthMethod {

    private static final String SCHEME = "Basic ";
    private static final Claim UNREADABLE = new Claim("", (_, _) -> Optional.of(Reason.CLIENT_CREDENTIALS_WRONG));

    private final Secrets secrets;

    public SecretBasic(InstantSource clock) {
        this.secrets = new Secrets(clock);
    }

    @Override
    public String name() {
        return "client_secret_basic";
    }

    @Override
    public Optional<Claim> read(Request request, Form form) {
        return request.header("authorization")
                .filter(value -> value.regionMatches(true, 0, SCHEME, 0, SCHEME.length()))
                .map(value -> claim(value.substring(SCHEME.length()).strip()));
    }

    private Claim claim(String base64) {
        try {
            var pair = new String(Base64.getDecoder().decode(base64), StandardCharsets.UTF_8);
            int colon = pair.indexOf(':');
            if (colon < 1 || colon == pair.length() - 1) {
                return UNREADABLE;
            }
            var secret = decode(pair.substring(colon + 1));
            return new Claim(decode(pair.substring(0, colon)), (client, _) -> secrets.check(secret, client));
        } catch (IllegalArgumentException malformed) {
            return UNREADABLE;
        }
    }

    private static String decode(String text) {
        return text.indexOf('%') < 0 && text.indexOf('+') < 0 ? text : URLDecoder.decode(text, StandardCharsets.UTF_8);
    }
}
