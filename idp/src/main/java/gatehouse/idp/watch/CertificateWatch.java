package gatehouse.idp.watch;

import gatehouse.idp.audit.AuditAction;
import gatehouse.idp.audit.AuditEvent;
import gatehouse.idp.audit.AuditRecord;
import gatehouse.idp.keys.OwnCertificates;
import gatehouse.idp.keys.OwnCertificates.OwnCertificate;
import gatehouse.idp.samlwire.Certificates;
import gatehouse.idp.sql.Database;
import gatehouse.idp.sql.Rows;
import gatehouse.idp.sql.SqlAudit;
import gatehouse.idp.sql.Tables;
import gatehouse.idp.sql.watch.MetadataRow;
import gatehouse.idp.sql.watch.MetadataRow.Accepted;
import gatehouse.idp.sql.watch.SqlChores;
import gatehouse.idp.sql.watch.SqlMetadata;
import gatehouse.idp.sql.watch.SqlMetadata.Key;
import gatehouse.idp.tenancy.Connection;
import gatehouse.idp.tenancy.IssuerSettings;
import gatehouse.idp.upstream.InvalidSettings;
import gatehouse.idp.upstream.metadata.MetadataFacts;
import gatehouse.idp.upstream.metadata.MetadataRefused;
import gatehouse.idp.watch.CertificateWarning.Code;
import gatehouse.idp.watch.CountedCertificate.Owner;
import gatehouse.spi.Deadline;
import gatehouse.spi.Issuer;
import gatehouse.spi.OrganizationId;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.jdbi.v3.core.Handle;

/**
 * Counts certificates down: the identity providers' and our own. What is due is told once for each certificate and mark,
 * whichever node notices. The same facts are the warnings that the admin API, the portal and the health view show.
 */
public final class CertificateWatch {

    /** Metadata that could not be fetched for so long is warned of. */
    static final Duration STALE_AFTER = Duration.ofDays(2);

    private static final int PAGE = 200;

    private final MetadataRefresh refresh;
    private final Database database;
    private final Tables tables;
    private final SqlMetadata rows;
    private final SqlChores chores;
    private final SqlAudit audit;
    private final OwnCertificates own;
    private final InstantSource time;

    CertificateWatch(MetadataRefresh refresh, Database database, Tables tables, Stored stored, OwnCertificates own,
            InstantSource time) {
        this.refresh = refresh;
        this.database = database;
        this.tables = tables;
        this.rows = stored.rows();
        this.chores = stored.chores();
        this.audit = stored.audit();
        this.own = own;
        this.time = time;
    }

    /** Where this keeps and finds things. */
    record Stored(SqlMetadata rows, SqlChores chores, SqlAudit audit) {}

    /** What the provider of {@code connection} is known to be, and what is kept of its metadata. */
    public record Known(Optional<MetadataFacts> facts, Optional<MetadataRow> row) {}

    /** What is known of the provider of {@code connection}. */
    public Known known(Connection connection, Deadline deadline) {
        return known(connection, key -> database.read(deadline, sql -> rows.find(sql, key)));
    }

    /** As {@link #known(Connection, Deadline)}, within a transaction. */
    Known known(Connection connection, Handle sql) {
        return known(connection, key -> rows.find(sql, key));
    }

    private Known known(Connection connection, Function<Key, Optional<MetadataRow>> finding) {
        var protocol = refresh.protocol(connection);
        if (protocol.isEmpty()) {
            return new Known(Optional.empty(), Optional.empty());
        }
        var settings = connection.settings();
        if (protocol.get().address(settings).isEmpty()) {
            return new Known(protocol.get().settled(settings), Optional.empty());
        }
        var row = finding.apply(new Key(connection.issuer(), connection.id().value()))
                .filter(one -> one.terms().equals(protocol.get().terms(settings)));
        return new Known(row.flatMap(MetadataRow::accepted)
                .map(accepted -> protocol.get().facts(settings, accepted.document())), row);
    }

