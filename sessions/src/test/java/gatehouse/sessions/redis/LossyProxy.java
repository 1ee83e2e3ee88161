package gatehouse.sessions.redis;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Predicate;

/** A TCP relay before Redis that can lose the answer to a script, and the connection with it. */
final class LossyProxy implements AutoCloseable {

    private final ServerSocket listening;
    private final int target;
    private final List<Socket> open = new CopyOnWriteArrayList<>();
    private final AtomicBoolean losesNext = new AtomicBoolean();

    LossyProxy(URI server) {
        target = server.getPort();
        try {
            listening = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
        Thread.ofVirtual().start(this::accept);
    }

    URI uri() {
        return URI.create("redis://127.0.0.1:" + listening.getLocalPort());
    }

    /** The next script still arrives; its answer is lost, and its connection with it. */
    void loseNextAnswer() {
        losesNext.set(true);
    }

    private void accept() {
        while (!listening.isClosed()) {
            try {
                var client = listening.accept();
                var server = new Socket(InetAddress.getLoopbackAddress(), target);
                open.addAll(List.of(client, server));
                var loses = new AtomicBoolean();
                Thread.ofVirtual().start(() -> relayCommands(client, server, loses));
                Thread.ofVirtual().start(() -> relayAnswers(server, client, loses));
            } catch (IOException closed) {
                return;
            }
        }
    }

    private void relayCommands(Socket client, Socket server, AtomicBoolean loses) {
        relay(client, server, command -> {
            if (command.contains("EVALSHA") && losesNext.compareAndSet(true, false)) {
                loses.set(true);
            }
            return true;
        });
    }

    private static void relayAnswers(Socket server, Socket client, AtomicBoolean loses) {
        relay(server, client, _ -> !loses.get());
    }

    private static void relay(Socket from, Socket to, Predicate<String> goesOn) {
        var buffer = new byte[64 * 1024];
        try (from; to) {
            for (var read = from.getInputStream().read(buffer); read > 0; read = from.getInputStream().read(buffer)) {
                if (!goesOn.test(new String(buffer, 0, read, StandardCharsets.ISO_8859_1))) {
                    return;
                }
                to.getOutputStream().write(buffer, 0, read);
            }
        } catch (IOException broken) {
            // the other direction notices by itself
        }
    }

    @Override
    public void close() {
        try {
            listening.close();
            for (var socket : open) {
                socket.close();
            }
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }
}
