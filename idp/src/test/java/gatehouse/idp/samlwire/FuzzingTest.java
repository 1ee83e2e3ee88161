package gatehouse.idp.samlwire;

import static org.assertj.core.api.Assertions.assertThat;

import gatehouse.idp.upstream.saml.corpus.ConformingCorpus;
import gatehouse.idp.upstream.saml.corpus.HostileCorpus;
import gatehouse.idp.upstream.saml.corpus.Scene;
import java.io.IOException;
import java.net.URI;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Jazzer looks for octets that make a reader fail otherwise than by refusing, some seconds for each reader
 * ({@code -Dgatehouse.fuzz.seconds}), beginning with the corpus. It runs in a process of its own, which it may instrument;
 * a finding is in its output, with the octets.
 */
class FuzzingTest {

    private static final int SECONDS = Integer.getInteger("gatehouse.fuzz.seconds", 5);
    private static final String INSTRUMENTED = "gatehouse.idp.samlwire.**:com.ctc.wstx.**";
    /** For the start of a process that instruments what it loads, on a busy machine. */
    private static final Duration PATIENCE = Duration.ofMinutes(2);

    @TempDir
    private Path folder;

    @ParameterizedTest
    @ValueSource(classes = {MessageFuzzer.class, MetadataFuzzer.class, RedirectFuzzer.class})
    void readerRefusesWhatItCannotRead(Class<?> target) throws IOException, InterruptedException {
        var seeds = Files.createDirectory(folder.resolve("seeds"));
        seed(target, seeds);
        var output = folder.resolve("output");
        var command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-Xmx512m", "-XX:TieredStopAtLevel=1",
                "--enable-native-access=ALL-UNNAMED", "--sun-misc-unsafe-memory-access=allow",
                "-XX:+EnableDynamicAgentLoading", "-cp", classPath(), "com.code_intelligence.jazzer.Jazzer",
                "--target_class=" + target.getName(),
                "--instrumentation_includes=" + INSTRUMENTED, "--custom_hook_includes=" + INSTRUMENTED,
                "--reproducer_path=" + folder, "-artifact_prefix=" + folder + "/", "-max_total_time=" + SECONDS,
                "-timeout=60", "-max_len=65536", "-seed=" + 20261120, seeds.toString()));
        var process = new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(output.toFile()).start();
        try {
            assertThat(process.waitFor(PATIENCE.plusSeconds(SECONDS).toSeconds(), TimeUnit.SECONDS)).isTrue();
        } finally {
            process.destroyForcibly();
        }

        var said = Files.readString(output, StandardCharsets.ISO_8859_1);
        assertThat(process.exitValue()).as(said).isZero();
        assertThat(said).contains("DONE");
    }

    private static void seed(Class<?> target, Path folder) throws IOException {
        var seeds = target == MetadataFuzzer.class ? metadata() : target == RedirectFuzzer.class ? queries() : messages();
        int number = 0;
        for (var seed : seeds.toList()) {
            if (seed.length <= 32_768) {
                Files.write(folder.resolve(Integer.toString(number++)), seed);
            }
        }
    }

    private static Stream<byte[]> messages() {
        var us = TestCredentials.US.keys().getPublic();
        return Stream.concat(
                ConformingCorpus.all().stream().filter(variant -> variant.name().hashCode() % 3 == 0)
                        .map(variant -> variant.message().apply(scene(us))),
                HostileCorpus.all().stream().filter(forgery -> forgery.name().hashCode() % 30 == 0)
                        .map(forgery -> forgery.message().apply(scene(us))));
    }

    private static Scene scene(java.security.PublicKey us) {
        return new Scene(new FakeSamlIdp("https://login.example/sp", "https://login.example/acs", "_r", Instant.now()), us,
                "http://127.0.0.1:1");
    }

    private static Stream<byte[]> metadata() {
        var certificates = List.of(TestCredentials.IDP.certificate());
        return Stream.of(
                MetadataWriter.identityProvider("https://idp.example", "https://idp.example/sso", "https://idp.example/slo",
                        certificates),
                MetadataWriter.serviceProvider(new MetadataWriter.SpRole("https://sp.example",
                        List.of(new MetadataWriter.AcsEndpoint(PostBinding.URN, "https://sp.example/acs")),
                        "https://sp.example/slo", certificates, certificates,
                        MetadataWriter.SpRole.USUAL_FORMATS, true)),
                "<md:EntitiesDescriptor xmlns:md=\"urn:oasis:names:tc:SAML:2.0:metadata\" validUntil=\"2027-01-01T00:00:00Z\""
                        + " cacheDuration=\"PT1H\"><md:EntityDescriptor entityID=\"x\"/></md:EntitiesDescriptor>",
                "<!doctype html><html><p>Sign in", Certificates.pem(TestCredentials.IDP.certificate()))
                .map(text -> text.getBytes(StandardCharsets.UTF_8));
    }

    private static Stream<byte[]> queries() {
        var wire = new SamlWire(new SamlCrypto(Optional.empty()), Instant::now);
        var key = TestCredentials.STRANGER.keys().getPrivate();
        return Stream.of("<x/>", "<a>" + "b".repeat(500) + "</a>").flatMap(xml -> Stream.of(
                wire.redirectBinding().encode("https://x.example", "SAMLRequest", xml, Optional.of("state")),
                wire.redirectBinding().encodeSigned("https://x.example", "SAMLRequest", xml, Optional.of("s"), key)))
                .map(url -> URI.create(url).getRawQuery().getBytes(StandardCharsets.US_ASCII));
    }

    /** The class path of this test, however it was started. */
    private static String classPath() {
        if (FuzzingTest.class.getClassLoader() instanceof URLClassLoader loader) {
            return Stream.of(loader.getURLs()).map(URL::getPath).collect(Collectors.joining(":"));
        }
        return System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"));
    }
}
