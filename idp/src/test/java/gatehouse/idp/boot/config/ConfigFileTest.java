package gatehouse.idp.boot.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ConfigFileTest {

    private static ServerConfig read(String yaml) {
        return ConfigFile.read("gatehouse.yaml", yaml, Map.of());
    }

    @Test
    void emptyFileGivesTheDefaults() {
        assertThat(read("")).isEqualTo(ServerConfig.DEFAULTS);
        assertThat(read("# nothing\n")).isEqualTo(ServerConfig.DEFAULTS);
    }

    @Test
    void everyKeyCanBeSetToAnotherValue() {
        var read = read("""
                public-url: https://sso.example
                master-key: AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8=
                listen: {host: 0.0.0.0, port: 9000, trusted-proxies: [10.0.0.1], requests-max: 5, body-bytes-max: 2048, large-body-bytes-max: 4096}
                database: {url: "jdbc:postgresql://db/x", user: u, password: p, pool-size: 3, connect-timeout: 1s}
                redis: {uri: "rediss://r:1", user: ru, password: rp, command-timeout: 250ms}
                keys: {rotate-every: 30d, publish-ahead: 48h, rsa-bits: 3072, saml-rotate-every: 365d, saml-publish-ahead: 60d,
                  saml-overlap: 10d}
                outbound: {allow-private-addresses: true, allow-http: true, ca-file: /ca.pem, dns-resolvers: ["10.0.0.53", "[::1]:5353"], dns-port: 5353}
                providers: {folder: /p, settings: {provider.events-listener.x.file: /f}}
                budgets: {login-interactive: 2s, saml-acs: 2s, oidc-callback: 2s, token: 400ms, introspect: 90ms, jwks: 40ms, logout: 400ms, admin: 4s, session-check: 400ms}
                attempts: {keep: 7d, keep-messages: 1d, per-minute: 5, per-connection: 500, messages-per-connection: 7}
                logging: {format: text, level: debug}
                """);

        assertThat(read.publicUrl()).isEqualTo("https://sso.example");
        assertThat(read.masterKeyBytes()).hasSize(32);
        assertThat(read.listen()).isEqualTo(new ServerConfig.Listen("0.0.0.0", 9000, List.of("10.0.0.1"), 5, 2048, 4096));
        assertThat(read.database()).isEqualTo(new ServerConfig.Database("jdbc:postgresql://db/x", "u", new Secret("p"), 3, Duration.ofSeconds(1)));
        assertThat(read.redis()).isEqualTo(new ServerConfig.Redis(URI.create("rediss://r:1"), "ru", new Secret("rp"), Duration.ofMillis(250)));
        assertThat(read.keys()).isEqualTo(new ServerConfig.Keys(Duration.ofDays(30), Duration.ofHours(48), 3072,
                Duration.ofDays(365), Duration.ofDays(60), Duration.ofDays(10)));
        assertThat(read.outbound()).isEqualTo(new ServerConfig.Outbound(true, true, "/ca.pem",
                List.of("10.0.0.53", "[::1]:5353"), 5353));
        assertThat(read.providers().folder()).isEqualTo("/p");
        assertThat(read.budgets().token()).isEqualTo(Duration.ofMillis(400));
        assertThat(read.logging()).isEqualTo(new ServerConfig.Logging("text", "debug"));
        for (var key : ConfigKeys.of(ServerConfig.DEFAULTS)) {
            var same = ConfigKeys.of(read).stream().filter(other -> other.path().equals(key.path())).findFirst().orElseThrow();
            assertThat(same.defaultValue()).as(key.path()).isNotEqualTo(key.defaultValue());
        }
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            databse: {}                            | gatehouse.yaml:1: unknown key "databse", did you mean "database"?
            redis: {command-timout: 1s}            | unknown key "redis.command-timout", did you mean "redis.command-timeout"?
            redis: {command-timeout: soon}         | redis.command-timeout must be a number and a unit
            redis: {uri: "http://r"}               | redis.uri must start with redis://
            listen: {port: many}                   | listen.port must be a whole number
            listen: {port: 70000}                  | listen.port must be 0..65535
            public-url: "https://sso.example/"     | public-url must have no trailing slash
            public-url: "http://sso.example"       | public-url must be https, except on localhost
            public-url: "https://sso.example/idp"  | public-url must have no path
            outbound: {dns-port: 0}                | outbound.dns-port must be 1..65535
            outbound: {dns-resolvers: [dns.example]} | outbound.dns-resolvers must be addresses
            keys: {rsa-bits: 1024}                 | keys.rsa-bits must be 2048, 3072 or 4096
            keys: {publish-ahead: 1h}              | keys.publish-ahead must be at least 24h
            database: {pool-size: 0}               | database.pool-size must be 1..100
            database: text                         | database must be keys and values
            logging: {level: loud}                 | logging.level must be error
            budgets: {token: 1ms}                  | a budget lies between 10 ms and 60 s
            outbound: {allow-http: 'yes'}          | outbound.allow-http must be true or false
            """)
    void badValueStopsTheStartAndSaysWhere(String yaml, String problem) {
        assertThatThrownBy(() -> read(yaml))
                .isInstanceOf(InvalidConfig.class)
                .hasMessageContaining(problem)
                .hasMessageContaining("gatehouse.yaml:1");
    }

    @Test
    void keyGivenTwiceIsRefused() {
        assertThatThrownBy(() -> read("redis: {user: a}\nredis: {user: b}\n")).isInstanceOf(InvalidConfig.class);
    }

    @Test
    void environmentWinsOverTheFile() {
        var read = ConfigFile.read("f", "redis: {user: file}", Map.of("GATEHOUSE_REDIS_USER", "environment", "PATH", "/bin"));

        assertThat(read.redis().user()).isEqualTo("environment");
    }

    @Test
    void unknownEnvironmentVariableIsRefusedWithASuggestion() {
        assertThatThrownBy(() -> ConfigFile.read("f", "", Map.of("GATEHOUSE_REDIS_USR", "x")))
                .hasMessage("unknown environment variable \"GATEHOUSE_REDIS_USR\", did you mean \"GATEHOUSE_REDIS_USER\"?");
    }

    @Test
    void secretComesFromAFileAndIsNeverPrinted(@TempDir Path folder) throws IOException {
        var file = Files.writeString(folder.resolve("password"), "s3cret\n");

        var read = read("database: {password: \"file:" + file + "\"}");

        assertThat(read.database().password().value()).isEqualTo("s3cret");
        assertThat(read.toString()).doesNotContain("s3cret");
        assertThatThrownBy(() -> read("database: {password: \"file:/does/not/exist\"}")).hasMessageContaining("secret file");
    }

    @Test
    void masterKeyMustBe32BytesOfBase64() {
        assertThatThrownBy(() -> read("").masterKeyBytes()).hasMessageContaining("openssl rand -base64 32");
        assertThatThrownBy(() -> read("master-key: c2hvcnQ=").masterKeyBytes()).hasMessageContaining("32 bytes");
        assertThatThrownBy(() -> read("master-key: '!!!'").masterKeyBytes()).hasMessageContaining("32 bytes");
    }

    @Test
    void explanationNamesEveryKey() {
        assertThat(ConfigExplanation.text()).contains(
                ConfigKeys.of(ServerConfig.DEFAULTS).stream().map(ConfigKeys.Key::path).toArray(String[]::new));
    }
}
