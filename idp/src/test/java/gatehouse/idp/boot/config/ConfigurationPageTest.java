package gatehouse.idp.boot.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class ConfigurationPageTest {

    private static final Path PAGE = Path.of("docs/configuration.md");

    private static final String HEAD = """
            # Configuration

            One YAML file (`serve --config FILE`), then environment variables, which win: `redis.command-timeout` is
            `GATEHOUSE_REDIS_COMMAND_TIMEOUT`. A key that does not exist, or a bad value, stops the start with its line.
            A secret is its text, or `file:` and a path. Durations are `500ms`, `10s`, `5m`, `12h`, `90d`.

            This page is what `./gatehouse config --explain --markdown` prints.

            """;

    @Test
    void pageSaysWhatTheRecordsSay() throws IOException {
        var expected = HEAD + ConfigExplanation.markdown();
        if (Boolean.getBoolean("gatehouse.write-docs")) {
            Files.createDirectories(PAGE.getParent());
            Files.writeString(PAGE, expected);
        }

        assertThat(PAGE).as("write it anew with -Dgatehouse.write-docs=true").hasContent(expected);
    }
}
