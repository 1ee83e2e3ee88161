package gatehouse.idp.edge;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import gatehouse.idp.http.HttpCaller;
import gatehouse.idp.http.OutboundRefused;
import gatehouse.idp.http.OutboundRefused.Reason;
import gatehouse.spi.Deadline;
import gatehouse.spi.DeadlineExceeded;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.PoolOptions;
import io.vertx.core.http.RequestOptions;
import io.vertx.core.internal.VertxInternal;
import io.vertx.core.net.SocketAddress;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/**
 * Outgoing HTTP to addresses that somebody else named, on Vert.x.
 *
 * <p>The name is resolved here and the connection goes to the very address that was judged, so a name that changes its
 * mind between the look and the leap gains nothing. TLS is checked against the name, not the address.
 */
public final class OutboundHttp implements HttpCaller, AutoCloseable {

    private static final int REDIRECTS_MAX = 3;
    private static final int ADDRESSES_TRIED_MAX = 3;
    private static final Duration CONNECT_TIME = Duration.ofSeconds(3);
    private static final int HOSTS_MAX = 10_000;

    private final OutboundConfig config;
    private final NameLookup names;
    private final HttpClient client;
    private final Cache<String, Semaphore> permits = Caffeine.newBuilder().maximumSize(HOSTS_MAX).build();

    /** A request that may be sent again along a redirect. */
    private record Call(HttpMethod method, URI uri, Map<String, String> headers, byte[] body, Deadline deadline) {

        Call to(URI next) {
            return new Call(method, next, headers, body, deadline);
        }
    }

    public OutboundHttp(Vertx vertx, OutboundConfig config) {
        this(vertx, config, resolver(vertx));
    }

    OutboundHttp(Vertx vertx, OutboundConfig config, NameLookup names) {
        this.config = config;
        this.names = names;
        var options = new HttpClientOptions()
                .setVerifyHost(true)
                .setForceSni(true)
                // A kept connection may be closed by the peer at the very moment it is used again, and a code that was
                // perhaps redeemed cannot be sent twice: a sign-in is worth a handshake.
                .setKeepAlive(false)
                .setMaxHeaderSize(16 * 1024)
                .setDecompressionSupported(false)
                .setName("outbound");
        config.caFile().ifPresent(file -> options.setTrustOptions(OutboundTrust.with(file)));
        this.client = vertx.createHttpClient(options, new PoolOptions().setHttp1MaxSize(config.perHostMax()));
    }

    private static NameLookup resolver(Vertx vertx) {
        return host -> {
            var found = new CompletableFuture<List<InetAddress>>();
            ((VertxInternal) vertx).nameResolver().resolveAll(host, result -> {
                if (result.succeeded()) {
                    found.complete(result.result().stream().map(InetSocketAddress::getAddress).toList());
                } else {
                    found.completeExceptionally(result.cause());
                }
            });
            return found;
        };
    }

    @Override
    public Answer get(URI uri, Map<String, String> headers, Deadline deadline) {
        var call = new Call(HttpMethod.GET, uri, headers, new byte[0], deadline.within(config.timeout()));
        var target = OutboundTarget.parse(uri, config);
        for (int redirects = 0; ; redirects++) {
            var answer = send(call, target);
            var location = answer.headers().get("location");
            if (!isRedirect(answer.status()) || location == null) {
                return answer;
            }
            if (redirects == REDIRECTS_MAX) {
                throw new OutboundRefused(Reason.TOO_MANY_REDIRECTS, "the address redirects too often");
            }
            var next = resolve(call.uri(), location);
            var redirected = OutboundTarget.parse(next, config);
            if (!redirected.sameOrigin(target)) {
                throw new OutboundRefused(Reason.ADDRESS_NOT_ALLOWED, "the address redirects to another host");
            }
            call = call.to(next);
            target = redirected;
        }
    }

    private static boolean isRedirect(int status) {
        return status == 301 || status == 302 || status == 303 || status == 307 || status == 308;
    }

