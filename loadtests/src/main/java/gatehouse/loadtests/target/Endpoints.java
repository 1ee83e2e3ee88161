package gatehouse.loadtests.target;

import gatehouse.loadtests.http.Call;
import gatehouse.loadtests.http.HttpDriver;
import gatehouse.loadtests.http.JsonFields;
import java.net.URI;
import java.util.Map;

/**
 * Where a provider's endpoints are, by its own word (OpenID Connect Discovery §4).
 */
public record Endpoints(URI authorization, URI token, URI introspection) {

    /** @throws TargetFileError if there is no discovery document, or it names another issuer or too few endpoints */
    public static Endpoints discover(HttpDriver http, URI issuer) {
        var address = URI.create(issuer.toString().replaceFirst("/$", "") + "/.well-known/openid-configuration");
        var answer = http.await(Call.get(address, Map.of("Accept", "application/json"))).require(200);
        var metadata = JsonFields.scalars(answer.body());
        if (!issuer.toString().equals(metadata.get("issuer"))) {
            throw new TargetFileError(address + " names another issuer: " + metadata.get("issuer"));
        }
        return new Endpoints(endpoint(metadata, "authorization_endpoint"), endpoint(metadata, "token_endpoint"),
            endpoint(metadata, "introspection_endpoint"));
    }

    private static URI endpoint(Map<String, String> metadata, String name) {
        if (!metadata.containsKey(name)) {
            throw new TargetFileError("the discovery document has no " + name);
        }
        return URI.create(metadata.get(name));
    }
}