    /** All that is to be warned of about {@code connection}, the most urgent first. */
    public List<CertificateWarning> warnings(Connection connection, Deadline deadline) {
        return warnings(connection, known(connection, deadline));
    }

    /** As {@link #warnings(Connection, Deadline)}, of what is known already. */
    public List<CertificateWarning> warnings(Connection connection, Known known) {
        var now = time.instant();
        var found = new ArrayList<CertificateWarning>();
        var id = Optional.of(connection.id().value());
        var certificates = known.facts().map(MetadataFacts::certificates).orElse(List.of());
        for (var certificate : certificates) {
            var end = certificate.getNotAfter().toInstant();
            Countdown.mark(end, now).ifPresent(mark -> found.add(new CertificateWarning(
                    mark == 0 ? Code.PROVIDER_CERTIFICATE_EXPIRED : Code.PROVIDER_CERTIFICATE_EXPIRING, id,
                    Optional.of(Certificates.fingerprint(certificate)), end, Countdown.daysLeft(end, now),
                    outlived(certificate, certificates))));
        }
        known.row().ifPresent(row -> found.addAll(ofMetadata(id, row, now)));
        if (refresh.protocol(connection).isPresent()) {
            found.addAll(own(connection.issuer()));
        }
        found.sort((one, other) -> other.urgency().compareTo(one.urgency()));
        return List.copyOf(found);
    }

    /** The certificates that {@code connection} lives by, theirs and ours; the one that ends first comes first. */
    public List<CountedCertificate> counted(Connection connection, Deadline deadline) {
        var known = known(connection, deadline);
        var warned = new HashMap<String, CertificateWarning>();
        warnings(connection, known).forEach(warning ->
                warning.fingerprint().ifPresent(print -> warned.put(print, warning)));
        var now = time.instant();
        var counted = new ArrayList<CountedCertificate>();
        var theirs = known.facts().map(MetadataFacts::certificates).orElse(List.of());
        theirs.forEach(one -> counted.add(counted(Owner.PROVIDER, one, one.getNotAfter().toInstant(), now, warned,
                outlived(one, theirs))));
        var ours = refresh.protocol(connection).isPresent()
                ? own.certificates(connection.issuer()) : List.<OwnCertificate>of();
        ours.stream().filter(one -> one.state().equals("current")).forEach(one -> counted.add(counted(Owner.OWN,
                one.certificate(), one.usedUntil(), now, warned, hasNext(one, ours))));
        counted.sort(Comparator.comparing(CountedCertificate::endsAt));
        return List.copyOf(counted);
    }

    private static CountedCertificate counted(Owner owner, X509Certificate certificate, Instant end, Instant now,
            Map<String, CertificateWarning> warned, boolean replaced) {
        var fingerprint = Certificates.fingerprint(certificate);
        return new CountedCertificate(owner, fingerprint, end, Countdown.daysLeft(end, now),
                Optional.ofNullable(warned.get(fingerprint)).map(CertificateWarning::urgency), replaced);
    }

    private static boolean outlived(X509Certificate one, List<X509Certificate> all) {
        return all.stream().anyMatch(other -> other.getNotAfter().toInstant()
                .isAfter(one.getNotAfter().toInstant().plus(Duration.ofDays(1))));
    }

    private static List<CertificateWarning> ofMetadata(Optional<String> id, MetadataRow row, Instant now) {
        var found = new ArrayList<CertificateWarning>();
        row.accepted().flatMap(Accepted::validUntil).filter(end -> !now.isBefore(end)).ifPresent(end -> found.add(
                new CertificateWarning(Code.METADATA_EXPIRED, id, Optional.empty(), end, 0, false)));
        row.accepted().filter(_ -> row.fetched().failures() > 0)
                .filter(accepted -> now.isAfter(accepted.at().plus(STALE_AFTER)))
                .ifPresent(_ -> found.add(new CertificateWarning(Code.METADATA_STALE, id, Optional.empty(),
                        row.fetched().at().orElse(now), 0, false)));
        row.held().ifPresent(held -> found.add(
                new CertificateWarning(Code.METADATA_HELD, id, Optional.empty(), held.at(), 0, false)));
        return found;
    }

