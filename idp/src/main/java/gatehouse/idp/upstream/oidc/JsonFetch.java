package gatehouse.idp.upstream.oidc;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectReader;
import gatehouse.idp.http.HttpCaller;
import gatehouse.idp.http.OutboundRefused;
import gatehouse.idp.schema.RecordJson;
import gatehouse.idp.upstream.UpstreamRefusal;
import gatehouse.spi.Deadline;
import java.io.IOException;
import java.net.URI;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/** JSON objects from providers, read strictly: bounded depth, no member twice, nothing behind the end. */
final class JsonFetch {

    private static final ObjectReader OBJECTS =
            RecordJson.MAPPER.readerFor(new TypeReference<Map<String, Object>>() {});

    private JsonFetch() {}

    /** The JSON object in {@code bytes}; empty if it is anything else. */
    static Optional<Map<String, Object>> object(byte[] bytes) {
        try {
            Map<String, Object> members = OBJECTS.readValue(bytes);
            return Optional.ofNullable(members);
        } catch (IOException malformed) {
            return Optional.empty();
        }
    }

    /** The JSON object at {@code uri}. */
    static Map<String, Object> get(HttpCaller http, URI uri, OidcReason ifInvalid, Deadline deadline) {
        var answer = calling(() -> http.get(uri, Map.of("Accept", "application/json"), deadline));
        if (answer.status() / 100 == 5 || answer.status() == 429) {
            throw OidcReason.PROVIDER_UNREACHABLE.refusal();
        }
        if (answer.status() != 200) {
            throw ifInvalid.refusal();
        }
        return object(answer.body()).orElseThrow(ifInvalid::refusal);
    }

    /** What {@code call} answers; why it could not be made, in this room's words. */
    static HttpCaller.Answer calling(Supplier<HttpCaller.Answer> call) {
        try {
            return call.get();
        } catch (OutboundRefused refused) {
            throw worded(refused);
        }
    }

    private static UpstreamRefusal worded(OutboundRefused refused) {
        return (switch (refused.cause()) {
            case SCHEME_NOT_ALLOWED, ADDRESS_NOT_ALLOWED, MALFORMED -> OidcReason.ADDRESS_NOT_ALLOWED;
            case TIMED_OUT -> OidcReason.PROVIDER_TIMED_OUT;
            case UNRESOLVED, UNREACHABLE, TOO_LARGE, TOO_MANY_REDIRECTS -> OidcReason.PROVIDER_UNREACHABLE;
        }).refusal();
    }
}
