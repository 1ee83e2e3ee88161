package gatehouse.idp.admin;

import com.fasterxml.jackson.databind.node.ObjectNode;
import gatehouse.idp.admin.AttemptViews.HealthView;
import gatehouse.idp.admin.AttemptViews.ReplayView;
import gatehouse.idp.admin.Operation.Need;
import gatehouse.idp.admin.WatchViews.CountdownView;
import gatehouse.idp.admin.resource.Kinds;
import gatehouse.idp.http.Compared;
import gatehouse.idp.http.Reply;
import gatehouse.idp.schema.InvalidDocument;
import gatehouse.idp.schema.MergePatch;
import gatehouse.idp.schema.RecordJson;
import gatehouse.idp.sql.Database;
import gatehouse.idp.sql.Rows;
import gatehouse.idp.tenancy.Connection;
import gatehouse.idp.tenancy.ConnectionState;
import gatehouse.idp.tenancy.DomainClaim;
import gatehouse.idp.upstream.metadata.MetadataRefused;
import gatehouse.idp.upstream.xray.Attempt;
import gatehouse.idp.upstream.xray.Attempt.Outcome;
import gatehouse.idp.upstream.xray.AttemptReplay;
import gatehouse.idp.upstream.xray.AttemptStore;
import gatehouse.idp.upstream.xray.AttemptStore.Filter;
import gatehouse.idp.upstream.xray.AttemptStore.Position;
import gatehouse.idp.upstream.xray.AttemptStore.Scope;
import gatehouse.idp.upstream.xray.Diagnosis;
import gatehouse.idp.upstream.xray.Trace.Kind;
import gatehouse.idp.watch.CertificateWatch;
import gatehouse.spi.ConnectionId;
import gatehouse.spi.OrganizationId;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;

/** What became of sign-ins over connections: attempt by attempt, and in figures. */
final class AttemptOperations {

    private static final int HOURS_MAX = 24 * 366;
    private static final int HOURS_DEFAULT = 24;
    private static final int DOMAINS_MAX = 200;

    private final Kinds kinds;
    private final Database database;
    private final AttemptStore attempts;
    private final AttemptReplay replay;
    private final AttemptViews views;
    private final CertificateWatch certificates;
    private final Paging paging;
    private final InstantSource clock;

    AttemptOperations(AdminRoutes.Parts parts, Paging paging) {
        this.kinds = parts.kinds();
        this.database = parts.database();
        this.attempts = parts.attempts();
        this.replay = parts.replay();
        this.views = new AttemptViews(parts.words());
        this.certificates = parts.watch().certificates();
        this.paging = paging;
        this.clock = parts.clock();
    }

    List<Operation> operations() {
        return List.of(
                Operation.get("/sign-in-attempts", "list_sign_in_attempts", "sign-in attempts",
                        "Lists attempts to sign in over connections, newest first.",
                        Need.READ, "sign_in_attempt_page", this::list)
                        .with(Operation.LIMIT, Operation.PAGE_TOKEN, Operation.ORGANIZATION,
                                new Operation.Parameter("connection", "string", "Only over this connection."),
                                new Operation.Parameter("outcome", "string", "succeeded, refused or arrived."),
                                new Operation.Parameter("kind", "string", "real or test."),
                                new Operation.Parameter("code", "string", "Only with this code of the catalogue."),
                                new Operation.Parameter("trace_id", "string", "Only of this request.")),
                Operation.get("/sign-in-attempts/{id}", "read_sign_in_attempt", "sign-in attempts",
                        "Reads an attempt with every check, what was expected and what came.",
                        Need.READ, "sign_in_attempt", this::read),
                Operation.get("/sign-in-attempts/{id}/replay", "replay_sign_in_attempt", "sign-in attempts",
                        "Judges the kept message of a refused attempt again, as if it came at its own time, by the"
                                + " connection's settings with the changes sent. Signs nobody in and changes nothing.",
                        Need.CHANGE, "sign_in_replay", this::judge).as("POST").taking("connection_patch"),
                Operation.get("/connections/{id}/health", "read_connection_health", "connections",
                        "How the sign-ins over a connection went.", Need.READ, "connection_health", this::health)
                        .with(new Operation.Parameter("hours", "integer",
                                "Of how many hours, 1 to 8784; 24 if absent.")));
    }

    private static Scope scope(AdminCall call) {
        return new Scope(call.issuer(), call.admin().organization());
    }

    private Reply list(AdminCall call) {
        var asked = call.request().query().nonEmpty("organization").map(ResourceOperations::organization);
        var own = call.admin().organization();
        if (own.isPresent() && asked.isPresent() && !own.equals(asked)) {
            throw ProblemError.notFound();
        }
        var filter = new Filter(
                text(call, "connection").map(ConnectionId::new),
                word(call, "outcome", Outcome.values(), Outcome::wireName),
                word(call, "kind", Kind.values(), Kind::wireName),
                word(call, "code", Diagnosis.values(), Diagnosis::code),
                text(call, "trace_id"), paging.after(call).map(AttemptOperations::position), Paging.limit(call) + 1);
        var rows = attempts.page(new Scope(call.issuer(), own.or(() -> asked)), filter, call.deadline());
        var known = connections(call, rows);
        return ResourceOperations.json(200, paging.page(call, rows,
                row -> RecordJson.write(views.listed(row,
                        Optional.ofNullable(known.get(row.connection())), call.request())),
                row -> row.at() + " " + row.id()));
    }

    private static Position position(String text) {
        var parts = text.split(" ", 2);
        return new Position(Instant.parse(parts[0]), parts[1]);
    }

    private static Optional<String> text(AdminCall call, String name) {
        return call.request().query().nonEmpty(name).map(text -> {
            if (text.length() > 128) {
                throw ProblemError.invalidRequest(name + " must have at most 128 characters");
            }
            return text;
        });
    }