    /** What is to be warned of about the SAML keys of {@code issuer} itself. */
    public List<CertificateWarning> own(String issuer) {
        var now = time.instant();
        var certificates = own.certificates(issuer);
        return certificates.stream().filter(one -> one.state().equals("current"))
                .filter(one -> Countdown.mark(one.usedUntil(), now).isPresent())
                .map(one -> new CertificateWarning(Code.OWN_CERTIFICATE_CHANGING, Optional.empty(),
                        Optional.of(Certificates.fingerprint(one.certificate())), one.usedUntil(),
                        Countdown.daysLeft(one.usedUntil(), now), hasNext(one, certificates)))
                .toList();
    }

    private static boolean hasNext(OwnCertificate current, List<OwnCertificate> all) {
        return all.stream().anyMatch(one -> one.use().equals(current.use()) && one.state().equals("next"));
    }

    /**
     * Looks at every certificate of every issuer and tells what is due. What the background task does.
     *
     * @return how many were told of
     */
    public int sweep(Deadline deadline) {
        var issuers = database.read(deadline, sql -> tables.issuers()
                .page(sql, Rows.Scope.of(Issuer.ROOT), new Rows.Page(Optional.empty(), 10_000, Map.of())));
        int told = 0;
        for (var issuer : issuers.stream().map(IssuerSettings::name).toList()) {
            for (var warning : own(issuer)) {
                told += tell(issuer, Optional.empty(), warning, deadline);
            }
            told += sweep(issuer, deadline);
        }
        return told;
    }

    private int sweep(String issuer, Deadline deadline) {
        int told = 0;
        Optional<String> after = Optional.empty();
        while (true) {
            var page = new Rows.Page(after, PAGE, Map.of());
            var connections = database.read(deadline,
                    sql -> tables.connections().page(sql, Rows.Scope.of(issuer), page));
            for (var connection : connections) {
                for (var warning : tellable(connection, deadline)) {
                    told += tell(issuer, Optional.of(connection.organization()), warning, deadline);
                }
            }
            if (connections.size() < PAGE) {
                return told;
            }
            after = Optional.of(connections.getLast().id().value());
        }
    }

    /** One connection that cannot be read is no reason not to warn of the others. */
    private List<CertificateWarning> tellable(Connection connection, Deadline deadline) {
        try {
            return warnings(connection, deadline).stream()
                    .filter(warning -> warning.connection().isPresent() && warning.fingerprint().isPresent())
                    .toList();
        } catch (MetadataRefused | InvalidSettings unreadable) {
            return List.of();
        }
    }

    private int tell(
            String issuer, Optional<OrganizationId> organization, CertificateWarning warning, Deadline deadline) {
        var now = time.instant();
        int mark = Countdown.mark(warning.endsAt(), now).orElseThrow();
        return database.inTransaction(deadline, transaction -> {
            if (!chores.firstNotice(transaction.handle(), new SqlChores.Notice(issuer,
                    warning.connection().orElse(""), warning.fingerprint().orElseThrow(), mark), now)) {
                return 0;
            }
            var details = Map.of(
                    "kind", warning.connection().isPresent() ? "connection" : "issuer",
                    "id", warning.connection().orElse(issuer),
                    "certificate", warning.fingerprint().orElseThrow(),
                    "ends_at", warning.endsAt().toString(),
                    "days", Integer.toString(mark),
                    "replaced", Boolean.toString(warning.replaced()));
            var action = mark == 0 ? AuditAction.CERTIFICATE_EXPIRED : AuditAction.CERTIFICATE_EXPIRING;
            var event = AuditEvent.of(action, issuer, MetadataRefresh.BACKGROUND).organization(organization)
                    .details(details);
            audit.write(transaction, new AuditRecord(0, now, Optional.empty(), event));
            return 1;
        });
    }
}
