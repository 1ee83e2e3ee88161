package gatehouse.loadtests.report;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import gatehouse.loadtests.load.Result;
import gatehouse.loadtests.load.Trial;
import gatehouse.loadtests.process.CpuReading;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import org.HdrHistogram.Histogram;
import org.junit.jupiter.api.Test;

class ReportTest {

    private static final CpuReading CPU = new CpuReading(Duration.ofSeconds(5), Duration.ofSeconds(5),
        Duration.ofSeconds(4), Duration.ofSeconds(16));

    private final Result good = new Result("refresh", trial(0, 50_000, 50, Map.of("status 503", 50L)),
        OptionalDouble.of(4_500), trial(2_250, 22_500, 0, Map.of()));
    private final Result bad = new Result("introspection", trial(0, 1_000, 2, Map.of("a | b\n<c>", 2L)),
        OptionalDouble.empty(), trial(50, 500, 0, Map.of()));
    private final List<TargetResult> targets = List.of(
        new TargetResult("Ours", "ES256", 204_800, List.of(good, bad)),
        new TargetResult("Theirs", "", 0, List.of(good)));

    @Test
    void theTableSetsTargetsSideBySide() {
        var text = new MarkdownReport().write("2 processors.", targets);

        assertThat(text)
            .contains("| journey | Ours ES256 | Theirs |\n|---|---:|---:|\n")
            .contains("| refresh | 10 000 | 10 000 |\n")
            .contains("| introspection | invalid | – |\n")
            .contains("| memory idle / under load, MB | 200 / 292 | – / 292 |\n")
            .contains("| refresh | 5 000 | 10 000 | 5 000 | 4 500 | 2 250 | 2.0 | 2.0 | 0.100 % | 13 % |\n");
    }

    @Test
    void aReasonCannotBreakTheTable() {
        assertThat(new MarkdownReport().write("x", targets)).contains("- introspection: 2 × a   b  c ");
    }

    @Test
    void moreThanOneErrorInAThousandMakesARowInvalid() {
        assertThat(good.isValid()).isTrue();
        assertThat(bad.isValid()).isFalse();
        assertThat(targets.get(0).isValid()).isFalse();
        assertThat(targets.get(1).isValid()).isTrue();
        assertThat(new TargetResult("Nobody", "", 0, List.of()).isValid()).isFalse();
    }

    @Test
    void programsReadEveryFigure() throws Exception {
        var json = new ObjectMapper().readTree(new JsonReport().write("2 processors.", targets));
        var journey = json.at("/targets/0/journeys/0");

        assertThat(journey.at("/saturation/per_server_cpu_second").asDouble()).isEqualTo(10_000);
        assertThat(journey.at("/saturation/neighbours_cpu_seconds").asDouble()).isEqualTo(2);
        assertThat(journey.at("/half/latency_ms/p99").asDouble()).isBetween(1.9, 2.1);
        assertThat(journey.at("/saturation/errors/status 503").asLong()).isEqualTo(50);
        assertThat(json.at("/targets/0/journeys/1/valid").asBoolean()).isFalse();
    }

    private static Trial trial(double offered, long succeeded, long failed, Map<String, Long> reasons) {
        var latencies = new Histogram(3);
        latencies.recordValueWithCount(2_000, succeeded);
        return new Trial(offered, Duration.ofSeconds(10), succeeded, failed, latencies, CPU, 300_000, reasons);
    }
}
