package gatehouse.idp.oauth.wire;

import gatehouse.idp.http.Reply;
import gatehouse.idp.http.Reply.Header;
import java.util.List;

/** JSON that no cache may keep (RFC 6749 §5.1), its header fields made once. */
public final class JsonReply {

    private static final List<Header> UNCACHED = List.of(
            new Header("Content-Type", "application/json"),
            new Header("Cache-Control", "no-store"),
            new Header("Pragma", "no-cache"));

    private JsonReply() {}

    public static Reply of(int status, byte[] body) {
        return new Reply(status, UNCACHED, body);
    }
}
