package gatehouse.loadtests;

import gatehouse.loadtests.http.HttpDriver;
import gatehouse.loadtests.load.ClosedLoop;
import gatehouse.loadtests.load.Journey;
import gatehouse.loadtests.load.Measurement;
import gatehouse.loadtests.load.OpenLoop;
import gatehouse.loadtests.load.Plan;
import gatehouse.loadtests.load.Result;
import gatehouse.loadtests.process.Meter;
import gatehouse.loadtests.process.ProcFiles;
import gatehouse.loadtests.report.TargetResult;
import gatehouse.loadtests.scenario.Journeys;
import gatehouse.loadtests.scenario.Provider;
import gatehouse.loadtests.target.Endpoints;
import gatehouse.loadtests.target.Target;
import gatehouse.loadtests.target.TargetFileError;
import io.vertx.core.Vertx;
import java.io.PrintWriter;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Drives one target through the journeys asked for, one after the other, and collects what they showed. */
final class Session {

    private final Vertx vertx;
    private final Plan plan;
    private final PrintWriter progress;
    private final ProcFiles proc = ProcFiles.ofThisMachine();
    private final Journeys journeys = new Journeys(System::nanoTime);
    /** A server that has already been driven is no longer idle: its first reading stands for all its targets. */
    private final Map<List<Long>, Long> idleByServer = new HashMap<>();

    Session(Vertx vertx, Plan plan, PrintWriter progress) {
        this.vertx = vertx;
        this.plan = plan;
        this.progress = progress;
    }

    /** @param names journeys to run; empty: all that the target file says enough about */
    TargetResult run(Target target, List<String> names) {
        var effort = target.effort();
        var timeout = Duration.ofSeconds(effort.timeoutSeconds());
        var http = new HttpDriver(vertx, effort.connections(), timeout);
        var provider = new Provider(target, Endpoints.discover(http, target.issuer()), http);
        var meter = meter(target);
        var eventLoop = vertx.getOrCreateContext();
        var measurement = new Measurement(new OpenLoop(eventLoop, meter, System::nanoTime, timeout),
            new ClosedLoop(eventLoop, meter, System::nanoTime, timeout), plan);
        var idle = idleByServer.computeIfAbsent(meter.servers(), _ -> meter.serverResidentKibibytes());
        var results = new ArrayList<Result>();
        for (var name : names.isEmpty() ? journeys.possible(provider) : names) {
            say("%s: %s …", target.name(), name);
            var result = measure(measurement, journeys.make(name, provider), target);
            results.add(result);
            say("%s: %s: %.0f/s, %.0f per server-CPU-second, p99 %.1f ms at %.0f/s%s", target.name(), name,
                result.saturation().perSecond(), result.saturation().perServerCpuSecond(),
                result.half().percentileMillis(99), result.half().offeredPerSecond(),
                result.isValid() ? "" : " INVALID " + result.saturation().reasons() + result.half().reasons());
        }
        return new TargetResult(target.name(), target.algorithm().orElse(""), idle, results);
    }

    private static Result measure(Measurement measurement, Journey journey, Target target) {
        try {
            journey.prepare();
        } catch (RuntimeException failure) {
            return Result.impossible(journey.name(), "cannot be prepared: " + HttpDriver.reason(failure));
        }
        var concurrency = target.effort().concurrency();
        var rate = target.rate(journey.name());
        return rate.isPresent()
            ? measurement.at(journey, concurrency, rate.getAsDouble())
            : measurement.find(journey, concurrency);
    }

    private Meter meter(Target target) {
        var named = target.serverPids();
        var servers = named.isEmpty() && target.serverPort().isPresent()
            ? List.of(listener(target.serverPort().getAsInt()))
            : named;
        return new Meter(proc, servers, target.storePorts().stream().map(this::listener).distinct().toList());
    }

    private long listener(int port) {
        return proc.listener(port).orElseThrow(() -> new TargetFileError(
            "no process of this machine, or none that may be looked into, listens on port " + port));
    }

    private void say(String format, Object... values) {
        progress.println(String.format(Locale.ROOT, format, values));
        progress.flush();
    }
}
