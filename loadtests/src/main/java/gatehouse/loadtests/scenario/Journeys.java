package gatehouse.loadtests.scenario;

import gatehouse.loadtests.load.Journey;
import gatehouse.loadtests.target.TargetFileError;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.function.LongSupplier;
import java.util.function.Predicate;

/** Every journey there is, in the order in which they are run. A new journey is a line here. */
public final class Journeys {

    private final Map<String, Function<Provider, Journey>> all = new LinkedHashMap<>();
    private final Map<String, Predicate<Provider>> possible = new LinkedHashMap<>();

    public Journeys(LongSupplier nanoClock) {
        add(ClientCredentials.NAME, ClientCredentials::new, Journeys::hasService);
        add(TokenRefresh.NAME, TokenRefresh::new, Journeys::hasSession);
        add(SilentSignIn.NAME, SilentSignIn::new, Journeys::hasSession);
        add(Introspection.NAME, provider -> new Introspection(provider, nanoClock),
            provider -> hasService(provider) && hasSession(provider));
        for (var way : List.of(BrowserLogin.SAML, BrowserLogin.OIDC, BrowserLogin.PASSWORD)) {
            add(way, provider -> new BrowserLogin(provider, way), provider -> canSignIn(provider, way));
        }
    }

    public List<String> names() {
        return List.copyOf(all.keySet());
    }

    /** Those that the target file says enough about. */
    public List<String> possible(Provider provider) {
        return names().stream().filter(name -> possible.get(name).test(provider)).toList();
    }

    public Journey make(String name, Provider provider) {
        if (!all.containsKey(name)) {
            throw new TargetFileError("no journey " + name + "; there are " + String.join(", ", names()));
        }
        return all.get(name).apply(provider);
    }

    private void add(String name, Function<Provider, Journey> maker, Predicate<Provider> condition) {
        all.put(name, maker);
        possible.put(name, condition);
    }

    private static boolean hasService(Provider provider) {
        return provider.target().service().isPresent();
    }

    private static boolean hasSession(Provider provider) {
        return provider.target().app().isPresent() && !provider.target().signIns().isEmpty();
    }

    private static boolean canSignIn(Provider provider, String way) {
        return provider.target().app().isPresent() && provider.target().signIns().containsKey(way);
    }
}
