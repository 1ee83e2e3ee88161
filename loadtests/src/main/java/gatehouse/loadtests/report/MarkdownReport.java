package gatehouse.loadtests.report;

import gatehouse.loadtests.load.Result;
import gatehouse.loadtests.load.Trial;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;

/** The report for people: cost of each journey side by side, then every figure behind it. */
public final class MarkdownReport {

    private static final String NOTES = """

        Per server-CPU-second: journeys that ended well, divided by the CPU time of the server's own process, under
        as much load as it carries. With stores: the CPU time of its database and cache added. p50 and p99 count
        from the instant the clock said a journey should start, at half of the rate that the server sustains.
        Others: CPU time of the machine that went to neither server, stores nor driver; figures taken beside busy
        neighbours are too low. A row with more than 0.1 % errors is invalid and says nothing.
        """;

    /** @param environment one line about the machine and the moment */
    public String write(String environment, List<TargetResult> targets) {
        var text = new StringBuilder("# Load test\n\n").append(environment).append("\n\n");
        summary(text, targets);
        for (var target : targets) {
            details(text, target);
        }
        return text.append(NOTES).toString();
    }

    private static void summary(StringBuilder text, List<TargetResult> targets) {
        text.append("## Journeys per server-CPU-second\n\n| journey | ")
            .append(targets.stream().map(TargetResult::heading).collect(Collectors.joining(" | ")))
            .append(" |\n|---|").append("---:|".repeat(targets.size())).append('\n');
        targets.stream().flatMap(target -> target.results().stream()).map(Result::journey).distinct()
            .forEach(journey -> text.append("| ").append(journey).append(" | ")
                .append(targets.stream().map(target -> cost(target, journey)).collect(Collectors.joining(" | ")))
                .append(" |\n"));
        text.append("| memory idle / under load, MB | ").append(targets.stream()
            .map(t -> megabytes(t.idleKibibytes()) + " / " + megabytes(t.loadedKibibytes()))
            .collect(Collectors.joining(" | "))).append(" |\n");
    }

    private static String cost(TargetResult target, String journey) {
        Optional<Result> result = target.results().stream().filter(r -> r.journey().equals(journey)).findFirst();
        return result.map(r -> r.isValid() ? number(r.saturation().perServerCpuSecond()) : "invalid").orElse("–");
    }

    private static void details(StringBuilder text, TargetResult target) {
        text.append("\n## ").append(target.heading()).append("\n\n")
            .append("| journey | saturation /s | per server-CPU-s | with stores | sustained /s | at half /s ")
            .append("| p50 ms | p99 ms | errors | others |\n|---|").append("---:|".repeat(9)).append('\n');
        target.results().forEach(result -> text.append(row(result)));
        text.append('\n');
        target.results().forEach(result -> errors(text, result));
    }

    private static String row(Result result) {
        var most = result.saturation();
        var half = result.half();
        return String.join(" | ", "| " + result.journey() + (result.isValid() ? "" : " **invalid**"),
            number(most.perSecond()), number(most.perServerCpuSecond()), number(most.perTotalCpuSecond()),
            result.sustainablePerSecond().isPresent() ? number(result.sustainablePerSecond().getAsDouble()) : "–",
            number(half.offeredPerSecond()), millis(half, 50), millis(half, 99),
            percent(Math.max(most.errorShare(), half.errorShare()), 3), percent(others(most), 0)) + " |\n";
    }

    private static void errors(StringBuilder text, Result result) {
        for (var trial : List.of(result.saturation(), result.half())) {
            trial.reasons().forEach((reason, count) -> text.append("- ").append(result.journey()).append(": ")
                .append(count).append(" × ").append(reason.replaceAll("[\\p{Cntrl}|`<>]", " ")).append('\n'));
        }
    }

    private static double others(Trial trial) {
        var machine = trial.cpu().machine().toMillis();
        return machine == 0 ? 0 : (double) trial.cpu().neighbours().toMillis() / machine;
    }

    private static String millis(Trial trial, double percentile) {
        return trial.latencies().getTotalCount() == 0 ? "–"
            : String.format(Locale.ROOT, "%.1f", trial.percentileMillis(percentile));
    }

    private static String number(double value) {
        return value == 0 ? "–" : String.format(Locale.ROOT, value < 100 ? "%.1f" : "%,.0f", value).replace(',', ' ');
    }

    private static String percent(double share, int digits) {
        return String.format(Locale.ROOT, "%." + digits + "f %%", share * 100);
    }

    private static String megabytes(long kibibytes) {
        return kibibytes == 0 ? "–" : String.valueOf(kibibytes / 1024);
    }
}