    private static <T> Optional<T> word(AdminCall call, String name, T[] values, Function<T, String> spelled) {
        return text(call, name).map(text -> Stream.of(values).filter(value -> spelled.apply(value).equals(text))
                .findFirst().orElseThrow(() -> ProblemError.invalidRequest(values.length > 10
                        ? name + " is not one of the error catalogue"
                        : name + " must be one of " + Stream.of(values).map(spelled).toList())));
    }

    /** The connections of {@code rows} as they are now, each read once. */
    private Map<ConnectionId, Connection> connections(AdminCall call, List<Attempt> rows) {
        var ids = rows.stream().map(Attempt::connection).distinct().toList();
        return database.read(call.deadline(), sql -> {
            var found = new HashMap<ConnectionId, Connection>();
            ids.forEach(id -> kinds.connections().rows().find(sql, call.scope(), id.value())
                    .ifPresent(connection -> found.put(id, connection)));
            return found;
        });
    }

    private Attempt attempt(AdminCall call) {
        return attempts.find(scope(call), call.request().pathParameter("id"), call.deadline())
                .orElseThrow(ProblemError::notFound);
    }

    private Optional<Connection> connection(AdminCall call, Attempt attempt) {
        // Of the attempt's own organization: an id that was given away since is another connection.
        var scope = new Rows.Scope(call.issuer(), Optional.of(attempt.organization()));
        return database.read(call.deadline(),
                sql -> kinds.connections().rows().find(sql, scope, attempt.connection().value()));
    }

    private Reply read(AdminCall call) {
        var attempt = attempt(call);
        var replayable = attempts.message(scope(call), attempt.id(), call.deadline()).isPresent();
        return ResourceOperations.json(200, RecordJson.write(
                views.whole(attempt, connection(call, attempt), replayable, call.request())));
    }

    private Reply judge(AdminCall call) {
        var attempt = attempt(call);
        var message = attempts.message(scope(call), attempt.id(), call.deadline())
                .orElseThrow(() -> new ProblemError(ProblemError.Reason.NOT_KEPT,
                        "Only refused SAML messages are kept, and those for a while."));
        var connection = connection(call, attempt).orElseThrow(ProblemError::notFound);
        var draft = draft(connection, call.body(List.of(ResourceOperations.MERGE_PATCH)), call);
        var verdict = replay.judge(draft, attempt, message, call.deadline());
        return ResourceOperations.json(200, RecordJson.write(new ReplayView(verdict.outcome().wireName(),
                verdict.diagnosis().map(diagnosis ->
                        views.diagnosis(diagnosis, verdict, Optional.of(draft), call.request())),
                views.steps(verdict.steps(), call.request()), verdict.person(), verdict.attributes())));
    }

    /** The connection as it would be, judged as if it were to be stored. */
    private Connection draft(Connection connection, ObjectNode patch, AdminCall call) {
        patch.fieldNames().forEachRemaining(name -> {
            if (!name.equals("settings")) {
                throw ProblemError.of(new InvalidDocument(name, "only settings can be tried"));
            }
        });
        if (patch.has("settings") && !patch.get("settings").isObject()) {
            throw ProblemError.of(new InvalidDocument("settings", "must be an object"));
        }
        var document = MergePatch.apply(RecordJson.write(connection), patch);
        var draft = RecordJson.read(document, Connection.class);
        kinds.connections().check(draft, Optional.of(connection), call.admin());
        return draft;
    }

    private Reply health(AdminCall call) {
        var id = call.request().pathParameter("id");
        var connection = database.read(call.deadline(), sql -> kinds.connections().rows().find(sql, call.scope(), id))
                .orElseThrow(ProblemError::notFound);
        var since = clock.instant().minus(Duration.ofHours(hours(call)));
        var health = attempts.health(new Scope(call.issuer(), Optional.of(connection.organization())), connection.id(),
                since, call.deadline());
        return ResourceOperations.json(200, RecordJson.write(HealthView.of(health, since,
                ambiguous(call, connection.organization()).stream().map(domain -> views.warning(
                        Diagnosis.HRD_01, Compared.received(domain), call.request())).toList(), certificates(connection, call))));
    }

    /** Metadata that cannot be read is told of elsewhere; the figures are shown all the same. */
    private List<CountdownView> certificates(Connection connection, AdminCall call) {
        try {
            return certificates.counted(connection, call.deadline()).stream().map(CountdownView::of).toList();
        } catch (MetadataRefused unreadable) {
            return List.of();
        }
    }

    /** Proved domains of {@code organization} whose people have to choose between several connections. */
    private List<String> ambiguous(AdminCall call, OrganizationId organization) {
        var scope = new Rows.Scope(call.issuer(), Optional.of(organization));
        var all = new Rows.Page(Optional.empty(), DOMAINS_MAX, Map.of());
        return database.read(call.deadline(), sql -> {
            var used = kinds.connections().rows().page(sql, scope, all).stream()
                    .filter(connection -> connection.state() == ConnectionState.ACTIVE
                            || connection.state() == ConnectionState.ENFORCED).count();
            return used < 2 ? List.of() : kinds.domains().rows().page(sql, scope, all).stream()
                    .filter(claim -> claim.verified() && claim.connection().isEmpty())
                    .map(DomainClaim::name).toList();
        });
    }

    private static int hours(AdminCall call) {
        var text = call.request().query().optional("hours").orElse(Integer.toString(HOURS_DEFAULT));
        if (!text.matches("[1-9]\\d{0,3}") || Integer.parseInt(text) > HOURS_MAX) {
            throw ProblemError.invalidRequest("hours must be 1.." + HOURS_MAX);
        }
        return Integer.parseInt(text);
    }
}
