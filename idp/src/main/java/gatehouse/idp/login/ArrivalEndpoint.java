package gatehouse.idp.login;

import gatehouse.idp.http.Compared;
import gatehouse.idp.http.Endpoint;
import gatehouse.idp.http.OutboundRefused;
import gatehouse.idp.http.Reply;
import gatehouse.idp.http.Request;
import gatehouse.idp.login.flow.KeptFlow;
import gatehouse.idp.login.flow.LoginFlows.Departed;
import gatehouse.idp.login.flow.LoginFlows;
import gatehouse.idp.login.step.AttemptNotes;
import gatehouse.idp.login.step.LoginPaths;
import gatehouse.idp.page.Page;
import gatehouse.idp.tenancy.Connection;
import gatehouse.idp.tenancy.ConnectionUse;
import gatehouse.idp.tenancy.TenancyCatalog;
import gatehouse.idp.upstream.Connector;
import gatehouse.idp.upstream.Connectors;
import gatehouse.idp.upstream.UpstreamIdentity;
import gatehouse.idp.upstream.UpstreamRefusal;
import gatehouse.idp.upstream.xray.AttemptRecorder;
import gatehouse.idp.upstream.xray.Diagnosis;
import gatehouse.idp.upstream.xray.Trace.Kind;
import gatehouse.spi.ConnectionId;
import gatehouse.spi.Deadline;
import gatehouse.spi.DeadlineExceeded;
import java.util.Optional;

/**
 * {@code /login/arrive/{connection}}: where identity providers send browsers back to, whatever their protocol.
 * Connection, departure, flow and issuer must be of one another.
 *
 * <p>The identity is only kept here. A cross-site POST brings no {@code SameSite} cookie, so that which browser this
 * is cannot be known yet; the flow's own page, reached by a redirect, asks for the cookie and then uses what was
 * kept. Without that detour anybody could sign somebody else in as themselves.
 */
final class ArrivalEndpoint implements Endpoint {

    private static final int TRIES = 3;

    private final LoginFlows flows;
    private final UnsolicitedArrivals unsolicited;
    private final TenancyCatalog tenancy;
    private final Connectors connectors;
    private final AttemptRecorder attempts;
    private final Trials trials;

    ArrivalEndpoint(LoginFlows flows, UnsolicitedArrivals unsolicited, TenancyCatalog tenancy, Connectors connectors,
            AttemptRecorder attempts, Trials trials) {
        this.unsolicited = unsolicited;
        this.flows = flows;
        this.tenancy = tenancy;
        this.connectors = connectors;
        this.attempts = attempts;
        this.trials = trials;
    }

    @Override
    public Reply handle(Request request, Deadline deadline) {
        var connection = connection(request, deadline);
        if (!tenancy.isUsable(connection, new ConnectionUse.Ongoing(), deadline)) {
            // Not for sign-ins; perhaps for one that is only tried out.
            return trials.arrive(connection, request, deadline)
                    .orElseThrow(() -> refused(LoginReason.CONNECTION_UNUSABLE, connection, request));
        }
        var connector = connectors.open(connection);
        var handle = connector.handleOf(request);
        if (handle.filter(LoginFlows::isId).isEmpty()) {
            return unsolicited(connector, connection, request, deadline);
        }
        var found = flows.arrive(handle.get(), deadline);
        if (found.isEmpty()) {
            return trials.arrive(connection, request, deadline)
                    .orElseThrow(() -> refused(LoginReason.ARRIVAL_SPENT, connection, request));
        }
        var departed = found.get();
        if (!departed.connection().equals(connection.id())) {
            throw refused(LoginReason.ARRIVAL_MISDIRECTED, connection, request);
        }
        try {
            var identity = judge(connector, connection,
                    new Awaited(departed.flow(), Optional.of(departed.pending())), request, deadline);
            keep(departed, identity, request, deadline);
        } catch (LoginError refusal) {
            if (!endsSilently(departed, request, deadline)) {
                throw refusal;
            }
        }
        return Reply.seeOther(LoginPaths.flow(request.issuer(), departed.flow()));
    }

    /** Ends the flow of a refused answer, if nobody may be shown a page: its application is told that it takes one. */
    private boolean endsSilently(Departed departed, Request request, Deadline deadline) {
        return flows.findAny(departed.flow(), request, deadline)
                .filter(kept -> kept.flow().isSilent() && expects(kept, departed))
                .flatMap(kept -> flows.replace(
                        kept.with(kept.flow().refused(LoginAnswer.Need.LOGIN_REQUIRED.word())), deadline))
                .isPresent();
    }

