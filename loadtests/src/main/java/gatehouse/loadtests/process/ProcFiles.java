package gatehouse.loadtests.process;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * The {@code /proc} file system of Linux, read as numbers (proc(5)).
 *
 * <p>A process that ends while it is being read counts as absent, never as an error.
 */
public final class ProcFiles {

    /** Kernel clock ticks per second, as {@code /proc} exports them: a constant of the Linux user interface. */
    private static final long TICKS_PER_SECOND = 100;

    private static final String LISTENING = "0A";

    private final Path root;

    public ProcFiles(Path root) {
        this.root = root;
    }

    /** The machine's own {@code /proc}. */
    public static ProcFiles ofThisMachine() {
        return new ProcFiles(Path.of("/proc"));
    }

    /** User and system time that all threads of {@code pid} have used, those that have ended included. */
    public Optional<Duration> cpuTime(long pid) {
        return stat(pid).map(fields -> ticks(Long.parseLong(fields[11]) + Long.parseLong(fields[12])));
    }

    /** CPU time of children of {@code pid} that have ended and were waited for. */
    Optional<Duration> endedChildrenCpuTime(long pid) {
        return stat(pid).map(fields -> ticks(Long.parseLong(fields[13]) + Long.parseLong(fields[14])));
    }

    /** Resident memory of {@code pid} (VmRSS), in kibibytes. */
    public Optional<Long> residentKibibytes(long pid) {
        return read(root.resolve(pid + "/status")).flatMap(text -> text.lines()
            .filter(line -> line.startsWith("VmRSS:"))
            .map(line -> Long.parseLong(line.replaceAll("\\D+", "")))
            .findFirst());
    }

    /** Time that all processors together have spent at work or taken by the hypervisor, since boot. */
    public Duration machineBusyTime() {
        var line = read(root.resolve("stat")).orElseThrow().lines().findFirst().orElseThrow();
        var f = line.trim().split("\\s+");
        var busy = 0L;
        for (var column : new int[] {1, 2, 3, 6, 7, 8}) { // user nice system irq softirq steal
            busy += Long.parseLong(f[column]);
        }
        return ticks(busy);
    }

    /** {@code pid} and all its descendants that live now. */
    List<Long> tree(long pid) {
        var parents = new ArrayList<long[]>();
        for (var candidate : pids()) {
            stat(candidate).ifPresent(fields -> parents.add(new long[] {candidate, Long.parseLong(fields[1])}));
        }
        var members = new ArrayList<>(List.of(pid));
        for (var at = 0; at < members.size(); at++) {
            var parent = members.get(at);
            parents.stream().filter(p -> p[1] == parent).forEach(p -> members.add(p[0]));
        }
        return members;
    }

    /** The process that listens on a TCP port of this machine; the lowest pid where several share the socket. */
    public Optional<Long> listener(int port) {
        var inodes = new HashSet<String>();
        for (var table : List.of("net/tcp", "net/tcp6")) {
            read(root.resolve(table)).ifPresent(text -> collectInodes(text, port, inodes));
        }
        return inodes.isEmpty()
            ? Optional.empty()
            : pids().stream().sorted().filter(pid -> holdsSocket(pid, inodes)).findFirst();
    }

    private static void collectInodes(String table, int port, Set<String> inodes) {
        var suffix = ":%04X".formatted(port);
        table.lines().skip(1).map(line -> line.trim().split("\\s+"))
            .filter(f -> f.length > 9 && f[1].endsWith(suffix) && f[3].equals(LISTENING))
            .forEach(f -> inodes.add("socket:[" + f[9] + "]"));
    }

    private boolean holdsSocket(long pid, Set<String> sockets) {
        try (DirectoryStream<Path> descriptors = Files.newDirectoryStream(root.resolve(pid + "/fd"))) {
            for (var descriptor : descriptors) {
                if (sockets.contains(target(descriptor))) {
                    return true;
                }
            }
            return false;
        } catch (IOException gone) {
            return false; // ended, or another user's
        }
    }

    private static String target(Path descriptor) {
        try {
            return Files.readSymbolicLink(descriptor).toString();
        } catch (IOException closed) {
            return "";
        }
    }

    private List<Long> pids() {
        try (DirectoryStream<Path> entries = Files.newDirectoryStream(root, "[0-9]*")) {
            var pids = new ArrayList<Long>();
            entries.forEach(entry -> pids.add(Long.parseLong(entry.getFileName().toString())));
            return pids;
        } catch (IOException failure) {
            throw new UncheckedIOException("no /proc: the load driver measures servers on Linux", failure);
        }
    }

    /** Fields of {@code /proc/pid/stat} after the command, which may itself hold spaces and brackets. */
    private Optional<String[]> stat(long pid) {
        return read(root.resolve(pid + "/stat"))
            .map(text -> text.substring(text.lastIndexOf(')') + 2).trim().split(" "));
    }

    private static Duration ticks(long ticks) {
        return Duration.ofMillis(ticks * 1000 / TICKS_PER_SECOND);
    }

    private static Optional<String> read(Path file) {
        try {
            return Optional.of(Files.readString(file));
        } catch (IOException gone) {
            return Optional.empty(); // the process ended before the open, or between open and read
        }
    }
}
