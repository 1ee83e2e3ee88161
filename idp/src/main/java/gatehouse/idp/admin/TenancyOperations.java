package gatehouse.idp.admin;

import gatehouse.idp.admin.Operation.Need;
import gatehouse.idp.admin.resource.Kinds;
import gatehouse.idp.admin.tenancy.BreakGlassKeys;
import gatehouse.idp.admin.tenancy.DomainProofs;
import gatehouse.idp.admin.tenancy.Enforcement;
import gatehouse.idp.http.Reply;
import gatehouse.idp.schema.RecordJson;
import gatehouse.idp.sql.Database;
import gatehouse.idp.sql.Rows;
import gatehouse.idp.tenancy.DomainClaim;
import gatehouse.spi.UserId;
import java.time.Duration;
import java.util.List;

/** What tenancy can beyond the usual: prove a domain, rehearse an enforcement, break the glass. */
final class TenancyOperations {

    private static final Operation.Parameter SECONDS = new Operation.Parameter("seconds", "integer",
            "For how long, 0 (at once no longer) to 86400; an hour if absent.");
    private static final long SECONDS_DEFAULT = 3_600;

    private final Kinds kinds;
    private final Database database;
    private final Parts parts;

    /** The functions behind the operations. */
    record Parts(DomainProofs domains, Enforcement enforcement, BreakGlassKeys breakGlass) {}

    TenancyOperations(Kinds kinds, Database database, Parts parts) {
        this.kinds = kinds;
        this.database = database;
        this.parts = parts;
    }

    List<Operation> operations() {
        return List.of(
                Operation.get("/domains/{id}/verify", "verify_domain", "domains",
                        "Looks for the TXT record at _gatehouse-challenge.DOMAIN and marks the domain as verified.",
                        Need.CHANGE, "domain", this::verify).as("POST").with(Operation.ORGANIZATION),
                Operation.get("/domains/{id}/check", "check_domain", "domains",
                        "As verify, and answers what each authoritative name server shows, proved or not.",
                        Need.CHANGE, "domain_finding",
                        call -> ResourceOperations.json(200, RecordJson.write(
                                Views.FindingView.of(check(call).finding())))).as("POST")
                        .with(Operation.ORGANIZATION),
                Operation.get("/domains/{id}/finding", "get_domain_finding", "domains",
                        "What the name servers showed when they were last asked.",
                        Need.READ, "domain_finding", this::finding).with(Operation.ORGANIZATION),
                Operation.get("/connections/{id}/rehearsal", "rehearse_enforcement", "connections",
                        "What enforcing the connection would do now: who would be locked out, what is missing.",
                        Need.READ, "rehearsal", this::rehearse),
                Operation.get("/organizations/{id}/break-glass/{user}/activate", "activate_break_glass",
                        "organizations", "Lets a named break-glass account sign in by password for a while.",
                        Need.CHANGE, "organization", this::activate).as("POST").with(SECONDS));
    }

    private Reply verify(AdminCall call) {
        var checked = check(call);
        if (!checked.finding().isProved()) {
            throw new ProblemError(ProblemError.Reason.NOT_VERIFIED,
                    checked.finding().verdict().code() + ": " + checked.finding().explained());
        }
        return ResourceOperations.json(200, kinds.domains().shown(checked.claim()))
                .with("ETag", ETag.of(checked.claim().version()));
    }

    private DomainProofs.Checked check(AdminCall call) {
        return parts.domains().check(claim(call), call.editing(), call.deadline());
    }

    private Reply finding(AdminCall call) {
        return parts.domains().last(claim(call), call.deadline())
                .map(found -> ResourceOperations.json(200, RecordJson.write(Views.FindingView.of(found))))
                .orElseThrow(ProblemError::notFound);
    }

    private DomainClaim claim(AdminCall call) {
        var asked = call.request().query().nonEmpty("organization").map(ResourceOperations::organization);
        var own = call.admin().organization();
        if (own.isPresent() && asked.isPresent() && !own.equals(asked)) {
            throw ProblemError.notFound();
        }
        var scope = new Rows.Scope(call.issuer(), own.or(() -> asked));
        var name = call.request().pathParameter("id");
        return database.read(call.deadline(), sql -> kinds.domains().rows().find(sql, scope, name))
                .orElseThrow(ProblemError::notFound);
    }

    private Reply rehearse(AdminCall call) {
        var id = call.request().pathParameter("id");
        var connection = database.read(call.deadline(), sql -> kinds.connections().rows().find(sql, call.scope(), id))
                .orElseThrow(ProblemError::notFound);
        return ResourceOperations.json(200,
                RecordJson.write(parts.enforcement().rehearse(connection, call.deadline())));
    }

    private Reply activate(AdminCall call) {
        var text = call.request().query().optional("seconds").orElse(Long.toString(SECONDS_DEFAULT));
        if (!text.matches("\\d{1,5}") || Long.parseLong(text) > BreakGlassKeys.LONGEST.toSeconds()) {
            throw ProblemError.invalidRequest("seconds must be 0.." + BreakGlassKeys.LONGEST.toSeconds());
        }
        var changed = parts.breakGlass().activate(call.scope(), call.request().pathParameter("id"),
                        new UserId(call.request().pathParameter("user")),
                        Duration.ofSeconds(Long.parseLong(text)), call.editing(), call.deadline())
                .orElseThrow(ProblemError::notFound);
        return ResourceOperations.json(200, kinds.organizations().shown(changed))
                .with("ETag", ETag.of(changed.version()));
    }
}
