package gatehouse.loadtests.process;

import java.time.Duration;
import java.util.List;

/**
 * Reads how much CPU time and memory the server under load, its stores and the rest of the machine use.
 *
 * <p>A server is exactly the processes named, without their children, so that an embedded database is not
 * counted as server; a store is a process with all its descendants, since PostgreSQL forks per connection.
 */
public final class Meter {

    private final ProcFiles proc;
    private final List<Long> servers;
    private final List<Long> stores;

    /**
     * @param servers pids of the server; empty where the server is on another machine: CPU figures are then zero
     * @param stores  pids of databases and caches behind the server
     */
    public Meter(ProcFiles proc, List<Long> servers, List<Long> stores) {
        this.proc = proc;
        this.servers = List.copyOf(servers);
        this.stores = List.copyOf(stores);
    }

    /** CPU time since boot or process start of each party; subtract two readings. */
    public CpuReading cpu() {
        var driver = proc.cpuTime(ProcessHandle.current().pid()).orElse(Duration.ZERO);
        return new CpuReading(serverCpu(), storeCpu(), driver, proc.machineBusyTime());
    }

    /** The server's processes. */
    public List<Long> servers() {
        return servers;
    }

    public Duration serverCpu() {
        return servers.stream().map(pid -> proc.cpuTime(pid).orElseThrow(() -> ended(pid)))
            .reduce(Duration.ZERO, Duration::plus);
    }

    /** Resident memory of the server processes together, in kibibytes. */
    public long serverResidentKibibytes() {
        return servers.stream().mapToLong(pid -> proc.residentKibibytes(pid).orElse(0L)).sum();
    }

    private Duration storeCpu() {
        return stores.stream().flatMap(pid -> proc.tree(pid).stream())
            .map(pid -> proc.cpuTime(pid).orElse(Duration.ZERO)
                .plus(proc.endedChildrenCpuTime(pid).orElse(Duration.ZERO)))
            .reduce(Duration.ZERO, Duration::plus);
    }

    private static IllegalStateException ended(long pid) {
        return new IllegalStateException("the server process " + pid + " has ended");
    }
}
