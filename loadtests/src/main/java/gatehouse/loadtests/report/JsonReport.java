package gatehouse.loadtests.report;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import gatehouse.loadtests.load.Result;
import gatehouse.loadtests.load.Trial;
import java.util.List;

/** The report for programs: every figure, unrounded, with its unit in its name. */
public final class JsonReport {

    private static final ObjectMapper JSON = new ObjectMapper();

    public String write(String environment, List<TargetResult> targets) {
        var root = JsonNodeFactory.instance.objectNode().put("environment", environment);
        var list = root.putArray("targets");
        for (var target : targets) {
            var node = list.addObject().put("name", target.name()).put("algorithm", target.algorithm())
                .put("valid", target.isValid())
                .put("idle_resident_kib", target.idleKibibytes()).put("loaded_resident_kib", target.loadedKibibytes())
                .put("neighbours_cpu_share", target.neighboursShare());
            var journeys = node.putArray("journeys");
            target.results().forEach(result -> journeys.add(result(result)));
        }
        return root.toPrettyString() + "\n";
    }

    private static ObjectNode result(Result result) {
        var node = JSON.createObjectNode().put("journey", result.journey()).put("valid", result.isValid());
        result.sustainablePerSecond().ifPresent(rate -> node.put("sustainable_per_second", rate));
        node.set("saturation", trial(result.saturation()));
        node.set("half", trial(result.half()));
        return node;
    }

    private static ObjectNode trial(Trial trial) {
        var node = JSON.createObjectNode()
            .put("offered_per_second", trial.offeredPerSecond()).put("seconds", trial.length().toNanos() / 1e9)
            .put("succeeded", trial.succeeded()).put("failed", trial.failed()).put("valid", trial.isValid())
            .put("per_second", trial.perSecond()).put("per_server_cpu_second", trial.perServerCpuSecond())
            .put("per_server_and_stores_cpu_second", trial.perTotalCpuSecond())
            .put("server_cpu_seconds", trial.cpu().server().toMillis() / 1e3)
            .put("stores_cpu_seconds", trial.cpu().stores().toMillis() / 1e3)
            .put("driver_cpu_seconds", trial.cpu().driver().toMillis() / 1e3)
            .put("neighbours_cpu_seconds", trial.cpu().neighbours().toMillis() / 1e3)
            .put("resident_kib", trial.residentKibibytes());
        if (trial.latencies().getTotalCount() > 0) {
            var latencies = node.putObject("latency_ms");
            for (var percentile : new double[] {50, 90, 99, 99.9, 100}) {
                latencies.put("p" + String.valueOf(percentile).replaceFirst("\\.0$", ""),
                    trial.percentileMillis(percentile));
            }
        }
        var errors = node.putObject("errors");
        trial.reasons().forEach(errors::put);
        return node;
    }
}
