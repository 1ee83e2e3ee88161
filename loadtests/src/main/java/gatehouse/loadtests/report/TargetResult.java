package gatehouse.loadtests.report;

import gatehouse.loadtests.load.Result;
import gatehouse.loadtests.process.CpuReading;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;

/**
 * Everything measured against one target.
 *
 * @param algorithm     of its access tokens; empty if it was not checked
 * @param idleKibibytes memory of the server before the first journey; 0 where that is not known
 */
public record TargetResult(String name, String algorithm, long idleKibibytes, List<Result> results) {

    public TargetResult {
        results = List.copyOf(results);
    }

    public String heading() {
        return algorithm.isEmpty() ? name : name + " " + algorithm;
    }

    public boolean isValid() {
        return !results.isEmpty() && results.stream().allMatch(Result::isValid);
    }

    /** Most memory seen at the end of any window. */
    public long loadedKibibytes() {
        return results.stream().flatMap(r -> Stream.of(r.saturation(), r.half()))
            .mapToLong(trial -> trial.residentKibibytes()).max().orElse(0);
    }

    /** Share of the machine's working time that went to processes outside the measurement, 0..1. */
    public double neighboursShare() {
        var cpu = results.stream().flatMap(r -> Stream.of(r.saturation().cpu(), r.half().cpu()))
            .reduce(CpuReading.NONE, CpuReading::plus);
        return cpu.machine().equals(Duration.ZERO) ? 0
            : (double) cpu.neighbours().toMillis() / cpu.machine().toMillis();
    }
}
