package gatehouse.loadtests.target;

import gatehouse.loadtests.target.Target.Effort;
import gatehouse.loadtests.target.Target.FormFields;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.Reader;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Properties;
import java.util.Set;
import java.util.function.Function;

/**
 * The properties file of one target. Every key that is read is known; every other key is refused.
 *
 * <p>{@code ${issuer}} in a value stands for the issuer, so that a file can be pointed at another port by one
 * override.
 */
public final class TargetFile {

    /** Journeys that sign somebody in; each has a user, a number of users, a password, and more parameters. */
    private static final List<String> SIGN_INS = List.of("password-login", "saml-login", "oidc-login");

    private final Properties values;
    private final Set<String> known = new HashSet<>();

    private TargetFile(Properties values) {
        this.values = values;
    }

    /** @throws TargetFileError if the file is absent, or a key or value is wrong */
    public static Target read(Path file, Map<String, String> overrides) {
        try (var reader = Files.newBufferedReader(file)) {
            return read(reader, overrides);
        } catch (IOException failure) {
            throw new TargetFileError("cannot read " + file + ": " + failure);
        }
    }

    /** A file that comes with the load tests. */
    public static Target bundled(String name, Map<String, String> overrides) {
        try (var stream = TargetFile.class.getResourceAsStream("/" + name)) {
            return read(new InputStreamReader(Objects.requireNonNull(stream, name), StandardCharsets.UTF_8), overrides);
        } catch (IOException failure) {
            throw new TargetFileError("cannot read " + name + ": " + failure);
        }
    }

    /** @param overrides keys set on the command line; they win over the file */
    public static Target read(Reader text, Map<String, String> overrides) throws IOException {
        var values = new Properties();
        values.load(text);
        values.putAll(overrides);
        return new TargetFile(values).target();
    }

    private Target target() {
        var issuer = required("issuer", URI::create);
        var target = new Target(
            text("name").orElse(String.valueOf(issuer.getAuthority())), issuer, text("algorithm"),
            numbers("server.pids").stream().map(Integer::longValue).toList(), serverPort(), numbers("store.ports"),
            service(), app(), signIns(), rates(),
            new FormFields(text("form.username"), text("form.password")), effort());
        refuseUnknownKeys();
        return target;
    }

    private Optional<ServiceClient> service() {
        var secret = text("service.secret");
        var scope = text("service.scope").orElse("");
        return text("service.id").map(id -> new ServiceClient(id,
            secret.orElseThrow(() -> new TargetFileError("service.secret is missing")), scope));
    }

    private Optional<AppClient> app() {
        var secret = text("app.secret");
        var redirect = text("app.redirect-uri").map(URI::create);
        var scope = text("app.scope").orElse("openid");
        return text("app.id").map(id -> new AppClient(id, secret,
            redirect.orElseThrow(() -> new TargetFileError("app.redirect-uri is missing")), scope));
    }

    private Map<String, SignIn> signIns() {
        var signIns = new HashMap<String, SignIn>();
        for (var journey : SIGN_INS) {
            var count = number(journey + ".users").orElse(1);
            var password = text(journey + ".password").orElse("");
            var parameters = text(journey + ".authorize").orElse("");
            text(journey + ".user").ifPresent(names ->
                signIns.put(journey, new SignIn(names, count, password, parameters)));
        }
        return Map.copyOf(signIns);
    }

    private Map<String, Double> rates() {
        var rates = new HashMap<String, Double>();
        values.stringPropertyNames().stream().filter(key -> key.startsWith("rate.")).forEach(key ->
            rates.put(key.substring("rate.".length()), required(key, Double::valueOf)));
        return Map.copyOf(rates);
    }

    private Effort effort() {
        var usual = Effort.DEFAULTS;
        return new Effort(
            number("driver.connections").orElse(usual.connections()),
            number("driver.concurrency").orElse(usual.concurrency()),
            number("driver.sessions").orElse(usual.sessions()),
            number("driver.tokens").orElse(usual.tokens()),
            number("driver.timeout-seconds").orElse(usual.timeoutSeconds()));
    }

    private void refuseUnknownKeys() {
        var unknown = values.stringPropertyNames().stream().filter(key -> !known.contains(key)).sorted().toList();
        if (!unknown.isEmpty()) {
            throw new TargetFileError("unknown key " + unknown.getFirst() + "; known: " + String.join(", ",
                known.stream().sorted().toList()) + ", rate.<journey>");
        }
    }

    private OptionalInt serverPort() {
        return number("server.port").map(OptionalInt::of).orElse(OptionalInt.empty());
    }

    private Optional<Integer> number(String key) {
        return text(key).map(parse(key, Integer::valueOf));
    }

    private List<Integer> numbers(String key) {
        return text(key).stream().flatMap(list -> Arrays.stream(list.split("[,\\s]+")))
            .map(parse(key, Integer::valueOf)).toList();
    }

    private <T> T required(String key, Function<String, T> parser) {
        return text(key).map(parse(key, parser)).orElseThrow(() -> new TargetFileError(key + " is missing"));
    }

    private Optional<String> text(String key) {
        known.add(key);
        return Optional.ofNullable(values.getProperty(key)).map(String::strip).filter(value -> !value.isEmpty())
            .map(value -> value.replace("${issuer}", values.getProperty("issuer", "").strip()));
    }

    private static <T> Function<String, T> parse(String key, Function<String, T> parser) {
        return value -> {
            try {
                return parser.apply(value);
            } catch (IllegalArgumentException wrong) {
                throw new TargetFileError(key + " cannot be read: " + wrong.getMessage());
            }
        };
    }
}
