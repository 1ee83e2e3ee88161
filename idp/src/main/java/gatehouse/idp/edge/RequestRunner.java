package gatehouse.idp.edge;

import gatehouse.idp.http.BadRequest;
import gatehouse.idp.http.Journey;
import gatehouse.idp.http.Refusal;
import gatehouse.idp.http.Reply;
import gatehouse.idp.http.Request;
import gatehouse.idp.http.Route;
import gatehouse.idp.slo.Outcome;
import gatehouse.idp.slo.StageLedger;
import gatehouse.spi.Deadline;
import gatehouse.spi.DeadlineExceeded;
import gatehouse.spi.Issuer;
import gatehouse.spi.Unavailable;
import io.netty.handler.codec.http.TooLongHttpHeaderException;
import io.netty.handler.codec.http.TooLongHttpLineException;
import io.vertx.core.Context;
import io.vertx.core.http.HttpServerRequest;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.atomic.AtomicInteger;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Carries one request from the event loop to a virtual thread and its reply back.
 *
 * <p>The only place where the two worlds meet: above it nothing may block, below it nothing knows Vert.x.
 */
final class RequestRunner {

    private static final Logger LOG = LoggerFactory.getLogger(RequestRunner.class);

    private final EdgeConfig config;
    private final HttpFront.Served served;
    private final RouteTable issuerRoutes;
    private final RouteTable deploymentRoutes;
    private final AtomicInteger inWork;
    private final ReplyWriter writer;
    private final ClientAddress clientAddress;
    private final IssuerPaths issuerPaths;
    private final ThreadFactory virtualThreads = Thread.ofVirtual().name("request-", 0).factory();

    RequestRunner(EdgeConfig config, HttpFront.Served served, AtomicInteger inWork) {
        this.config = config;
        this.served = served;
        this.issuerRoutes = tableOf(served, Route.Scope.ISSUER);
        this.deploymentRoutes = tableOf(served, Route.Scope.DEPLOYMENT);
        this.inWork = inWork;
        this.writer = new ReplyWriter(served.publicUrl().startsWith("https:"));
        this.clientAddress = new ClientAddress(Set.copyOf(config.trustedProxies()));
        this.issuerPaths = new IssuerPaths(served.publicUrl());
    }

    private static RouteTable tableOf(HttpFront.Served served, Route.Scope scope) {
        return new RouteTable(served.routes().stream().filter(route -> route.scope() == scope).toList());
    }

    /** Takes a request on its event loop. */
    void receive(HttpServerRequest wire, Exchanges exchanges, Context eventLoop) {
        var traceId = TraceId.of(wire.getHeader("traceparent"));
        var path = wire.path() == null ? "/" : wire.path();
        var method = wire.method().name();
        var where = issuerPaths.resolve(path);
        var found = deploymentRoutes.find(method, path);
        var issuer = found != null ? issuerPaths.root() : where.issuer();
        if (found == null) {
            found = issuerRoutes.find(method, where.path());
        }
        var parts = new Parts(issuer, found != null && found.route().scope() == Route.Scope.DEPLOYMENT ? path : where.path(), traceId);
        if (found == null) {
            unmatched(wire, method, path, parts);
            return;
        }
        var match = found;
        if (hasNoBody(wire)) {
            admit(wire, match, parts, NO_BODY, exchanges, eventLoop);
        } else {
            BodyReader.read(wire, bodyBytesMax(match.route()), body -> admit(wire, match, parts, body, exchanges, eventLoop), () ->
                    refuse(wire, match.route(), request(wire, match.pathParameters(), parts, NO_BODY), new BadRequest(
                            BadRequest.Reason.BODY_TOO_LARGE, "the body is larger than this address accepts")));
        }
    }

    private static final byte[] NO_BODY = {};

    private record Parts(Issuer issuer, String path, String traceId) {}

    private static boolean hasNoBody(HttpServerRequest wire) {
        return wire.headers().get("content-length") == null && wire.headers().get("transfer-encoding") == null;
    }

    private int bodyBytesMax(Route route) {
        return route.journey() == Journey.SAML_ACS || route.journey() == Journey.ADMIN
                ? config.largeBodyBytesMax()
                : config.bodyBytesMax();
    }

    private Request request(HttpServerRequest wire, Map<String, String> pathParameters, Parts parts, byte[] body) {
        var headers = new WireHeaders(wire.headers());
        var peer = wire.remoteAddress() == null ? "unknown" : wire.remoteAddress().hostAddress();
        return new Request(new Request.Parts(
                wire.method().name(),
                parts.issuer(),
                parts.path(),
                pathParameters,
                wire.query() == null ? "" : wire.query(),
                headers,
                body,
                clientAddress.of(peer, wire.getHeader("x-forwarded-for")),
                parts.traceId()));
    }

