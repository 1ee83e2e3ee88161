package gatehouse.idp.upstream.saml;

import gatehouse.idp.http.OutboundRefused;
import gatehouse.idp.tenancy.Connection;
import gatehouse.idp.upstream.metadata.AcceptedMetadata;
import gatehouse.idp.upstream.metadata.MetadataRefused;
import gatehouse.spi.Deadline;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** Accepts whatever is published: once, and again when asked to. */
final class FetchedMetadata implements AcceptedMetadata {

    private final SamlLogin login;
    private final Map<String, Copy> copies = new ConcurrentHashMap<>();

    FetchedMetadata(SamlLogin login) {
        this.login = login;
    }

    @Override
    public Copy current(Connection connection, Deadline deadline) {
        return copies.computeIfAbsent(connection.id().value(), _ -> fetch(connection, deadline));
    }

    @Override
    public Copy renewed(Connection connection, Copy known, Deadline deadline) {
        var fresh = fetch(connection, deadline);
        copies.put(connection.id().value(), fresh);
        return fresh;
    }

    private Copy fetch(Connection connection, Deadline deadline) {
        var protocol = new SamlPublishedMetadata(login.wire);
        try {
            var answer = login.http.get(protocol.address(connection.settings()).orElseThrow(), Map.of(), deadline);
            var document = protocol.candidate(connection.settings(), answer.body()).document();
            protocol.requireUsable(connection.settings(), document, login.now);
            return new Copy(document, Integer.toString(login.fetches), login.now);
        } catch (OutboundRefused unreachable) {
            throw new MetadataRefused(MetadataRefused.Cause.UNAVAILABLE, unreachable.description());
        }
    }
}
