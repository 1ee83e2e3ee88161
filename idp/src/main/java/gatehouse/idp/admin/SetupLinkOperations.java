package gatehouse.idp.admin;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import gatehouse.idp.admin.Operation.Need;
import gatehouse.idp.admin.resource.RandomNames;
import gatehouse.idp.audit.AuditAction;
import gatehouse.idp.audit.AuditEvent;
import gatehouse.idp.audit.AuditRecord;
import gatehouse.idp.http.Reply;
import gatehouse.idp.schema.Described;
import gatehouse.idp.schema.InvalidDocument;
import gatehouse.idp.schema.RecordJson;
import gatehouse.idp.schema.ResourceSchema;
import gatehouse.idp.sql.Database;
import gatehouse.idp.sql.SqlAudit;
import gatehouse.idp.sql.SqlSetupLinks;
import gatehouse.idp.sql.Transaction;
import gatehouse.idp.tenancy.SetupIntent;
import gatehouse.idp.tenancy.SetupLink;
import gatehouse.spi.ConnectionId;
import gatehouse.spi.Issuer;
import gatehouse.spi.OrganizationId;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Setup links: made for an organization, one for each contact, shown this once; listed and taken back. */
final class SetupLinkOperations {

    private static final int CONTACTS_MAX = 20;
    private static final int LISTED_MAX = 200;
    private static final long EXPIRES_SECONDS_DEFAULT = 7L * 86_400;

    /** What is asked for. */
    record SetupLinkRequest(
            @Described(value = "What the link is for: sso (connect an identity provider), domain (prove domains) or"
                    + " certificate-renewal (bring a connection's new certificate).",
                    oneOf = {"sso", "domain", "certificate-renewal"})
            String intent,
            @Described(value = "Who gets a link, each their own: e-mail addresses or names.", min = 1, max = 254,
                    entriesMax = CONTACTS_MAX)
            List<String> contacts,
            @Described(value = "Who invites, as the contact reads it. Default: the client that calls.", min = 1,
                    max = 200)
            Optional<String> inviter,
            @Described(value = "The one connection it is about; needed for certificate-renewal.", min = 1, max = 64)
            Optional<String> connection,
            @Described(value = "How long it can be used, seconds. Default: 604800, seven days.", min = 300,
                    max = 2_592_000)
            Optional<Integer> expiresInSeconds) {}

    /** A link as it is shown. */
    record SetupLinkView(
            @Described("Its id.") String id,
            @Described("The organization it is for.") String organization,
            @Described("What it is for.") String intent,
            @Described("The connection it is about, if it is about one.") Optional<String> connection,
            @Described("Who it was made for.") String contact,
            @Described("Who invites.") String inviter,
            @Described("The step it begins at, if it was handed on for one.") Optional<String> step,
            @Described("How it stands.") String status,
            @Described("The link itself. Shown once, when it is made.") Optional<String> url,
            @Described(value = "When it was made.", format = "date-time") Instant createdAt,
            @Described(value = "When it stops working.", format = "date-time") Instant expiresAt,
            @Described(value = "When it was used.", format = "date-time") Optional<Instant> usedAt,
            @Described(value = "When it was taken back.", format = "date-time") Optional<Instant> revokedAt,
            @Described(value = "When its contact asked for a new one.", format = "date-time")
            Optional<Instant> wantedAgainAt) {}

    static final ResourceSchema REQUEST = ResourceSchema.of("setup_link_request",
            JsonNodeFactory.instance.objectNode(), List.of(SetupLinkRequest.class));
    static final ResourceSchema VIEW = Views.schema("setup_link", SetupLinkView.class);

    private final Database database;
    private final SqlSetupLinks links;
    private final SqlAudit audit;
    private final String publicUrl;
    private final InstantSource clock;
    private final RandomNames names = new RandomNames();

    SetupLinkOperations(Database database, SqlAudit audit, String publicUrl, InstantSource clock) {
        this.database = database;
        this.links = new SqlSetupLinks(database);
        this.audit = audit;
        this.publicUrl = publicUrl;
        this.clock = clock;
    }

    List<Operation> operations() {
        var all = "/organizations/{id}/setup-links";
        return List.of(
                Operation.get(all, "issue_setup_links", "setup-links",
                        "Makes a single-use setup link for each contact and shows it this once.", Need.OPERATOR,
                        "setup_link_page", this::issue).as("POST").taking("setup_link_request")
                        .answering(201, "setup_link_page"),
                Operation.get(all, "list_setup_links", "setup-links",
                        "Lists the latest setup links, newest first, and who asked for a new one.",
                        Need.DEPLOYMENT_READ, "setup_link_page", this::list),
                Operation.act("DELETE", all + "/{link}", "revoke_setup_link", "setup-links",
                        "Takes a setup link back and ends the portal session it was exchanged for.", Need.OPERATOR,
                        this::revoke));
    }

