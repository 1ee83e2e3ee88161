package gatehouse.idp.page;

import gatehouse.idp.http.Reply;
import gatehouse.idp.http.Request;
import java.util.List;

/**
 * Renders pages, with their status and security headers (a nonce'd Content-Security-Policy, no framing, no caching).
 */
public interface Pages {

    /**
     * The page in the best language of {@code uiLocales}, then of the request's {@code Accept-Language}, then
     * English. Shows the request's trace id where something went wrong. Does not wait.
     */
    Reply render(Page page, Request request, List<String> uiLocales);
}
