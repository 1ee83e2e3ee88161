package gatehouse.loadtests;

import gatehouse.loadtests.keycloak.KeycloakDistribution;
import gatehouse.loadtests.keycloak.KeycloakServer;
import gatehouse.loadtests.report.TargetResult;
import gatehouse.loadtests.target.Target;
import gatehouse.loadtests.target.TargetFile;
import gatehouse.loadtests.upstream.Upstream;
import io.vertx.core.Vertx;
import java.net.URI;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Runs the same journeys against a Gatehouse that is up and a Keycloak that it starts, and writes one table. */
@Command(name = "compare", mixinStandardHelpOptions = true,
    description = "Runs the same journeys against Gatehouse and a Keycloak started for it, one after the other.")
final class CompareCommand implements Callable<Integer> {

    @Option(names = "--gatehouse-url", paramLabel = "URL",
        description = "Issuer of a Gatehouse that is up, with gatehouse-compare.yaml applied;"
            + " without it only Keycloak is measured.")
    private Optional<URI> gatehouse = Optional.empty();

    @Option(names = "--gatehouse-properties", paramLabel = "FILE",
        description = "Describes it, where gatehouse-compare.yaml is not applied; may be repeated, a column each.")
    private List<Path> gatehouseFiles = List.of();

    @Option(names = "--set", paramLabel = "KEY=VALUE", description = "Overrides a key of Gatehouse's files.")
    private Map<String, String> overrides = Map.of();

    @Option(names = "--algorithm", split = ",", defaultValue = "ES256,RS256", paramLabel = "ALG",
        description = "Signature algorithms of the tokens, one column each (default: ${DEFAULT-VALUE}).")
    private List<String> algorithms = List.of();

    @Option(names = "--keycloak-port", defaultValue = "18080", paramLabel = "PORT",
        description = "Where Keycloak listens (default: ${DEFAULT-VALUE}).")
    private int keycloakPort;

    @Option(names = "--upstream-port", defaultValue = "18081", paramLabel = "PORT",
        description = "Where the driver's own identity provider listens (default: ${DEFAULT-VALUE}).")
    private int upstreamPort;

    @Option(names = "--work", defaultValue = ".gatehouse/loadtests", paramLabel = "FOLDER",
        description = "Where Keycloak is kept between runs (default: ${DEFAULT-VALUE}).")
    private Path work;

    @Option(names = "--scenario", paramLabel = "NAME", split = ",", description = "Only this journey; repeatable.")
    private List<String> scenarios = List.of();

    @Option(names = "--out", paramLabel = "FILE", description = "Markdown report; JSON is written beside it.")
    private Optional<Path> out = Optional.empty();

    @Mixin
    private Lengths lengths;

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() {
        var terminal = spec.commandLine().getOut();
        var vertx = Vertx.vertx();
        try (var upstream = Upstream.start(vertx, upstreamPort, InstantSource.system())) {
            var session = new Session(vertx, lengths.plan(), terminal);
            var results = new ArrayList<TargetResult>();
            gatehouse.ifPresent(issuer -> results.addAll(measureGatehouse(session, issuer)));
            for (var algorithm : algorithms) {
                results.add(measureKeycloak(session, upstream, algorithm));
            }
            return new Output(InstantSource.system(), terminal).write(results, out);
        } finally {
            vertx.close().toCompletionStage().toCompletableFuture().join();
        }
    }

    private List<TargetResult> measureGatehouse(Session session, URI issuer) {
        var values = new HashMap<String, String>();
        values.put("issuer", issuer.toString());
        values.put("server.port", String.valueOf(issuer.getPort()));
        values.putAll(overrides);
        return gatehouseFiles.isEmpty()
            ? algorithms.stream().map(algorithm -> session.run(prepared(algorithm, values), scenarios)).toList()
            : gatehouseFiles.stream().map(file -> session.run(TargetFile.read(file, values), scenarios)).toList();
    }

    private static Target prepared(String algorithm, Map<String, String> values) {
        var suffix = algorithm.toLowerCase(Locale.ROOT);
        var all = new HashMap<>(Map.of("algorithm", algorithm,
            "service.id", "load-service-" + suffix, "app.id", "load-app-" + suffix));
        all.putAll(values);
        return TargetFile.bundled("gatehouse-compare.properties", all);
    }

    /** A Keycloak of its own for each algorithm, so that none is warmed, or filled, by the one before. */
    private TargetResult measureKeycloak(Session session, Upstream upstream, String algorithm) {
        var terminal = spec.commandLine().getOut();
        var name = "Keycloak " + KeycloakDistribution.VERSION;
        terminal.println(name + " starts …");
        terminal.flush();
        try (var keycloak = KeycloakServer.start(new KeycloakDistribution(work), upstream, keycloakPort)) {
            var suffix = algorithm.toLowerCase(Locale.ROOT);
            return session.run(TargetFile.bundled("keycloak.properties", Map.of(
                "name", name, "algorithm", algorithm,
                "issuer", keycloak.issuer().toString(), "server.port", String.valueOf(keycloak.port()),
                "store.ports", String.valueOf(keycloak.databasePort()),
                "service.id", "service-" + suffix, "app.id", "app-" + suffix)), scenarios);
        }
    }
}
