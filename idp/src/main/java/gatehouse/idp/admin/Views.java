package gatehouse.idp.admin;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import gatehouse.idp.audit.AuditRecord;
import gatehouse.idp.keys.KeyRotator;
import gatehouse.idp.samlwire.Certificates;
import gatehouse.idp.schema.Described;
import gatehouse.idp.schema.ResourceSchema;
import gatehouse.idp.tenancy.domain.DomainFinding;
import gatehouse.sessions.Session;
import gatehouse.spi.OrganizationId;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What can be read and not written: sessions, keys, the audit trail. */
final class Views {

    private Views() {
    }

    /** A session, as administrators see it. */
    record SessionView(
            @Described("Its id, the sid claim.") String id,
            @Described("Name of its issuer.") String issuer,
            @Described("Whose it is.") String user,
            @Described("The organization signed in to.") Optional<String> organization,
            @Described("The connection the user came through.") Optional<String> connection,
            @Described(value = "When the user last proved it.", format = "date-time") Instant authTime,
            @Described("Authentication context class.") String acr,
            @Described("Methods used (RFC 8176).") List<String> amr,
            @Described(value = "When it was opened.", format = "date-time") Instant createdAt,
            @Described(value = "When it was last used.", format = "date-time") Instant lastSeenAt,
            @Described(value = "Its end at the latest.", format = "date-time") Instant expiresAt,
            @Described("Relying parties that were told about it.") List<ParticipantView> participants) {

        static SessionView of(Session session) {
            var proof = session.authentication();
            return new SessionView(session.id().value(), proof.issuer(), proof.user().value(),
                    proof.organization().map(OrganizationId::value),
                    proof.upstream().map(upstream -> upstream.connection().value()), proof.authTime(), proof.acr(),
                    proof.amr(), session.createdAt(), session.lastSeenAt(), session.expiresAt(),
                    session.participants().stream().map(p -> new ParticipantView(p.kind(), p.id())).toList());
        }
    }

    /** A relying party of a session. */
    record ParticipantView(String kind, String id) {}

    /** What name servers showed of a claim on a domain, and what it means. */
    record FindingView(
            @Described("The domain.") String domain,
            @Described("Where the TXT record is wanted.") String host,
            @Described("What it must hold.") String expected,
            @Described(value = "When the servers were asked.", format = "date-time") Instant checkedAt,
            @Described("What it means.") DomainFinding.Verdict verdict,
            @Described("Its code in the catalogue of errors; empty if the domain is proved.") String code,
            @Described("What was seen, and what to do, in sentences.") String explanation,
            @Described("What each authoritative name server said.") List<DomainFinding.Seen> servers) {

        static FindingView of(DomainFinding found) {
            return new FindingView(found.domain(), found.host(), found.expected(), found.checkedAt(), found.verdict(),
                    found.verdict().code(), found.explained(), found.servers());
        }
    }

    /** A signing key without its private part. */
    record KeyView(
            @Described("Its thumbprint (RFC 7638).") String kid,
            @Described("Algorithm.") String algorithm,
            @Described("What it is for.") String use,
            @Described("Where in its life it is.") String state,
            @Described(value = "When it was made.", format = "date-time") Instant createdAt,
            @Described(value = "When it begins to sign.", format = "date-time") Instant signsFrom,
            @Described("SHA-256 fingerprint of its certificate, hexadecimal; of SAML keys.")
            Optional<String> fingerprint,
            @Described(value = "When its certificate ends.", format = "date-time") Optional<Instant> notAfter,
            @Described(value = "Its certificate in PEM.", max = 16_384) Optional<String> certificate) {

        static KeyView of(KeyRotator.KeyView key) {
            return new KeyView(key.kid(), key.algorithm(), key.use(), key.state(), key.createdAt(), key.signsFrom(),
                    key.certificate().map(Certificates::fingerprint),
                    key.certificate().map(certificate -> certificate.getNotAfter().toInstant()),
                    key.certificate().map(Certificates::pem));
        }
    }

    /** An entry of the audit trail. */
    record AuditView(
            @Described(value = "Its place in the trail.", max = Long.MAX_VALUE) long id,
            @Described(value = "When it happened.", format = "date-time") Instant at,
            @Described("What happened.") String action,
            @Described("Name of the issuer.") String issuer,
            @Described("The administrator who did it.") Optional<String> actor,
            @Described("The organization it concerns.") Optional<String> organization,
            @Described("The user it concerns.") Optional<String> user,
            @Described("The client it concerns.") Optional<String> client,
            @Described("The session it concerns.") Optional<String> session,
            @Described("Where the request came from.") Optional<String> address,
            @Described("Why it was refused.") Optional<String> reason,
            @Described("The request.") String traceId,
            @Described("Further facts.") Map<String, String> details) {

        static AuditView of(AuditRecord record) {
            var event = record.event();
            return new AuditView(record.id(), record.at(), event.action().wireName(), event.issuer(), record.actor(),
                    event.organization().map(OrganizationId::value), event.user().map(Object::toString),
                    event.client().map(Object::toString), event.session(), event.address(), event.reason(),
                    event.traceId(), event.details());
        }
    }

    /** The schema of {@code view}. */
    static ResourceSchema schema(String name, Class<? extends Record> view) {
        return ResourceSchema.of(name, JsonNodeFactory.instance.objectNode(), List.of(view));
    }
}
