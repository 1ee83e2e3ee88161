package gatehouse.idp.oauth.testkit;

import gatehouse.idp.http.HttpCaller;
import gatehouse.idp.http.OutboundRefused;
import gatehouse.spi.Deadline;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

/** The world outside: documents by address. Counts the calls; an address without a document cannot be reached. */
public final class FakeOutside implements HttpCaller {

    private final Map<URI, String> documents = new ConcurrentHashMap<>();
    private final AtomicInteger calls = new AtomicInteger();

    public void put(String uri, String document) {
        documents.put(URI.create(uri), document);
    }

    public void remove(String uri) {
        documents.remove(URI.create(uri));
    }

    public int calls() {
        return calls.get();
    }

    @Override
    public Answer get(URI uri, Map<String, String> headers, Deadline deadline) {
        calls.incrementAndGet();
        var document = documents.get(uri);
        if (document == null) {
            throw new OutboundRefused(OutboundRefused.Reason.UNREACHABLE, "nobody answers there");
        }
        return new Answer(200, Map.of(), document.getBytes(StandardCharsets.UTF_8));
    }

    @Override
    public Answer post(URI uri, Map<String, String> headers, byte[] body, Deadline deadline) {
        throw new OutboundRefused(OutboundRefused.Reason.UNREACHABLE, "nobody answers there");
    }
}
