package gatehouse.spi.hosting;

import gatehouse.spi.host.ProviderReport;
import gatehouse.spi.host.SupportedSpi;
import gatehouse.spi.hosting.doctor.JarDiagnosis;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** Diagnoses and reports as text for people at a terminal. */
public final class ProviderReports {

    private ProviderReports() {
    }

    /** What {@code provider list} prints: the kinds that are hosted, then every jar of the folder. */
    public static String list(List<JarDiagnosis> jars) {
        var text = new StringBuilder("Hosted kinds of Keycloak providers (SPI level " + SupportedSpi.LEVEL + "):\n");
        text.append(table(Arrays.stream(SupportedSpi.values())
                .map(spi -> List.of("  " + spi.spiName(), spi.factoryType())).toList()));
        if (jars.isEmpty()) {
            return text.append("\nNo provider jar is installed.\n").toString();
        }
        for (var jar : jars) {
            text.append('\n').append(check(jar));
        }
        return text.toString();
    }

    /** What {@code provider check} prints: the verdict, the providers, and what was found. */
    public static String check(JarDiagnosis jar) {
        var text = new StringBuilder(jar.jar().getFileName() + ": " + verdict(jar.verdict()) + '\n');
        text.append(table(jar.services().stream().map(service -> List.of(
                "  " + (service.hosted() ? "hosted" : "not hosted"),
                service.spi().substring(service.spi().lastIndexOf('.') + 1),
                service.className())).toList()));
        jar.findings().forEach(finding -> text.append("  - ").append(finding).append('\n'));
        return text.toString();
    }

    /** What became of started providers, one line each. */
    public static String table(List<ProviderReport> report, List<JarDiagnosis> jars) {
        var rows = new ArrayList<>(List.of(List.of("STATUS", "KIND", "ID", "JAR", "REASON")));
        report.forEach(line -> rows.add(
                List.of(line.status().name(), line.spi(), line.id(), line.jar(), line.reason())));
        jars.stream().filter(jar -> jar.verdict() == JarDiagnosis.Verdict.REFUSED).forEach(jar -> rows.add(
                List.of("REFUSED", "-", "-", jar.jar().getFileName().toString(), String.join("; ", jar.findings()))));
        return table(rows);
    }

    private static String verdict(JarDiagnosis.Verdict verdict) {
        return switch (verdict) {
            case LOADED -> "loaded";
            case DEGRADED -> "loaded in part";
            case REFUSED -> "refused";
        };
    }

    private static String table(List<List<String>> rows) {
        if (rows.isEmpty()) {
            return "";
        }
        var widths = IntStream.range(0, rows.getFirst().size())
                .map(column -> rows.stream().mapToInt(row -> row.get(column).length()).max().orElse(0)).toArray();
        return rows.stream()
                .map(row -> IntStream.range(0, row.size())
                        .mapToObj(column -> row.get(column) + " ".repeat(widths[column] - row.get(column).length()))
                        .collect(Collectors.joining("  ")).stripTrailing())
                .collect(Collectors.joining("\n", "", "\n"));
    }
}
