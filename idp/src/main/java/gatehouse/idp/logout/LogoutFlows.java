package gatehouse.idp.logout;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import gatehouse.idp.http.Cookie;
import gatehouse.idp.http.CookieNames;
import gatehouse.idp.http.Request;
import gatehouse.sessions.FlowStore;
import gatehouse.spi.Deadline;
import gatehouse.spi.Issuer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.HexFormat;
import java.util.Optional;

/**
 * Logouts on their way, kept sealed for a few minutes and bound to their browser by a cookie. An answer to one leg
 * names flow and leg by a handle; it is good for the leg that is being visited, and for nothing else.
 */
final class LogoutFlows {

    static final Duration LIFETIME = Duration.ofMinutes(15);

    private static final String KIND = "logout";
    private static final String PURPOSE = "logout";
    private static final int BYTES = 16;
    private static final ObjectMapper JSON = JsonMapper.builder().build();

    private final FlowStore store;
    private final CookieNames cookies;
    private final SecureRandom random;

    LogoutFlows(FlowStore store, CookieNames cookies, SecureRandom random) {
        this.store = store;
        this.cookies = cookies;
        this.random = random;
    }

    /** A flow as it is kept. */
    record Kept(String id, int generation, LogoutFlow flow) {}

    /** A flow's id: 32 hexadecimal characters. */
    String newId() {
        return random();
    }

    private String random() {
        var bytes = new byte[BYTES];
        random.nextBytes(bytes);
        return HexFormat.of().formatHex(bytes);
    }

    /** The browser's value; a new one if it has none. */
    String browser(Request request) {
        return presented(request).orElseGet(this::random);
    }

    private Optional<String> presented(Request request) {
        return cookie(request).map(value -> value.substring(0, 2 * BYTES));
    }

    private Optional<String> cookie(Request request) {
        return request.cookie(cookies.name(PURPOSE, request.issuer())).filter(value -> value.matches("[0-9a-f]{64}"));
    }

    /** The cookie that keeps {@code browser}, and the flow that goes through it. */
    Cookie cookie(String browser, String id, Issuer issuer) {
        return cookies.cookie(PURPOSE, issuer, browser + id, Optional.of(LIFETIME));
    }

    /** The flow that the browser began last, if it is still on its way. */
    Optional<Kept> last(Request request, Deadline deadline) {
        return cookie(request).flatMap(value -> findOwn(value.substring(2 * BYTES), request, deadline));
    }

    static String hash(String browser) {
        try {
            return HexFormat.of().formatHex(
                    MessageDigest.getInstance("SHA-256").digest(browser.getBytes(StandardCharsets.US_ASCII)));
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException("every JDK has SHA-256", impossible);
        }
    }

    void keep(String id, LogoutFlow flow, Deadline deadline) {
        if (!store.keep(KIND, id, write(flow), LIFETIME, deadline)) {
            throw new IllegalStateException("a new id was taken");
        }
    }

    /** The flow, if it is of the issuer of {@code request}; whichever browser asks. */
    Optional<Kept> find(String id, Request request, Deadline deadline) {
        return Optional.of(id).filter(text -> text.matches("[0-9a-f]{32}"))
                .flatMap(text -> store.find(KIND, text, deadline))
                .map(kept -> new Kept(id, kept.generation(), read(kept.state())))
                .filter(kept -> kept.flow().issuer().equals(request.issuer().name()));
    }

    /** The flow, if {@code request} comes from its browser. */
    Optional<Kept> findOwn(String id, Request request, Deadline deadline) {
        return find(id, request, deadline).filter(kept -> presented(request)
                .filter(value -> MessageDigest.isEqual(hash(value).getBytes(StandardCharsets.US_ASCII),
                        kept.flow().browser().getBytes(StandardCharsets.US_ASCII)))
                .isPresent());
    }

    /** Keeps {@code next} in place of {@code kept}, unless somebody else has changed it since. */
    boolean replace(Kept kept, LogoutFlow next, Deadline deadline) {
        return store.replace(KIND, kept.id(), kept.generation(), write(next), LIFETIME, deadline);
    }

    void forget(Kept kept, Deadline deadline) {
        store.take(KIND, kept.id(), deadline);
    }

    /** What the answer to leg {@code at} brings back: 34 hexadecimal characters. */
    static String handle(String id, int at) {
        return id + HexFormat.of().toHexDigits((byte) at);
    }

    /** The flow whose current leg {@code handle} is, if it is being visited. */
    Optional<Kept> visiting(String handle, Request request, Deadline deadline) {
        if (!handle.matches("[0-9a-f]{34}")) {
            return Optional.empty();
        }
        return find(handle.substring(0, 32), request, deadline)
                .filter(kept -> kept.flow().visit() == LogoutFlow.Visit.AWAY)
                .filter(kept -> kept.flow().current()
                        .filter(at -> handle(kept.id(), at).equals(handle)).isPresent());
    }

    private static byte[] write(LogoutFlow flow) {
        try {
            return JSON.writeValueAsBytes(flow);
        } catch (IOException impossible) {
            throw new UncheckedIOException("a logout could not be written", impossible);
        }
    }

    private static LogoutFlow read(byte[] bytes) {
        try {
            return JSON.readValue(bytes, LogoutFlow.class);
        } catch (IOException unreadable) {
            throw new UncheckedIOException("a logout could not be read", unreadable);
        }
    }
}
