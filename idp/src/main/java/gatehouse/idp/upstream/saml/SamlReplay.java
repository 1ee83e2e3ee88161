package gatehouse.idp.upstream.saml;

import gatehouse.idp.http.Headers;
import gatehouse.idp.http.Request;
import gatehouse.idp.upstream.Arrival;
import gatehouse.idp.upstream.UpstreamIdentity;
import gatehouse.idp.upstream.xray.Message;
import gatehouse.idp.upstream.xray.Trace;
import gatehouse.spi.Deadline;
import gatehouse.spi.Issuer;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A response that is judged a second time. It goes the very way of the first, so that the verdict is that of a real
 * sign-in; only the clock stands still at the message's own instant, and no use of an assertion is remembered.
 */
final class SamlReplay {

    private SamlReplay() {}

    static SamlConnector.Tools tools(SamlConnector.Tools real, Instant at) {
        return new SamlConnector.Tools(real.wire(), real.keys(), (_, _, _, _) -> true, InstantSource.fixed(at));
    }

    static UpstreamIdentity judge(
            SamlConnector connector, Issuer issuer, Message message, Trace trace, Deadline deadline) {
        var pending = message.pending().length == 0 ? Optional.<byte[]>empty() : Optional.of(message.pending());
        return connector.arrive(new Arrival(request(message, issuer), pending, trace), deadline);
    }

    /** The request as it came, as far as it matters. */
    static Request request(Message message, Issuer issuer) {
        return new Request(new Request.Parts("POST", issuer, "/", Map.of(), "",
                new OnlyContentType(message.contentType()), message.body(), "", ""));
    }

    private record OnlyContentType(String value) implements Headers {

        @Override
        public Optional<String> first(String name) {
            return all(name).stream().findFirst();
        }

        @Override
        public List<String> all(String name) {
            return name.equalsIgnoreCase("content-type") ? List.of(value) : List.of();
        }
    }
}
