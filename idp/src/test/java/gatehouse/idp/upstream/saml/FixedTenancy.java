package gatehouse.idp.upstream.saml;

import gatehouse.idp.http.Headers;
import gatehouse.idp.http.Refusal;
import gatehouse.idp.http.Reply;
import gatehouse.idp.http.Request;
import gatehouse.idp.http.Voice;
import gatehouse.idp.tenancy.Connection;
import gatehouse.idp.tenancy.IssuerSettings;
import gatehouse.idp.tenancy.Organization;
import gatehouse.idp.tenancy.TenancyCatalog;
import gatehouse.idp.tenancy.TestConnections;
import gatehouse.idp.tenancy.VerifiedDomain;
import gatehouse.spi.ConnectionId;
import gatehouse.spi.Deadline;
import gatehouse.spi.OrganizationId;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Some SAML connections and one of another type, called {@code oidc}. */
record FixedTenancy(List<String> samlConnections) implements TenancyCatalog {

    static final Voice NO_VOICE = new Voice() {
        @Override
        public Reply refuse(Refusal refusal, Request request) {
            return Reply.empty(400);
        }

        @Override
        public Reply unavailable(Request request) {
            return Reply.empty(503);
        }

        @Override
        public Reply fault(Request request) {
            return Reply.empty(500);
        }
    };

    static Request get(String connection) {
        return new Request(new Request.Parts("GET", SamlLogin.ISSUER, "/saml/sp/" + connection,
                Map.of("connection", connection), "", new Headers() {
                    @Override
                    public Optional<String> first(String name) {
                        return Optional.empty();
                    }

                    @Override
                    public List<String> all(String name) {
                        return List.of();
                    }
                }, new byte[0], "192.0.2.1", "trace"));
    }

    @Override
    public Optional<Connection> connection(String issuer, ConnectionId id, Deadline deadline) {
        boolean saml = samlConnections.contains(id.value());
        return !saml && !id.value().equals("oidc") ? Optional.empty()
                : Optional.of(TestConnections.at(issuer, 1,
                        TestConnections.connection(id.value(), "org", saml ? "saml" : "oidc", SamlLogin.settings())));
    }

    @Override
    public Optional<IssuerSettings> issuer(String name, Deadline deadline) {
        return Optional.empty();
    }

    @Override
    public Optional<Organization> organization(String issuer, OrganizationId id, Deadline deadline) {
        return Optional.empty();
    }

    @Override
    public Optional<VerifiedDomain> verifiedDomain(String issuer, String domain, Deadline deadline) {
        return Optional.empty();
    }

    @Override
    public List<Connection> connectionsOf(String issuer, OrganizationId organization, Deadline deadline) {
        return List.of();
    }
}
