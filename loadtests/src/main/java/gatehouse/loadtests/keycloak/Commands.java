package gatehouse.loadtests.keycloak;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** Runs programs of the machine, their output in a file. */
final class Commands {

    private Commands() {
    }

    /** @throws IllegalStateException with the end of the output if the program fails or takes too long */
    static void run(List<String> command, Map<String, String> environment, Path log, Duration atMost) {
        var process = start(command, environment, log);
        try {
            if (!process.waitFor(atMost.toMillis(), TimeUnit.MILLISECONDS)) {
                stop(process);
                throw failed(command, log, "took longer than " + atMost);
            }
        } catch (InterruptedException interrupted) {
            stop(process);
            Thread.currentThread().interrupt();
            throw failed(command, log, "was interrupted");
        }
        if (process.exitValue() != 0) {
            throw failed(command, log, "ended with " + process.exitValue());
        }
    }

    static Process start(List<String> command, Map<String, String> environment, Path log) {
        try {
            Files.createDirectories(log.getParent());
            var builder = new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(log.toFile());
            builder.environment().putAll(environment);
            return builder.start();
        } catch (IOException failure) {
            throw new UncheckedIOException("cannot run " + command.getFirst(), failure);
        }
    }

    /** Ends a process and what it started; by force after some seconds. */
    static void stop(Process process) {
        var all = process.descendants().toList();
        process.destroy();
        try {
            if (!process.waitFor(15, TimeUnit.SECONDS)) {
                process.destroyForcibly();
            }
        } catch (InterruptedException interrupted) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
        all.forEach(ProcessHandle::destroyForcibly);
    }

    static IllegalStateException failed(List<String> command, Path log, String why) {
        return new IllegalStateException(String.join(" ", command) + " " + why + ":\n" + end(log));
    }

    private static String end(Path log) {
        try {
            var lines = Files.readAllLines(log);
            return String.join("\n", lines.subList(Math.max(0, lines.size() - 30), lines.size()));
        } catch (IOException unreadable) {
            return "(no output)";
        }
    }
}
