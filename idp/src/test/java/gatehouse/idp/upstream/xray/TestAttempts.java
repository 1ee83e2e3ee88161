package gatehouse.idp.upstream.xray;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import gatehouse.idp.http.Compared;
import gatehouse.idp.tenancy.Connection;
import gatehouse.idp.tenancy.TestConnections;
import gatehouse.idp.upstream.xray.Attempt.Outcome;
import gatehouse.idp.upstream.xray.Step.Verdict;
import gatehouse.idp.upstream.xray.Trace.Kind;
import gatehouse.idp.upstream.xray.Trace.Stage;
import gatehouse.spi.ConnectionId;
import gatehouse.spi.OrganizationId;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Attempts ready made. */
public final class TestAttempts {

    private TestAttempts() {}

    /** A connection of {@code organization}. */
    public static Connection connection(String organization, String id, ObjectNode settings) {
        return TestConnections.connection(id, organization, "saml", settings);
    }

    /** An attempt over {@code connection} that was refused for its audience. */
    public static Attempt refused(String id, String organization, String connection, Instant at) {
        return new Attempt(id, at, "main", new OrganizationId(organization), new ConnectionId(connection), "saml",
                Kind.REAL, Outcome.REFUSED, Optional.of(Diagnosis.SAML_AUD_01),
                Optional.of("saml_audience_mismatch"), "trace-" + id,
                List.of(new Step(Check.SIGNATURE, Verdict.PASSED, Compared.NOTHING),
                        new Step(Check.AUDIENCE, Verdict.FAILED, Compared.of("https://ours", "spn:theirs"))),
                Map.of(Stage.METADATA, Duration.ofMillis(120)), Optional.empty(), List.of(), Optional.empty());
    }

    /** The same with another diagnosis, by the check that belongs to it. */
    public static Attempt refused(Diagnosis diagnosis, Compared compared, List<String> attributes, Instant at) {
        return new Attempt("id", at, "main", new OrganizationId("a"), new ConnectionId("c"), "saml", Kind.REAL,
                Outcome.REFUSED, Optional.of(diagnosis), Optional.empty(), "trace",
                List.of(new Step(Check.SIGNATURE, Verdict.PASSED, Compared.NOTHING),
                        new Step(diagnosis.check(), Verdict.FAILED, compared)),
                Map.of(), Optional.empty(), attributes, Optional.empty());
    }

    /** {@code attempt} as it is written, with {@code body} as its message. */
    public static Entry.Seen seen(Attempt attempt, Optional<String> body) {
        return new Entry.Seen(connection(attempt.organization().value(), attempt.connection().value(),
                JsonNodeFactory.instance.objectNode()), attempt, body.map(text ->
                new Message("application/x-www-form-urlencoded", text.getBytes(), "pending".getBytes())));
    }
}
