package gatehouse.idp.admin;

import gatehouse.idp.admin.Operation.Need;
import gatehouse.idp.admin.resource.Admin;
import gatehouse.idp.admin.resource.Admin.Permission;
import gatehouse.idp.admin.resource.Editor;
import gatehouse.idp.admin.resource.Kinds;
import gatehouse.idp.admin.tenancy.BreakGlassKeys;
import gatehouse.idp.admin.tenancy.DomainProofs;
import gatehouse.idp.admin.tenancy.Enforcement;
import gatehouse.idp.audit.AuditAction;
import gatehouse.idp.audit.AuditEvent;
import gatehouse.idp.audit.AuditTrail;
import gatehouse.idp.http.Endpoint;
import gatehouse.idp.http.Journey;
import gatehouse.idp.http.Refusal;
import gatehouse.idp.http.Reply;
import gatehouse.idp.http.Request;
import gatehouse.idp.http.Route;
import gatehouse.idp.http.Voice;
import gatehouse.idp.keys.KeyRotator;
import gatehouse.idp.schema.InvalidDocument;
import gatehouse.idp.schema.Nearest;
import gatehouse.idp.sql.Database;
import gatehouse.idp.sql.RowRefused;
import gatehouse.idp.sql.SecretBox;
import gatehouse.idp.sql.SqlAudit;
import gatehouse.idp.sql.events.SqlDeliveries;
import gatehouse.idp.upstream.MetadataImporter;
import gatehouse.idp.upstream.xray.AttemptReplay;
import gatehouse.idp.upstream.xray.AttemptStore;
import gatehouse.idp.upstream.xray.Words;
import gatehouse.idp.watch.Watch;
import gatehouse.sessions.SessionStore;
import gatehouse.spi.Deadline;
import gatehouse.spi.Issuer;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The list of the admin API's operations, and how a request gets to one: proved, allowed, in its place, on record. */
public final class AdminRoutes {

    /** Where it begins. */
    static final String BASE = "/admin/v1";

    /** What can be done with tenancy beyond changing rows: for the portal, too. */
    public record Tenancy(DomainProofs domains, Enforcement enforcement, BreakGlassKeys breakGlass) {}

    /** What the operations work with. */
    public record Parts(
            AdminAccess access,
            Kinds kinds,
            Editor editor,
            Database database,
            SqlAudit audit,
            AuditTrail trail,
            SessionStore sessions,
            KeyRotator keys,
            Tenancy tenancy,
            List<MetadataImporter> importers,
            SecretBox box,
            AttemptStore attempts,
            AttemptReplay replay,
            Words words,
            InstantSource clock,
            Watch watch,
            SqlDeliveries deliveries,
            String publicUrl) {}

    private final AdminAccess access;
    private final AuditTrail trail;
    private final List<Operation> operations;
    private final OpenApi openApi;
    private final Voice voice = new ProblemVoice();

    public AdminRoutes(Parts parts) {
        this.access = parts.access();
        this.trail = parts.trail();
        var paging = new Paging(parts.box());
        this.operations = operations(parts, paging);
        this.openApi = new OpenApi(operations, parts.kinds());
    }

    private static List<Operation> operations(Parts parts, Paging paging) {
        var kinds = parts.kinds();
        var all = new ArrayList<Operation>();
        for (var kind : kinds.all()) {
            var usual = kind == kinds.connections()
                    ? new ResourceOperations<>(kinds.connections(), parts.database(), parts.editor(), paging,
                            Optional.of(new ConnectionTrust(parts.watch().settings())))
                    : new ResourceOperations<>(kind, parts.database(), parts.editor(), paging, Optional.empty());
            all.addAll(switch (kind.path()) {
                case "issuers" -> usual.operations(Need.DEPLOYMENT_READ, Need.OPERATOR, Need.OPERATOR);
                case "organizations" -> usual.operations(Need.READ, Need.OPERATOR, Need.CHANGE);
                default -> usual.operations(Need.READ, Need.CHANGE, Need.CHANGE);
            });
        }
        all.addAll(new SpecialOperations(
                kinds, parts.database(), parts.editor(), parts.importers(), parts.watch().settings()).operations());
        all.addAll(new TenancyOperations(kinds, parts.database(), new TenancyOperations.Parts(
                parts.tenancy().domains(), parts.tenancy().enforcement(), parts.tenancy().breakGlass())).operations());
        all.addAll(new WebhookOperations(kinds.webhooks(), parts.deliveries(), parts.editor(), parts.database(), paging,
                parts.clock()).operations());
        all.addAll(new WatchOperations(
                parts.watch(), kinds, parts.database(), parts.audit(), paging, parts.clock()).operations());
        all.addAll(new SetupLinkOperations(
                parts.database(), parts.audit(), parts.publicUrl(), parts.clock()).operations());
        all.addAll(new SessionOperations(
                parts.sessions(), kinds, parts.database(), parts.audit(), paging, parts.clock()).operations());
        all.addAll(new ReadOperations(
                parts.keys(), parts.database(), parts.audit(), paging, parts.clock()).operations());
        all.addAll(new AttemptOperations(parts, paging).operations());
        return List.copyOf(all);
    }

