package gatehouse.idp.admin.resource;

import gatehouse.idp.client.Client;
import gatehouse.idp.schema.FieldProblem;
import gatehouse.idp.schema.InvalidDocument;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/** What the metadata of a client must keep among itself (RFC 7591 §2, RFC 9700 §2.1). */
final class ClientRules {

    /** Scopes with this prefix open the deployment's own interfaces. */
    static final String RESERVED_SCOPES = "gatehouse:";

    /** Schemes that a browser acts on instead of carrying an answer. */
    private static final Set<String> ACTIVE_SCHEMES =
            Set.of("javascript", "data", "vbscript", "file", "blob", "about", "view-source", "mailto", "ftp",
                    "ws", "wss");

    private ClientRules() {
    }

    static void check(Client client, Optional<Client> before, Admin admin) {
        var problems = new ArrayList<FieldProblem>();
        checkGrants(client, problems);
        checkKeys(client, problems);
        checkUris("/redirect_uris/", client.redirectUris(), problems);
        checkUris("/post_logout_redirect_uris/", client.postLogoutRedirectUris(), problems);
        client.clientUri().map(URI::toString).filter(uri -> !isWeb(uri))
                .ifPresent(_ -> problems.add(FieldProblem.of("client_uri", "must be an http or https URL")));
        var had = before.map(Client::scopes).orElse(Set.of());
        if (!admin.isOperator()
                && client.scopes().stream().anyMatch(s -> s.startsWith(RESERVED_SCOPES) && !had.contains(s))) {
            problems.add(FieldProblem.of("scopes", "scopes that begin with gatehouse: are for operators to give"));
        }
        if (!problems.isEmpty()) {
            throw new InvalidDocument(problems);
        }
    }

    private static void checkGrants(Client client, List<FieldProblem> problems) {
        var grants = client.grantTypes();
        if (grants.isEmpty()) {
            problems.add(FieldProblem.of("grant_types", "must not be empty"));
        }
        if (grants.contains("authorization_code") && client.redirectUris().isEmpty()) {
            problems.add(FieldProblem.of("redirect_uris", "must not be empty with the grant authorization_code"));
        }
        if (grants.contains("refresh_token") && !grants.contains("authorization_code")) {
            problems.add(FieldProblem.of("grant_types", "refresh_token needs authorization_code"));
        }
        if (grants.contains("client_credentials") && client.tokenEndpointAuthMethod().equals("none")) {
            problems.add(FieldProblem.of("grant_types", "client_credentials needs a client that authenticates"));
        }
    }

    private static void checkKeys(Client client, List<FieldProblem> problems) {
        boolean byKey = client.tokenEndpointAuthMethod().equals("private_key_jwt");
        if (client.jwks().isPresent() && client.jwksUri().isPresent()) {
            problems.add(FieldProblem.of("jwks_uri", "is not used together with jwks"));
        }
        if (byKey && client.jwks().isEmpty() && client.jwksUri().isEmpty()) {
            problems.add(FieldProblem.of("jwks", "private_key_jwt needs jwks or jwks_uri"));
        }
        client.jwksUri().map(URI::toString).filter(uri -> !isWeb(uri))
                .ifPresent(_ -> problems.add(FieldProblem.of("jwks_uri", "must be an http or https URL")));
    }

    private static void checkUris(String pointer, List<String> uris, List<FieldProblem> problems) {
        for (int i = 0; i < uris.size(); i++) {
            var at = pointer + i;
            problem(uris.get(i)).ifPresent(problem -> problems.add(new FieldProblem(at, problem)));
        }
    }

    private static Optional<String> problem(String text) {
        URI uri;
        try {
            uri = new URI(text);
        } catch (URISyntaxException malformed) {
            return Optional.of("is not a URI");
        }
        if (!uri.isAbsolute() || text.indexOf('*') >= 0) {
            return Optional.of("must be an absolute URI without wildcards");
        }
        if (uri.getRawFragment() != null) {
            return Optional.of("must not have a fragment");
        }
        var scheme = uri.getScheme().toLowerCase(Locale.ROOT);
        if (ACTIVE_SCHEMES.contains(scheme)) {
            return Optional.of("must not have the scheme " + scheme);
        }
        boolean web = scheme.equals("https") || scheme.equals("http");
        if (web && (uri.getHost() == null || uri.getRawUserInfo() != null)) {
            return Optional.of("must have a host and no user name");
        }
        if (scheme.equals("http") && !isLoopback(uri.getHost())) {
            return Optional.of("must be https: http is for loopback addresses only");
        }
        // RFC 8252 §7.1: a private-use scheme is a reversed domain name.
        return web || scheme.indexOf('.') > 0 ? Optional.empty() : Optional.of("has an unknown scheme");
    }

    private static boolean isLoopback(String host) {
        return host.equals("localhost") || host.equals("[::1]") || host.matches("127(\\.\\d{1,3}){3}");
    }

    private static boolean isWeb(String text) {
        return text.startsWith("https://") || text.startsWith("http://");
    }
}
