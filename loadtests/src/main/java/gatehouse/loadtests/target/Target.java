package gatehouse.loadtests.target;

import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;

/**
 * One OpenID Provider under load, and everything that a journey against it needs to know.
 *
 * @param name        column heading of the report
 * @param algorithm   JOSE algorithm that access tokens must carry; empty: not checked
 * @param serverPids  processes whose CPU time and memory count as the server's
 * @param serverPort  port whose listener is the server, where no pid is named
 * @param storePorts  ports whose listeners, with their children, are the server's stores
 * @param signIns     by journey name; a journey without one cannot be driven
 * @param rates       fixed arrivals per second by journey name; elsewhere the rate is found
 */
public record Target(String name, URI issuer, Optional<String> algorithm, List<Long> serverPids,
                     OptionalInt serverPort, List<Integer> storePorts, Optional<ServiceClient> service,
                     Optional<AppClient> app, Map<String, SignIn> signIns, Map<String, Double> rates,
                     FormFields form, Effort effort) {

    /** Names of form fields on the login pages; empty: found by type and by the names in use. */
    public record FormFields(Optional<String> username, Optional<String> password) {
    }

    /**
     * How much the driver puts against the provider.
     *
     * @param connections    kept-alive connections, 1..4096
     * @param concurrency    journeys at once while searching for saturation, 1..4096
     * @param sessions       signed-in browsers prepared for refresh and silent sign-in, 1..10000
     * @param tokens         distinct access tokens introspected in turn, 1..100000
     * @param timeoutSeconds longest wait for one answer, 1..120
     */
    public record Effort(int connections, int concurrency, int sessions, int tokens, int timeoutSeconds) {

        public static final Effort DEFAULTS = new Effort(64, 32, 32, 256, 10);

        public Effort {
            requireRange("driver.connections", connections, 4096);
            requireRange("driver.concurrency", concurrency, 4096);
            requireRange("driver.sessions", sessions, 10_000);
            requireRange("driver.tokens", tokens, 100_000);
            requireRange("driver.timeout-seconds", timeoutSeconds, 120);
        }

        private static void requireRange(String key, int value, int most) {
            if (value < 1 || value > most) {
                throw new TargetFileError(key + " must be 1.." + most);
            }
        }
    }

    public OptionalDouble rate(String journey) {
        return rates.containsKey(journey) ? OptionalDouble.of(rates.get(journey)) : OptionalDouble.empty();
    }

    public ServiceClient requireService() {
        return service.orElseThrow(() -> new TargetFileError("service.id and service.secret are needed"));
    }

    public AppClient requireApp() {
        return app.orElseThrow(() -> new TargetFileError("app.id and app.redirect-uri are needed"));
    }

    public SignIn requireSignIn(String journey) {
        return Optional.ofNullable(signIns.get(journey))
            .orElseThrow(() -> new TargetFileError(journey + ".user is needed"));
    }
}
