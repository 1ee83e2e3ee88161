package gatehouse.idp.upstream.oidc;

import com.nimbusds.jose.Algorithm;
import com.nimbusds.jose.JWSAlgorithm;
import gatehouse.idp.upstream.metadata.Drift.Difference;
import gatehouse.idp.upstream.metadata.Drift.Difference.Kind;
import java.net.URI;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What settings of an OpenID Connect connection demand less than they did, and where they send what was kept safe. */
final class OidcLoosening {

    private static final List<Function<OidcConnection, Optional<URI>>> ENDPOINTS = List.of(
            OidcConnection::authorizationEndpoint, OidcConnection::tokenEndpoint, OidcConnection::jwksUri,
            OidcConnection::userinfoEndpoint, OidcConnection::pushedAuthorizationRequestEndpoint,
            OidcConnection::endSessionEndpoint);

    private OidcLoosening() {
    }

    static List<Difference> between(OidcConnection before, OidcConnection after) {
        var found = new ArrayList<Difference>();
        if (!before.signingAlgorithms().containsAll(after.signingAlgorithms())) {
            found.add(new Difference(Kind.SIGNING_ALGORITHMS_ADDED, words(before.signingAlgorithms()),
                    words(after.signingAlgorithms())));
        }
        var directories = directories(before);
        if (!directories.isEmpty() && (directories(after).isEmpty() || !directories.containsAll(directories(after)))) {
            found.add(new Difference(Kind.DIRECTORY_CHANGED, String.join(" ", directories),
                    String.join(" ", directories(after))));
        }
        if (!after.isSelfContained()) { // else both sides' endpoints are known, and compared as such
            endpoints(before, after, found);
        }
        return List.copyOf(found);
    }

    private static Set<String> directories(OidcConnection settings) {
        var directories = new TreeSet<>(settings.hostedDomains());
        settings.tenantId().ifPresent(directories::add);
        return directories;
    }

    /** A setting wins over the document: the code and our secret go where it says. */
    private static void endpoints(OidcConnection before, OidcConnection after, List<Difference> found) {
        var hosts = new HashSet<String>();
        hosts.add(host(before.issuerIdentifier().discovery()));
        all(before).forEach(endpoint -> hosts.add(host(endpoint)));
        var known = all(before).toList();
        all(after).filter(endpoint -> !known.contains(endpoint) && !hosts.contains(host(endpoint)))
                .forEach(endpoint -> found.add(
                        new Difference(Kind.ENDPOINT_HOST_CHANGED, "", endpoint.toString())));
    }

    private static Stream<URI> all(OidcConnection settings) {
        return ENDPOINTS.stream().map(endpoint -> endpoint.apply(settings)).flatMap(Optional::stream);
    }

    private static String host(URI location) {
        return location.getScheme() + "://" + location.getRawAuthority();
    }

    private static String words(Set<JWSAlgorithm> algorithms) {
        return algorithms.stream().map(Algorithm::getName).sorted().collect(Collectors.joining(" "));
    }
}
