package gatehouse.loadtests;

import gatehouse.loadtests.report.JsonReport;
import gatehouse.loadtests.report.MarkdownReport;
import gatehouse.loadtests.report.TargetResult;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;

/** Writes the reports: Markdown where asked, JSON beside it, and the table on the terminal. */
final class Output {

    private static final int VALID = 0;
    private static final int INVALID = 1;

    private final InstantSource clock;
    private final PrintWriter terminal;

    Output(InstantSource clock, PrintWriter terminal) {
        this.clock = clock;
        this.terminal = terminal;
    }

    /** @return the exit code: 1 if any row is invalid */
    int write(List<TargetResult> results, Optional<Path> file) {
        var environment = "%s, %d processors, %s, %s.".formatted(clock.instant().truncatedTo(ChronoUnit.MINUTES),
            Runtime.getRuntime().availableProcessors(), System.getProperty("os.arch"), "Java " + Runtime.version());
        var markdown = new MarkdownReport().write(environment, results);
        terminal.println(markdown);
        terminal.flush();
        file.ifPresent(path -> {
            save(path, markdown);
            save(jsonBeside(path), new JsonReport().write(environment, results));
        });
        return results.stream().allMatch(TargetResult::isValid) ? VALID : INVALID;
    }

    static Path jsonBeside(Path markdown) {
        var name = markdown.getFileName().toString();
        return markdown.resolveSibling(name.replaceFirst("\\.md$", "") + ".json");
    }

    private static void save(Path path, String text) {
        try {
            if (path.getParent() != null) {
                Files.createDirectories(path.getParent());
            }
            Files.writeString(path, text);
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }
}