    /** An answer without a handle of ours: nobody asked for it here. */
    private Reply unsolicited(Connector connector, Connection connection, Request request, Deadline deadline) {
        var flow = flows.newId();
        var target = unsolicitedTarget(connector, connection, request);
        var identity = judge(connector, connection, new Awaited(flow, Optional.empty()), request, deadline);
        return unsolicited.keep(flow, connection, new UnsolicitedArrivals.Landing(identity, target), request, deadline);
    }

    private String unsolicitedTarget(Connector connector, Connection connection, Request request) {
        try {
            return connector.unsolicitedTarget(request)
                    .orElseThrow(() -> refused(LoginReason.UNSOLICITED, connection, request));
        } catch (UpstreamRefusal refusal) {
            attempts.watch(connection, Kind.REAL, request, Optional.empty()).refused(refusal.diagnosis(), refusal);
            throw LoginError.of(refusal, Optional.empty());
        }
    }

    private Connection connection(Request request, Deadline deadline) {
        var id = request.pathParameter("connection");
        return Optional.of(id).filter(text -> text.matches("[A-Za-z0-9_.~-]{1,64}"))
                .flatMap(text -> tenancy.connection(request.issuer().name(), new ConnectionId(text), deadline))
                .orElseThrow(() -> refused(LoginReason.CONNECTION_UNKNOWN, request));
    }

    /** An answer that is awaited. @param pending empty: by nobody, so that its flow only begins with it */
    private record Awaited(String flow, Optional<byte[]> pending) {}

    private UpstreamIdentity judge(
            Connector connector, Connection connection, Awaited awaited, Request request, Deadline deadline) {
        var wayOn = awaited.pending().map(_ -> LoginPaths.otherWay(request.issuer(), awaited.flow()));
        var watch = attempts.watch(connection, Kind.REAL, request, awaited.pending());
        try {
            var identity = connector.arrive(watch.arrival(), deadline);
            if (!identity.session().connection().equals(connection.id())) {
                throw new IllegalStateException("a connector answered for another connection");
            }
            watch.arrived(awaited.flow(), identity);
            return identity;
        } catch (UpstreamRefusal refusal) {
            watch.refused(refusal.diagnosis(), refusal);
            throw LoginError.of(refusal, wayOn);
        } catch (OutboundRefused refusal) {
            watch.refused(LoginError.unreachable(connection.type()), refusal);
            throw LoginError.of(refusal, connection.type(), wayOn);
        } catch (DeadlineExceeded late) {
            watch.refused(Diagnosis.SRV_BUDGET_01, "deadline_exceeded", Compared.NOTHING);
            throw late;
        } catch (RuntimeException fault) {
            watch.refused(Diagnosis.SRV_FAULT_01, "fault", Compared.NOTHING);
            throw fault;
        }
    }

    private void keep(Departed departed, UpstreamIdentity identity, Request request, Deadline deadline) {
        for (int i = 0; i < TRIES; i++) {
            var kept = flows.findAny(departed.flow(), request, deadline)
                    .filter(flow -> expects(flow, departed))
                    .orElseThrow(() -> refused(LoginReason.ARRIVAL_SPENT, request));
            if (flows.replace(kept.with(kept.flow().arrivedAs(identity)), deadline).isPresent()) {
                return;
            }
        }
        throw refused(LoginReason.ARRIVAL_SPENT, request);
    }

    /** Whether the flow still waits for this answer: its person may have turned to another way in meanwhile. */
    private static boolean expects(KeptFlow kept, Departed departed) {
        var flow = kept.flow();
        return !flow.isFinished() && flow.departed() && flow.connection().equals(Optional.of(departed.connection()));
    }

    /** Refused before anything of the answer was judged. */
    private LoginError refused(LoginReason reason, Connection connection, Request request) {
        attempts.watch(connection, Kind.REAL, request, Optional.empty())
                .refused(AttemptNotes.diagnosis(reason), reason.word(), Compared.NOTHING);
        return refused(reason, request);
    }

    private static LoginError refused(LoginReason reason, Request request) {
        Page.Link wayOn = LoginPaths.again(request.issuer());
        return LoginError.of(reason, Optional.of(wayOn));
    }
}