    private static URI resolve(URI base, String location) {
        try {
            return base.resolve(location);
        } catch (IllegalArgumentException malformed) {
            throw new OutboundRefused(Reason.MALFORMED, "the address redirects to something that is no address");
        }
    }

    @Override
    public Answer post(URI uri, Map<String, String> headers, byte[] body, Deadline deadline) {
        var call = new Call(HttpMethod.POST, uri, headers, body, deadline.within(config.timeout()));
        return send(call, OutboundTarget.parse(uri, config));
    }

    /** One request and its answer, as one of the few that its host gets at a time. */
    private Answer send(Call call, OutboundTarget target) {
        var permit = permits.get(target.host(), _ -> new Semaphore(config.perHostMax()));
        try {
            if (!permit.tryAcquire(call.deadline().remainingNanos(), TimeUnit.NANOSECONDS)) {
                throw timedOut();
            }
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw timedOut();
        }
        try {
            return exchange(call, target);
        } catch (DeadlineExceeded late) {
            throw timedOut();
        } finally {
            permit.release();
        }
    }

    private Answer exchange(Call call, OutboundTarget target) {
        var request = connect(call, target, judged(target, call.deadline()));
        call.headers().forEach(request::putHeader);
        request.putHeader("User-Agent", "Gatehouse").putHeader("Accept-Encoding", "identity");
        var answer = new AnswerReader(request, config.responseBytesMax());
        try {
            return call.deadline().await(answer.read(call.body()));
        } catch (OutboundRefused | DeadlineExceeded ended) {
            request.reset();
            throw ended;
        } catch (RuntimeException broken) {
            request.reset();
            throw unreachable();
        }
    }

    /** The addresses of the target, all of them allowed. */
    private List<InetAddress> judged(OutboundTarget target, Deadline deadline) {
        List<InetAddress> addresses;
        try {
            addresses = deadline.await(names.addressesOf(target.host()));
        } catch (DeadlineExceeded late) {
            throw late;
        } catch (RuntimeException unresolved) {
            addresses = List.of();
        }
        if (addresses.isEmpty()) {
            throw new OutboundRefused(Reason.UNRESOLVED, "the host name of the address cannot be resolved");
        }
        for (var address : addresses) {
            if (!(config.allowPrivateAddresses() ? AddressRules.isUnicast(address) : AddressRules.isPublic(address))) {
                throw new OutboundRefused(Reason.ADDRESS_NOT_ALLOWED, "the address is not on the public Internet");
            }
        }
        return addresses;
    }

    /** A request on an open connection to the first address that takes one, IPv4 before IPv6. */
    private HttpClientRequest connect(Call call, OutboundTarget target, List<InetAddress> addresses) {
        var inOrder = addresses.stream()
                .sorted(Comparator.comparing(address -> !(address instanceof Inet4Address)))
                .limit(ADDRESSES_TRIED_MAX)
                .toList();
        for (var address : inOrder) {
            var options = new RequestOptions()
                    .setServer(SocketAddress.inetSocketAddress(new InetSocketAddress(address, target.port())))
                    .setHost(target.host())
                    .setPort(target.port())
                    .setSsl(target.tls())
                    .setMethod(call.method())
                    .setURI(target.path())
                    .setConnectTimeout(Math.clamp(call.deadline().remaining().toMillis(), 1, CONNECT_TIME.toMillis()));
            var opening = client.request(options);
            try {
                return call.deadline().await(opening.toCompletionStage());
            } catch (DeadlineExceeded late) {
                opening.onSuccess(HttpClientRequest::reset);
                throw late;
            } catch (RuntimeException unreachable) {
                continue;
            }
        }
        throw unreachable();
    }

    private static OutboundRefused unreachable() {
        return new OutboundRefused(
                Reason.UNREACHABLE, "the address cannot be reached, or does not speak HTTP over trusted TLS");
    }

    private static OutboundRefused timedOut() {
        return new OutboundRefused(Reason.TIMED_OUT, "the address did not answer in time");
    }

    @Override
    public void close() {
        client.close();
    }
}
