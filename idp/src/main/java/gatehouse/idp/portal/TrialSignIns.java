package gatehouse.idp.portal;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import gatehouse.idp.http.OutboundRefused;
import gatehouse.idp.http.Reply;
import gatehouse.idp.http.Request;
import gatehouse.idp.login.Trials;
import gatehouse.idp.page.Page;
import gatehouse.idp.page.Pages;
import gatehouse.idp.schema.RecordJson;
import gatehouse.idp.sql.SqlSetups;
import gatehouse.idp.tenancy.Connection;
import gatehouse.idp.tenancy.ConnectionUse;
import gatehouse.idp.tenancy.TenancyCatalog;
import gatehouse.idp.upstream.Arrival;
import gatehouse.idp.upstream.Connectors;
import gatehouse.idp.upstream.Departure;
import gatehouse.idp.upstream.DepartureCall;
import gatehouse.idp.upstream.InvalidSettings;
import gatehouse.idp.upstream.UpstreamRefusal;
import gatehouse.idp.upstream.xray.AttemptRecorder;
import gatehouse.idp.upstream.xray.Diagnosis;
import gatehouse.idp.upstream.xray.Trace;
import gatehouse.sessions.FlowStore;
import gatehouse.spi.ConnectionId;
import gatehouse.spi.Deadline;
import gatehouse.spi.OrganizationId;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Base64;
import java.util.List;
import java.util.Optional;

/**
 * Sign-ins that are tried out: a real departure and a real answer over a connection as it is now, judged by its own
 * connector. What comes of it is written down and shown; it makes no user and no session, and cannot be turned into a
 * login: the login's own departures are kept apart from these.
 */
public final class TrialSignIns implements Trials {

    private static final String KIND = "trial";
    private static final Duration PATIENCE = Duration.ofMinutes(10);

    private final FlowStore flows;
    private final SqlSetups setups;
    private final TenancyCatalog tenancy;
    private final Connectors connectors;
    private final AttemptRecorder attempts;
    private final Pages pages;
    private final SecureRandom random;
    private final InstantSource clock;

    /** What is remembered while the person is away. */
    record Away(String trial, String issuer, String organization, String connection, String pending) {}

    public TrialSignIns(FlowStore flows, SqlSetups setups, TenancyCatalog tenancy, Connectors connectors,
            AttemptRecorder attempts, Pages pages, SecureRandom random, InstantSource clock) {
        this.flows = flows;
        this.setups = setups;
        this.tenancy = tenancy;
        this.connectors = connectors;
        this.attempts = attempts;
        this.pages = pages;
        this.random = random;
        this.clock = clock;
    }

    /** Sends the browser to the identity provider of {@code setup}, or to the verdict if that cannot be done. */
    Reply depart(PortalCall call, Setup setup) {
        var connection = setup.connection();
        if (!setup.isConfigured()) {
            throw new PortalRefusal(PortalRefusal.Reason.NOT_NOW);
        }
        var place = call.place(connection.id());
        var trial = newId();
        setups.begin(place, new SqlSetups.Trial(trial, call.session().link().contact(), clock.instant(),
                Optional.empty(), false, connection.version(), JsonNodeFactory.instance.objectNode()),
                call.deadline());
        var handle = newId();
        try {
            var departure = connectors.open(connection).depart(new DepartureCall(handle, Optional.empty(), true, false,
                    Optional.empty(), List.of(), List.of()), call.deadline());
            var away = new Away(trial, call.issuer(), call.organization().value(), connection.id().value(),
                    Base64.getEncoder().encodeToString(departure.pending()));
            flows.keep(KIND, handle, RecordJson.write(away).toString().getBytes(StandardCharsets.UTF_8), PATIENCE,
                    call.deadline());
            return switch (departure) {
                case Departure.Redirect redirect -> Reply.seeOther(redirect.url());
                case Departure.PostForm form ->
                        pages.render(new Page.AutoPost(form.action(), form.fields()), call.request(), List.of());
            };
        } catch (UpstreamRefusal refused) {
            end(place, trial, TrialReport.of(refused, List.of(), connection.type()), call.request(), call.deadline());
        } catch (OutboundRefused refused) {
            end(place, trial, TrialReport.of(refused, connection.type()), call.request(), call.deadline());
        } catch (InvalidSettings unusable) {
            throw new PortalRefusal(PortalRefusal.Reason.NOT_NOW);
        }
        return Reply.seeOther(result(call.request(), connection.id(), trial));
    }

    @Override
    public Optional<Reply> arrive(Connection connection, Request request, Deadline deadline) {
        if (connection.settings().isEmpty()
                || !tenancy.isUsable(connection, new ConnectionUse.TestSignIn(), deadline)) {
            return Optional.empty();
        }
        var connector = connectors.open(connection);
        // Connection, issuer and departure must be of one another, as in a login.
        return connector.handleOf(request)
                .filter(handle -> handle.matches("[A-Za-z0-9_-]{22}"))
                .flatMap(handle -> flows.take(KIND, handle, deadline))
                .map(kept -> RecordJson.read(json(kept.state()), Away.class))
                .filter(away -> away.connection().equals(connection.id().value())
                        && away.issuer().equals(request.issuer().name())
                        && away.organization().equals(connection.organization().value()))
                .map(away -> {
                    var place = new SqlSetups.Place(away.issuer(), new OrganizationId(away.organization()),
                            connection.id());
                    end(place, away.trial(), judge(connection, away, request, deadline), request, deadline);
                    return Reply.seeOther(result(request, connection.id(), away.trial()));
                });
    }

    private ObjectNode judge(Connection connection, Away away, Request request, Deadline deadline) {
        var watch = attempts.watch(connection, Trace.Kind.TEST, request,
                Optional.of(Base64.getDecoder().decode(away.pending())));
        var arrival = watch.arrival();
        try {
            var identity = connectors.open(connection).arrive(arrival, deadline);
            watch.succeeded(identity);
            return TrialReport.of(identity, arrival.trace().steps(), connection, tenancy, deadline)
                    .put("attempt", watch.id());
        } catch (UpstreamRefusal refused) {
            watch.refused(refused.diagnosis(), refused);
            return TrialReport.of(refused, arrival.trace().steps(), connection.type()).put("attempt", watch.id());
        } catch (OutboundRefused refused) {
            var report = TrialReport.of(refused, connection.type()).put("attempt", watch.id());
            Diagnosis.of(report.path("code").asText()).ifPresent(diagnosis -> watch.refused(diagnosis, refused));
            return report;
        }
    }

    private void end(SqlSetups.Place place, String trial, ObjectNode report, Request request, Deadline deadline) {
        report.put("trace_id", request.traceId());
        setups.end(place, trial, report.path("succeeded").asBoolean(), report, clock.instant(), deadline);
    }

    private static String result(Request request, ConnectionId connection, String trial) {
        return PortalPaths.step(request.issuer(), connection, Step.TEST) + "/" + trial;
    }

    private static ObjectNode json(byte[] state) {
        try {
            return (ObjectNode) RecordJson.MAPPER.readTree(state);
        } catch (IOException impossible) {
            throw new IllegalStateException("what was kept can be read", impossible);
        }
    }

    private String newId() {
        var bytes = new byte[16];
        random.nextBytes(bytes);
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }
}
