package gatehouse.idp.e2e;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import java.util.regex.Pattern;

/** Sends bytes as they are, which no decent client would, and reads what comes back until the connection ends. */
final class RawHttp {

    private static final int PATIENCE_MILLIS = 30_000;

    private static final Pattern LENGTH = Pattern.compile("(?im)^content-length: (\\d+)$");

    private final URI base;

    RawHttp(String base) {
        this.base = URI.create(base);
    }

    /** A request to be: text is sent as ISO 8859-1, so that every byte can be written. */
    record Sent(String method, String target, List<String> headers, String body) {

        static Sent get(String target) {
            return new Sent("GET", target, List.of(), "");
        }

        static Sent form(String target, String body) {
            return new Sent("POST", target, List.of("Content-Type: application/x-www-form-urlencoded"), body);
        }

        Sent with(String header) {
            var more = new ArrayList<>(headers);
            more.add(header);
            return new Sent(method, target, more, body);
        }

        @Override
        public String toString() {
            return method + ' ' + (target.length() > 120 ? target.substring(0, 120) + "…" : target) + ' ' + headers;
        }
    }

    /** The answer; status 0 if the connection ended without one. */
    Answer send(Sent sent) {
        var head = new StringBuilder(sent.method()).append(' ').append(sent.target()).append(" HTTP/1.1\r\n");
        if (sent.headers().stream().noneMatch(header -> header.startsWith("Host:"))) {
            head.append("Host: ").append(base.getAuthority()).append("\r\n");
        }
        head.append("Accept: text/html, application/json\r\nConnection: close\r\n");
        sent.headers().forEach(header -> head.append(header).append("\r\n"));
        var chunked = sent.headers().contains("Transfer-Encoding: chunked");
        var lengthGiven = chunked || sent.headers().stream().anyMatch(header -> header.startsWith("Content-Length:"));
        if (!sent.body().isEmpty() && !lengthGiven) {
            head.append("Content-Length: ").append(sent.body().length()).append("\r\n");
        }
        head.append("\r\n");
        var body = chunked
                ? Integer.toHexString(sent.body().length()) + "\r\n" + sent.body() + "\r\n0\r\n\r\n"
                : sent.body();
        return exchange(sent, (head + body).getBytes(StandardCharsets.ISO_8859_1));
    }

    private Answer exchange(Sent sent, byte[] bytes) {
        var before = System.nanoTime();
        var received = new ByteArrayOutputStream();
        try (var socket = new Socket(InetAddress.getLoopbackAddress(), base.getPort())) {
            socket.setSoTimeout(PATIENCE_MILLIS);
            var writer = Thread.startVirtualThread(() -> {
                try {
                    socket.getOutputStream().write(bytes);
                    socket.getOutputStream().flush();
                } catch (IOException refused) {
                    // The server need not read to the end what it does not want.
                }
            });
            var part = new byte[8192];
            for (int read = socket.getInputStream().read(part); read >= 0; read = socket.getInputStream().read(part)) {
                received.write(part, 0, read);
                if (isWhole(received.toString(StandardCharsets.ISO_8859_1))) {
                    break;
                }
            }
            socket.shutdownOutput();
            writer.join(Duration.ofSeconds(5));
        } catch (java.net.SocketTimeoutException hanging) {
            throw new AssertionError("no answer to " + sent + ", only: " + received, hanging);
        } catch (IOException | InterruptedException reset) {
            // What was received until then is the answer.
        }
        return parse(received.toString(StandardCharsets.UTF_8), Duration.ofNanos(System.nanoTime() - before));
    }

    /** Whether the announced length is there: a server may keep the connection for a body that never comes. */
    private static boolean isWhole(String text) {
        int end = text.indexOf("\r\n\r\n");
        var length = LENGTH.matcher(end < 0 ? "" : text.substring(0, end));
        return length.find() && text.length() - end - 4 >= Integer.parseInt(length.group(1));
    }

    private Answer parse(String text, Duration took) {
        var headers = new TreeMap<String, List<String>>(String.CASE_INSENSITIVE_ORDER);
        int end = text.indexOf("\r\n\r\n");
        if (end < 0) {
            return new Answer(base, 0, headers, text, took);
        }
        var lines = text.substring(0, end).split("\r\n");
        for (int i = 1; i < lines.length; i++) {
            var pair = lines[i].split(": ?", 2);
            headers.computeIfAbsent(pair[0], _ -> new ArrayList<>()).add(pair[1]);
        }
        return new Answer(base, Integer.parseInt(lines[0].split(" ")[1]), headers, text.substring(end + 4), took);
    }
}
