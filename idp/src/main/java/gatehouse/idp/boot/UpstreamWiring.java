package gatehouse.idp.boot;

import gatehouse.idp.edge.OutboundConfig;
import gatehouse.idp.edge.OutboundHttp;
import gatehouse.idp.http.HttpCaller;
import gatehouse.idp.samlwire.SamlCrypto;
import gatehouse.idp.samlwire.SamlWire;
import gatehouse.idp.slo.Stage;
import gatehouse.idp.slo.Stages;
import gatehouse.idp.sql.attempt.SqlAttempts;
import gatehouse.idp.tenancy.Connection;
import gatehouse.idp.upstream.ConnectorType;
import gatehouse.idp.upstream.Connectors;
import gatehouse.idp.upstream.OpenConnectors;
import gatehouse.idp.upstream.oidc.OidcConnectorType;
import gatehouse.idp.upstream.oidc.OidcPublishedMetadata;
import gatehouse.idp.upstream.saml.SamlConnectorType;
import gatehouse.idp.upstream.saml.SamlPublishedMetadata;
import gatehouse.idp.upstream.xray.AttemptRecorder;
import gatehouse.idp.upstream.xray.AttemptReplay;
import gatehouse.idp.upstream.xray.AttemptWriter;
import gatehouse.idp.upstream.xray.Message;
import gatehouse.idp.upstream.xray.Outline;
import gatehouse.idp.watch.Watch;
import gatehouse.spi.Issuer;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** The upstream protocols: one line each. */
final class UpstreamWiring implements AutoCloseable {

    private static final int CONNECTORS_MAX = 10_000;
    private static final Duration WATCH_EVERY = Duration.ofSeconds(10);

    final OutboundHttp outbound;
    final HttpCaller http;
    final SamlWire saml;
    final Watch watch;
    final List<ConnectorType> types;
    final Connectors connectors;
    final SqlAttempts attempts;
    final AttemptRecorder recorder;
    final AttemptReplay replay;
    private final AttemptWriter attemptWriter;

    UpstreamWiring(Foundation base, Stages stages) {
        var config = base.config.outbound();
        var usual = OutboundConfig.DEFAULTS;
        this.outbound = new OutboundHttp(base.vertx, new OutboundConfig(
                config.allowPrivateAddresses(), config.allowHttp(),
                config.caFile().isEmpty() ? Optional.empty() : Optional.of(Path.of(config.caFile())),
                usual.responseBytesMax(), usual.timeout(), usual.perHostMax()));
        this.http = stages.timed(Stage.UPSTREAM, HttpCaller.class, outbound);
        this.saml = new SamlWire(SamlCrypto.fastest(), base.clock);
        this.watch = Watch.of(new Watch.Parts(
                List.of(new SamlPublishedMetadata(saml), new OidcPublishedMetadata()), http, base.database, base.tables, base.audit, base.keys,
                base.clock, System::nanoTime, base.background, WATCH_EVERY));
        base.feed.subscribe(watch.cached());
        base.database.onCommit(watch.cached());
        this.types = List.of(
                new OidcConnectorType(http, base.keys, new OidcConnectorType.Memory(base.stores.flows(),
                        base.stores.replays(), watch.metadata()), base.clock, base.background),
                new SamlConnectorType(saml, base.keys, base.stores.replays(), http, base.clock, watch.metadata()));
        this.connectors = new OpenConnectors(types, name -> Issuer.of(name, base.config.publicUrl()), CONNECTORS_MAX);
        this.attempts = new SqlAttempts(base.database, base.secrets);
        this.attemptWriter = new AttemptWriter(
                attempts, base.config.attempts().limits(), this::outline, base.clock, System::nanoTime);
        this.replay = new AttemptReplay(types, name -> Issuer.of(name, base.config.publicUrl()));
        this.recorder = new AttemptRecorder(attemptWriter, new SecureRandom(), base.clock, System::nanoTime);
    }

    private Optional<Outline> outline(Connection connection, Message message) {
        return types.stream().filter(type -> type.name().equals(connection.type())).findFirst()
                .flatMap(type -> type.outline(connection, message));
    }

    /** Begins what is done in the background. To be called once, by a server that serves. */
    void start(Foundation base) {
        base.database.onCommit(watch.metadata());
        watch.schedule().start();
    }

    @Override
    public void close() {
        watch.schedule().close();
        attemptWriter.close();
        outbound.close();
    }
}