    private Reply issue(AdminCall call) {
        var sent = call.body(List.of());
        if (sent.path("intent").asText().equals("scim")) {
            throw ProblemError.of(new InvalidDocument("intent",
                    "scim is not offered yet; use sso, domain or certificate-renewal"));
        }
        REQUEST.validate(sent);
        var wanted = RecordJson.read(sent, SetupLinkRequest.class);
        var intent = SetupIntent.of(wanted.intent()).orElseThrow();
        if (wanted.contacts().isEmpty()) {
            throw ProblemError.of(new InvalidDocument("contacts", "must name at least one contact"));
        }
        if (intent == SetupIntent.CERTIFICATE_RENEWAL && wanted.connection().isEmpty()) {
            throw ProblemError.of(new InvalidDocument("connection", "is needed for certificate-renewal"));
        }
        var organization = organization(call);
        var page = JsonNodeFactory.instance.objectNode();
        var items = page.putArray("items");
        database.inTransaction(call.deadline(), transaction -> {
            requireConnection(transaction, call, organization, wanted.connection());
            for (var contact : wanted.contacts()) {
                var link = link(call, organization, intent, wanted, contact.strip());
                var token = names.secret();
                links.issue(transaction, link, token);
                record(transaction, call, AuditAction.ADMIN_CREATED, link);
                items.add(shown(link, Optional.of(
                        Issuer.of(call.issuer(), publicUrl).at("/setup/" + token))));
            }
            return items;
        });
        return ResourceOperations.json(201, page);
    }

    private SetupLink link(AdminCall call, OrganizationId organization, SetupIntent intent, SetupLinkRequest wanted,
            String contact) {
        if (contact.isEmpty() || contact.chars().anyMatch(Character::isISOControl)) {
            throw ProblemError.of(new InvalidDocument("contacts", "must be lines of text"));
        }
        var now = clock.instant();
        var life = Duration.ofSeconds(wanted.expiresInSeconds().map(Integer::longValue)
                .orElse(EXPIRES_SECONDS_DEFAULT));
        return new SetupLink(names.id(), call.issuer(), organization, intent,
                wanted.connection().map(ConnectionId::new), Optional.empty(), contact,
                wanted.inviter().orElse(call.admin().name()), now, now.plus(life), Optional.empty(),
                Optional.empty(), Optional.empty());
    }

    private static void requireConnection(Transaction transaction, AdminCall call, OrganizationId organization,
            Optional<String> connection) {
        var sql = transaction.handle();
        var exists = sql.createQuery("SELECT count(*) FROM organization WHERE issuer = :issuer AND id = :id")
                .bind("issuer", call.issuer()).bind("id", organization.value()).mapTo(Integer.class).one();
        if (exists == 0) {
            throw ProblemError.notFound();
        }
        connection.ifPresent(id -> {
            var own = sql.createQuery("SELECT count(*) FROM connection WHERE issuer = :issuer AND organization ="
                            + " :organization AND id = :id")
                    .bind("issuer", call.issuer()).bind("organization", organization.value()).bind("id", id)
                    .mapTo(Integer.class).one();
            if (own == 0) {
                throw ProblemError.of(new InvalidDocument("connection", "is not a connection of the organization"));
            }
        });
    }

    private Reply list(AdminCall call) {
        var page = JsonNodeFactory.instance.objectNode();
        var items = page.putArray("items");
        links.of(call.issuer(), organization(call), LISTED_MAX, call.deadline())
                .forEach(link -> items.add(shown(link, Optional.empty())));
        return ResourceOperations.json(200, page);
    }

    private Reply revoke(AdminCall call) {
        var id = call.request().pathParameter("link");
        database.inTransaction(call.deadline(), transaction -> {
            var revoked = links.revoke(transaction, call.issuer(), organization(call), id, clock.instant())
                    .orElseThrow(ProblemError::notFound);
            record(transaction, call, AuditAction.ADMIN_DELETED, revoked);
            return revoked;
        });
        return Reply.empty(204);
    }

    private static OrganizationId organization(AdminCall call) {
        return ResourceOperations.organization(call.request().pathParameter("id"));
    }

    private ObjectNode shown(SetupLink link, Optional<String> url) {
        return RecordJson.write(new SetupLinkView(link.id(), link.organization().value(), link.intent().wireName(),
                link.connection().map(ConnectionId::value), link.contact(), link.inviter(), link.step(),
                link.standing(clock.instant()).name().toLowerCase(java.util.Locale.ROOT), url, link.createdAt(),
                link.expiresAt(), link.usedAt(), link.revokedAt(), link.wantedAgainAt()));
    }

    private void record(Transaction transaction, AdminCall call, AuditAction action, SetupLink link) {
        audit.write(transaction, new AuditRecord(0, clock.instant(), Optional.of(call.admin().name()),
                AuditEvent.of(action, call.issuer(), call.request().traceId())
                        .organization(Optional.of(link.organization()))
                        .address(call.request().clientAddress())
                        .details(Map.of("kind", "setup-link", "id", link.id(), "intent", link.intent().wireName(),
                                "contact", link.contact()))));
    }
}
