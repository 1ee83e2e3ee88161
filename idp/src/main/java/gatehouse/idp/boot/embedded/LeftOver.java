package gatehouse.idp.boot.embedded;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;

/** Stops a store that outlived a server which was killed: two of them on one data folder would corrupt it. */
final class LeftOver {

    private LeftOver() {}

    /** @param command what the process's command must contain, lest an innocent bearer of a recycled pid is stopped */
    static void stop(Path pidFile, String command) throws IOException {
        if (!Files.exists(pidFile)) {
            return;
        }
        var firstLine = Files.readAllLines(pidFile).stream().findFirst().orElse("").strip();
        if (!firstLine.matches("\\d{1,9}")) {
            return;
        }
        var process = ProcessHandle.of(Long.parseLong(firstLine))
                .filter(p -> p.info().command().map(c -> c.contains(command)).orElse(false));
        if (process.isEmpty()) {
            return;
        }
        process.get().destroy();
        try {
            process.get().onExit().get(20, TimeUnit.SECONDS);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        } catch (java.util.concurrent.ExecutionException | java.util.concurrent.TimeoutException stuck) {
            throw new IOException("a left-over " + command + " (pid " + firstLine + ") does not stop", stuck);
        }
    }
}
