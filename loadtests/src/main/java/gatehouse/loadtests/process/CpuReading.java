package gatehouse.loadtests.process;

import java.time.Duration;

/**
 * CPU time of the parties of a measurement, at one instant or over one window.
 *
 * @param server  the server under load
 * @param stores  databases and caches behind it
 * @param driver  this process
 * @param machine everything that ran on the machine, time taken by the hypervisor included
 */
public record CpuReading(Duration server, Duration stores, Duration driver, Duration machine) {

    public static final CpuReading NONE =
        new CpuReading(Duration.ZERO, Duration.ZERO, Duration.ZERO, Duration.ZERO);

    public CpuReading minus(CpuReading earlier) {
        return new CpuReading(server.minus(earlier.server), stores.minus(earlier.stores),
            driver.minus(earlier.driver), machine.minus(earlier.machine));
    }

    public CpuReading plus(CpuReading other) {
        return new CpuReading(server.plus(other.server), stores.plus(other.stores),
            driver.plus(other.driver), machine.plus(other.machine));
    }

    /** CPU time of processes that have no part in the measurement; not negative despite coarse ticks. */
    public Duration neighbours() {
        var rest = machine.minus(server).minus(stores).minus(driver);
        return rest.isNegative() ? Duration.ZERO : rest;
    }
}
