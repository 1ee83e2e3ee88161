package gatehouse.loadtests.http;

import io.vertx.core.MultiMap;
import io.vertx.core.buffer.Buffer;

/** A whole HTTP response: status, header fields, body. */
public record Answer(int status, MultiMap headers, Buffer body) {

    /** Refuses any other status; names the server's own {@code error} word where it sent one. */
    public Answer require(int expected) {
        if (status != expected) {
            var word = JsonFields.find(body, "error").map(error -> " " + error).orElse("");
            throw new UnexpectedAnswer("status " + status + word + ", expected " + expected);
        }
        return this;
    }

    public boolean isRedirect() {
        return status >= 301 && status <= 308 && headers.contains("Location");
    }
}
