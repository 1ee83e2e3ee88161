package gatehouse.idp.oauth.discovery;

import gatehouse.idp.http.Reply;
import gatehouse.idp.http.Reply.Header;
import gatehouse.idp.http.Request;
import java.util.Arrays;
import java.util.List;

/** A public JSON document, its answers made once: the whole of it, and "you have it already" (RFC 9110 §13.1.2). */
final class Document {

    static final String CACHING = "public, max-age=300, stale-while-revalidate=3600, stale-if-error=86400";

    private final String etag;
    private final Reply whole;
    private final Reply unchanged;

    /** @param etag entity tag, with its quotes */
    Document(String mediaType, byte[] json, String etag) {
        var caching = List.of(new Header("ETag", etag), new Header("Cache-Control", CACHING));
        this.etag = etag;
        this.whole = new Reply(200, List.of(new Header("Content-Type", mediaType), caching.get(0), caching.get(1)),
                json);
        this.unchanged = new Reply(304, caching, new byte[0]);
    }

    String etag() {
        return etag;
    }

    Reply answer(Request request) {
        var known = request.header("if-none-match");
        return known.isPresent() && names(known.get()) ? unchanged : whole;
    }

    /** Weak comparison, as If-None-Match wants it. */
    private boolean names(String list) {
        return list.strip().equals("*")
                || Arrays.stream(list.split(","))
                        .map(String::strip)
                        .map(tag -> tag.startsWith("W/") ? tag.substring(2) : tag)
                        .anyMatch(etag::equals);
    }
}
