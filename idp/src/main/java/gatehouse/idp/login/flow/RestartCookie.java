package gatehouse.idp.login.flow;

import gatehouse.idp.http.Cookie;
import gatehouse.idp.http.CookieNames;
import gatehouse.idp.http.Request;
import gatehouse.idp.login.LoginRequest;
import gatehouse.spi.Issuer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import javax.crypto.Cipher;
import javax.crypto.spec.GCMParameterSpec;

/**
 * The cookie that lets a login begin anew when its flow is gone: for the last few flows of this browser, how they
 * were begun and where their application lives. Sealed with AES-256-GCM, bound to the issuer; at most {@link
 * #LENGTH_MAX} characters, the oldest entries leave first.
 */
public final class RestartCookie {

    /** Longest cookie value. */
    public static final int LENGTH_MAX = 3072;

    private static final String PURPOSE = "restart";
    private static final Duration LIFETIME = Duration.ofDays(1);
    private static final int ENTRIES_MAX = 4;
    private static final int NONCE_BYTES = 12;
    private static final int TAG_BITS = 128;

    private final CookieNames names;
    private final LoginKeys keys;
    private final SecureRandom random;

    public RestartCookie(CookieNames names, LoginKeys keys, SecureRandom random) {
        this.names = names;
        this.keys = keys;
        this.random = random;
    }

    /** How one flow can be begun anew. @param path within the issuer @param home where the application lives */
    public record Entry(String flow, Optional<String> path, Optional<String> home, String name) {}

    private record Entries(List<Entry> entries) {}

    /** The cookie that also remembers how {@code flow} was begun. */
    public Cookie remembering(String flow, LoginRequest asked, Request request) {
        var party = asked.relyingParty();
        var entries = new ArrayList<Entry>();
        entries.add(new Entry(flow, asked.restartPath(), party.home(), party.name()));
        entries.addAll(read(request));
        while (entries.size() > ENTRIES_MAX) {
            entries.removeLast();
        }
        var value = seal(entries, asked.issuer());
        while (value.length() > LENGTH_MAX && entries.size() > 1) {
            entries.removeLast();
            value = seal(entries, asked.issuer());
        }
        if (value.length() > LENGTH_MAX) {
            value = seal(List.of(new Entry(flow, Optional.empty(), party.home().filter(home -> home.length() < 1000),
                    "")),
                    asked.issuer());
        }
        return names.cookie(PURPOSE, asked.issuer(), value, Optional.of(LIFETIME));
    }

    /** What the browser remembers, newest first; nothing if the cookie is missing, too long or not ours. */
    public List<Entry> read(Request request) {
        return request.cookie(names.name(PURPOSE, request.issuer()))
                .filter(value -> value.length() <= LENGTH_MAX)
                .map(value -> open(value, request.issuer()))
                .orElse(List.of());
    }

    private String seal(List<Entry> entries, Issuer issuer) {
        try {
            var nonce = new byte[NONCE_BYTES];
            random.nextBytes(nonce);
            var sealed = cipher(Cipher.ENCRYPT_MODE, nonce, issuer).doFinal(FlowCodec.write(new Entries(entries)));
            var all = new byte[nonce.length + sealed.length];
            System.arraycopy(nonce, 0, all, 0, nonce.length);
            System.arraycopy(sealed, 0, all, nonce.length, sealed.length);
            return Base64.getUrlEncoder().withoutPadding().encodeToString(all);
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException("every JDK has AES-GCM", impossible);
        }
    }

    private List<Entry> open(String value, Issuer issuer) {
        try {
            var all = Base64.getUrlDecoder().decode(value);
            if (all.length <= NONCE_BYTES) {
                return List.of();
            }
            var nonce = Arrays.copyOf(all, NONCE_BYTES);
            var opened = cipher(Cipher.DECRYPT_MODE, nonce, issuer).doFinal(all, NONCE_BYTES, all.length - NONCE_BYTES);
            return FlowCodec.read(opened, Entries.class).entries();
        } catch (IllegalArgumentException | GeneralSecurityException notOurs) {
            return List.of();
        }
    }

    private Cipher cipher(int mode, byte[] nonce, Issuer issuer) throws GeneralSecurityException {
        var cipher = Cipher.getInstance("AES/GCM/NoPadding");
        cipher.init(mode, keys.restartKey(), new GCMParameterSpec(TAG_BITS, nonce));
        cipher.updateAAD(issuer.name().getBytes(StandardCharsets.UTF_8));
        return cipher;
    }
}
