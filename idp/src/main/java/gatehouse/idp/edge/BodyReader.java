package gatehouse.idp.edge;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerRequest;
import java.util.function.Consumer;

/** Reads a body up to a limit; what comes after it is thrown away as it arrives. */
final class BodyReader {

    private BodyReader() {}

    static void read(HttpServerRequest wire, int bytesMax, Consumer<byte[]> whole, Runnable tooLarge) {
        var announced = wire.getHeader("content-length");
        if (announced != null && announced.length() > 9) {
            tooLarge.run();
            return;
        }
        var body = Buffer.buffer();
        var over = new boolean[1];
        wire.handler(part -> {
            if (over[0]) {
                return;
            }
            if (body.length() + part.length() > bytesMax) {
                over[0] = true;
                tooLarge.run();
                return;
            }
            body.appendBuffer(part);
        });
        wire.endHandler(_ -> {
            if (!over[0]) {
                whole.accept(body.getBytes());
            }
        });
    }
}
