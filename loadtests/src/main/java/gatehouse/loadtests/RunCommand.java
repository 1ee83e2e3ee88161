package gatehouse.loadtests;

import gatehouse.loadtests.target.TargetFile;
import io.vertx.core.Vertx;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Drives the provider of one properties file. */
@Command(name = "run", mixinStandardHelpOptions = true, description = "Drives the provider of a properties file.")
final class RunCommand implements Callable<Integer> {

    @Option(names = "--properties", required = true, paramLabel = "FILE", description = "The provider to drive.")
    private Path properties;

    @Option(names = "--scenario", paramLabel = "NAME", split = ",",
        description = "Only this journey; may be repeated. Without it, all that the file allows.")
    private List<String> scenarios = List.of();

    @Option(names = "--set", paramLabel = "KEY=VALUE", description = "Overrides a key of the file; may be repeated.")
    private Map<String, String> overrides = Map.of();

    @Option(names = "--out", paramLabel = "FILE", description = "Markdown report; JSON is written beside it.")
    private Optional<Path> out = Optional.empty();

    @Mixin
    private Lengths lengths;

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() {
        var target = TargetFile.read(properties, overrides);
        var terminal = spec.commandLine().getOut();
        var vertx = Vertx.vertx();
        try {
            var result = new Session(vertx, lengths.plan(), terminal).run(target, scenarios);
            return new Output(InstantSource.system(), terminal).write(List.of(result), out);
        } finally {
            vertx.close().toCompletionStage().toCompletableFuture().join();
        }
    }
}
