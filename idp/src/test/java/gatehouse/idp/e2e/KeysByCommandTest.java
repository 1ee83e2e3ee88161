package gatehouse.idp.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import gatehouse.idp.boot.Server;
import gatehouse.idp.boot.Server.KeyTurn;
import gatehouse.idp.boot.command.KeysCommand;
import gatehouse.idp.boot.config.ConfigFile;
import gatehouse.idp.boot.config.Overrides;
import gatehouse.idp.boot.config.ServerConfig;
import gatehouse.idp.boot.embedded.EmbeddedStores;
import gatehouse.idp.keys.KeyRotator.KeyView;
import gatehouse.idp.keys.RotationRefused;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;

/** {@code gatehouse keys}: on the stores themselves, without a running server. */
class KeysByCommandTest {

    private static Path folder;
    private static EmbeddedStores stores;
    private static ServerConfig config;

    @BeforeAll
    static void start() throws IOException {
        folder = Files.createTempDirectory("gatehouse-keys");
        stores = EmbeddedStores.start(folder);
        config = Overrides.embedded(Overrides.development(ConfigFile.read(Map.of()), 8080), stores);
    }

    @AfterAll
    static void stop() {
        stores.close();
        EmbeddedStores.wipe(folder);
    }

    private static List<KeyView> keys(KeyTurn... turn) {
        return Server.keys(config, "main", List.of(turn).stream().findFirst());
    }

    private static List<String> signers(List<KeyView> keys, String state) {
        return keys.stream().filter(key -> key.use().equals("saml-signing") && key.state().equals(state))
                .map(KeyView::kid).toList();
    }

    @Test
    void samlKeysArePreparedRefusedAndTurned() {
        var first = signers(keys(), "current");
        var prepared = signers(keys(KeyTurn.SAML_PREPARED), "next");
        assertThat(prepared).hasSize(1);
        assertThatThrownBy(() -> keys(KeyTurn.SAML_ROTATED)).isInstanceOf(RotationRefused.class)
                .hasMessageContaining("may not have taken it in");
        assertThat(signers(keys(), "current")).isEqualTo(first);
        var turned = keys(KeyTurn.SAML_ROTATED_UNPREPARED);
        assertThat(signers(turned, "current")).isEqualTo(prepared);
        assertThat(signers(turned, "previous")).isEqualTo(first);
    }

    @Test
    void actionsThatDoNotGoTogetherAreRefused() {
        for (var arguments : List.of(List.of("prepare"), List.of("rotate", "--unprepared"),
                List.of("list", "--saml", "--unprepared"), List.of("destroy"))) {
            var command = new CommandLine(new KeysCommand());
            var said = new StringWriter();
            command.setErr(new PrintWriter(said, true));
            var all = new ArrayList<>(arguments);
            all.addAll(List.of("--config", "gatehouse.yaml"));
            assertThat(command.execute(all.toArray(String[]::new))).as(arguments.toString()).isEqualTo(2);
            assertThat(said.toString()).isNotBlank();
        }
    }
}