    /** The routes, once for the deployment. */
    public List<Route> routes() {
        var routes = new ArrayList<Route>();
        for (var operation : operations) {
            routes.add(route(operation.method(), operation.path(),
                    (request, deadline) -> answer(operation, request, deadline)));
        }
        routes.add(route("GET", "/openapi.json", (_, _) -> Reply.json(200, openApi.document())));
        return routes;
    }

    private Route route(String method, String path, Endpoint endpoint) {
        return Route.of(method, BASE + path, Journey.ADMIN, voice, endpoint).deploymentWide();
    }

    /** All operations, for tests that try each of them. */
    List<Operation> operations() {
        return operations;
    }

    private Reply answer(Operation operation, Request request, Deadline deadline) {
        Optional<Admin> admin = Optional.empty();
        try {
            admin = Optional.of(access.require(request, deadline));
            return admitted(operation, request, admin.get(), deadline);
        } catch (InvalidDocument invalid) {
            throw refused(operation, request, admin, ProblemError.of(invalid));
        } catch (RowRefused refused) {
            throw refused(operation, request, admin, ProblemError.of(refused));
        } catch (Refusal refusal) {
            throw refused(operation, request, admin, refusal);
        }
    }

    private static Reply admitted(Operation operation, Request request, Admin admin, Deadline deadline) {
        requireParameters(operation, request);
        var issuer = request.query().nonEmpty("issuer").orElse(Issuer.ROOT);
        if (!isAllowed(operation.need(), admin.permission())) {
            throw new ProblemError(ProblemError.Reason.NOT_ALLOWED, "The access token does not allow this.");
        }
        if (admin.organization().isPresent() && !issuer.equals(Issuer.ROOT)) {
            // Another issuer may have an organization of the same id: it is not this one.
            throw ProblemError.notFound();
        }
        return operation.handler().handle(new AdminCall(request, admin, issuer, deadline));
    }

    private static boolean isAllowed(Need need, Permission permission) {
        return switch (permission) {
            case FULL -> true;
            case READ -> !need.changes();
            case ORGANIZATION -> need == Need.READ || need == Need.CHANGE;
        };
    }

    private static void requireParameters(Operation operation, Request request) {
        var known = new ArrayList<>(operation.parameters().stream().map(Operation.Parameter::name).toList());
        known.add("issuer");
        request.query().repeated().ifPresent(name -> {
            throw ProblemError.invalidRequest("The parameter " + Nearest.quoted(name) + " was sent more than once.");
        });
        for (var name : request.query().names()) {
            if (!known.contains(name)) {
                throw ProblemError.invalidRequest(Nearest.unknown("parameter", name, known));
            }
        }
    }

    /** Notes a refused attempt to change something, or to get in at all. */
    private Refusal refused(Operation operation, Request request, Optional<Admin> admin, Refusal refusal) {
        if (operation.need().changes() || admin.isEmpty() || isNotAllowed(refusal)) {
            trail.record(AuditEvent.of(AuditAction.ADMIN_REFUSED, Issuer.ROOT, request.traceId())
                    .organization(admin.flatMap(Admin::organization))
                    .address(request.clientAddress())
                    .reason(refusal.reason())
                    .details(Map.of(
                            "operation", operation.id(),
                            "actor", admin.map(Admin::name).orElse("unknown"))));
        }
        return refusal;
    }

    private static boolean isNotAllowed(Refusal refusal) {
        return refusal instanceof ProblemError problem && problem.why() == ProblemError.Reason.NOT_ALLOWED;
    }
}
