package gatehouse.loadtests.scenario;

import gatehouse.loadtests.http.Call;
import gatehouse.loadtests.load.Journey;
import io.vertx.core.Future;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Map;

/** A service gets an access token for itself (RFC 6749 §4.4). */
final class ClientCredentials implements Journey {

    static final String NAME = "client-credentials";

    private final Provider provider;
    private final Call call;

    ClientCredentials(Provider provider) {
        this.provider = provider;
        var service = provider.target().requireService();
        var scope = service.scope().isEmpty() ? ""
            : "&scope=" + URLEncoder.encode(service.scope(), StandardCharsets.UTF_8);
        this.call = Call.form(provider.endpoints().token(), Map.of("Authorization", service.basicCredentials()),
            "grant_type=client_credentials" + scope);
    }

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public void prepare() {
        Tokens.read(provider.http().await(call), Tokens.Expected.ACCESS, provider.target().algorithm());
    }

    @Override
    public Future<?> start() {
        return provider.http().send(call).map(answer ->
            Tokens.read(answer, Tokens.Expected.ACCESS, provider.target().algorithm()));
    }
}
