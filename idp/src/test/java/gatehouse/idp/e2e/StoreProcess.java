package gatehouse.idp.e2e;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** The processes of one store, to be frozen and killed. */
final class StoreProcess {

    private final ProcessHandle main;

    private StoreProcess(ProcessHandle main) {
        this.main = main;
    }

    static StoreProcess of(Path pidFile) {
        try {
            var pid = Long.parseLong(Files.readAllLines(pidFile).getFirst().strip());
            return new StoreProcess(ProcessHandle.of(pid).orElseThrow());
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    /** Runs {@code work} while the store accepts connections and answers nothing, then lets it go on. */
    void whileFrozen(Runnable work) {
        signal("STOP", all());
        try {
            work.run();
        } finally {
            signal("CONT", all());
        }
    }

    /** Ends the processes at once, without a farewell. */
    void kill() {
        signal("KILL", all());
        awaitEnd();
    }

    /** Ends a process that serves a link: PostgreSQL then ends the others itself, drops every link and recovers. */
    void killChild() {
        signal("KILL", main.children().filter(StoreProcess::servesLink).limit(1).toList());
    }

    /** The program that runs. */
    String program() {
        return main.info().command().orElseThrow();
    }

    private void awaitEnd() {
        try {
            main.onExit().get(20, TimeUnit.SECONDS);
        } catch (InterruptedException | java.util.concurrent.ExecutionException
                | java.util.concurrent.TimeoutException stuck) {
            throw new AssertionError("the store does not end", stuck);
        }
    }

    private static boolean servesLink(ProcessHandle child) {
        try {
            return Files.readString(Path.of("/proc", Long.toString(child.pid()), "cmdline")).contains("idle");
        } catch (IOException gone) {
            return false;
        }
    }

    private List<ProcessHandle> all() {
        return Stream.concat(Stream.of(main), main.descendants()).toList();
    }

    private static void signal(String name, List<ProcessHandle> processes) {
        var command = new java.util.ArrayList<>(List.of("kill", "-" + name));
        processes.forEach(process -> command.add(Long.toString(process.pid())));
        try {
            var exit = new ProcessBuilder(command).start().waitFor();
            if (exit != 0) {
                throw new AssertionError(command + " answered " + exit);
            }
        } catch (IOException | InterruptedException failed) {
            throw new AssertionError(failed);
        }
    }
}
