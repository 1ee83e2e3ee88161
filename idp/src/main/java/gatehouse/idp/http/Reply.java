package gatehouse.idp.http;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * An answer: status, header fields in order, body. Immutable; the {@code with…} methods answer changed copies.
 *
 * @param body not to be changed
 */
public record Reply(int status, List<Header> headers, byte[] body) {

    /** One header field. */
    public record Header(String name, String value) {
        public Header {
            for (int i = 0; i < value.length(); i++) {
                if (value.charAt(i) < ' ' || value.charAt(i) == 0x7f) {
                    throw new IllegalArgumentException("control character in header " + name);
                }
            }
        }
    }

    private static final byte[] NOTHING = {};
    private static final Header JSON = new Header("Content-Type", "application/json");
    private static final Header HTML = new Header("Content-Type", "text/html; charset=utf-8");
    private static final Header NO_STORE = new Header("Cache-Control", "no-store");

    /** JSON, already encoded. */
    public static Reply json(int status, byte[] body) {
        return new Reply(status, List.of(JSON), body);
    }

    /** A page. */
    public static Reply html(int status, byte[] body) {
        return new Reply(status, List.of(HTML), body);
    }

    /** Text or bytes of another media type. */
    public static Reply of(int status, String contentType, byte[] body) {
        return new Reply(status, List.of(new Header("Content-Type", contentType)), body);
    }

    /** Plain text. */
    public static Reply text(int status, String body) {
        return of(status, "text/plain; charset=utf-8", body.getBytes(StandardCharsets.UTF_8));
    }

    /** Nothing but a status. */
    public static Reply empty(int status) {
        return new Reply(status, List.of(), NOTHING);
    }

    /** 303: the browser goes on to {@code location} with GET (RFC 9110 §15.4.4). Never cached. */
    public static Reply seeOther(String location) {
        return new Reply(303, List.of(new Header("Location", location), NO_STORE), NOTHING);
    }

    /** This reply with one more header field. */
    public Reply with(String name, String value) {
        return with(new Header(name, value));
    }

    private Reply with(Header header) {
        var more = new ArrayList<Header>(headers.size() + 1);
        more.addAll(headers);
        more.add(header);
        return new Reply(status, List.copyOf(more), body);
    }

    /** This reply with a cookie. */
    public Reply with(Cookie cookie) {
        return with("Set-Cookie", cookie.header());
    }

    /** This reply, not to be stored by any cache. */
    public Reply noStore() {
        return with(NO_STORE);
    }
}