    private void admit(
            HttpServerRequest wire, RouteTable.Match match, Parts parts, byte[] body, Exchanges exchanges, Context eventLoop) {
        var route = match.route();
        var request = request(wire, match.pathParameters(), parts, body);
        if (inWork.incrementAndGet() > config.requestsMax()) {
            inWork.decrementAndGet();
            writer.write(wire, route.voice().unavailable(request), route.cors());
            return;
        }
        var deadline = Deadline.after(served.budgets().of(route.journey()));
        var holder = new Exchange[1];
        var exchange = new Exchange(wire, route, request, deadline, new Exchange.Ends(writer, served.meters(), () -> {
            inWork.decrementAndGet();
            exchanges.remove(holder[0]);
        }));
        holder[0] = exchange;
        exchanges.add(exchange);
        wire.response().exceptionHandler(_ -> {});
        if (route.inline() && served.issuers().isKnown(request.issuer().name())) {
            var answer = work(exchange);
            exchange.answer(answer.reply(), answer.outcome());
            return;
        }
        var thread = virtualThreads.newThread(() -> ScopedValue.where(StageLedger.CURRENT, exchange.ledger).run(() -> {
            var answer = work(exchange);
            eventLoop.runOnContext(_ -> exchange.answer(answer.reply(), answer.outcome()));
        }));
        exchange.workedOnBy(thread);
        thread.start();
    }

    private record Answer(Reply reply, Outcome outcome) {}

    private Answer work(Exchange exchange) {
        var voice = exchange.route.voice();
        var request = exchange.request;
        try {
            if (exchange.route.scope() == Route.Scope.ISSUER && !served.issuers().exists(request.issuer().name(), exchange.deadline)) {
                throw new BadRequest(BadRequest.Reason.NOT_FOUND, "there is no such issuer here");
            }
            var reply = exchange.route.endpoint().handle(request, exchange.deadline);
            return new Answer(reply, outcomeOf(reply.status()));
        } catch (Refusal refusal) {
            LOG.info("refused {} {}: {}", exchange.route.method(), exchange.route.path(), refusal.reason());
            return new Answer(voice.refuse(refusal, request), outcomeOf(refusal));
        } catch (DeadlineExceeded late) {
            LOG.warn("no time is left for {} {}: {}", exchange.route.method(), exchange.route.path(), late.getMessage());
            return new Answer(voice.unavailable(request), Outcome.BUDGET_EXCEEDED);
        } catch (Unavailable unavailable) {
            LOG.warn("a store or peer is not available: {}", unavailable.getMessage());
            return new Answer(voice.unavailable(request), Outcome.SERVER_ERROR);
        } catch (RuntimeException | Error fault) {
            LOG.error("fault in {} {}", exchange.route.method(), exchange.route.path(), fault);
            return new Answer(voice.fault(request), Outcome.SERVER_ERROR);
        }
    }

    private static Outcome outcomeOf(int status) {
        if (status == 503) {
            return Outcome.BUDGET_EXCEEDED;
        }
        return status >= 500 ? Outcome.SERVER_ERROR : status >= 400 ? Outcome.CLIENT_ERROR : Outcome.SUCCESS;
    }

    private static Outcome outcomeOf(Refusal refusal) {
        return switch (refusal.blame()) {
            case USER -> Outcome.USER_ERROR;
            case CLIENT -> Outcome.CLIENT_ERROR;
            case CONFIGURATION -> Outcome.CONFIG_ERROR;
            case UPSTREAM -> Outcome.UPSTREAM_ERROR;
        };
    }

    /** Answers what could not be read as HTTP, or is beyond the limits of its line and headers, and hangs up. */
    void refuseMalformed(HttpServerRequest wire) {
        var refusal = switch (wire.decoderResult().cause()) {
            case TooLongHttpLineException _ -> new BadRequest(
                    BadRequest.Reason.ADDRESS_TOO_LONG, "the address is longer than this server accepts");
            case TooLongHttpHeaderException _ -> new BadRequest(
                    BadRequest.Reason.HEADERS_TOO_LARGE, "the headers are larger than this server accepts");
            default -> new BadRequest(BadRequest.Reason.MALFORMED_REQUEST, "this is not an HTTP request");
        };
        var parts = new Parts(issuerPaths.root(), "/", TraceId.of(wire.getHeader("traceparent")));
        writer.write(wire, served.unmatched().refuse(refusal, request(wire, Map.of(), parts, NO_BODY))
                .with("Connection", "close"), Route.Cors.NONE);
        wire.connection().close();
    }

    private void refuse(HttpServerRequest wire, Route route, Request request, Refusal refusal) {
        // The rest of the body is still on its way: the connection cannot be used again.
        writer.write(wire, route.voice().refuse(refusal, request).with("Connection", "close"), route.cors());
    }

    private void unmatched(HttpServerRequest wire, String method, String path, Parts parts) {
        var request = request(wire, Map.of(), parts, NO_BODY);
        var table = deploymentRoutes.methodsOf(path).isEmpty() ? issuerRoutes : deploymentRoutes;
        var methods = table == issuerRoutes ? issuerRoutes.methodsOf(parts.path()) : deploymentRoutes.methodsOf(path);
        if (methods.isEmpty()) {
            writer.write(wire, served.unmatched().refuse(
                    new BadRequest(BadRequest.Reason.NOT_FOUND, "there is nothing at this address"), request), Route.Cors.NONE);
            return;
        }
        var allow = String.join(", ", methods);
        if (method.equals("OPTIONS")) {
            var route = table.find(methods.getFirst(), table == issuerRoutes ? parts.path() : path).route();
            writer.write(wire, Preflight.answer(route.cors(), allow), route.cors());
            return;
        }
        writer.write(wire, served.unmatched()
                .refuse(new BadRequest(BadRequest.Reason.METHOD_NOT_ALLOWED, "this address answers " + allow), request)
                .with("Allow", allow), Route.Cors.NONE);
    }
}
