package gatehouse.idp.admin;

import gatehouse.idp.samlwire.Certificates;
import gatehouse.idp.schema.Described;
import gatehouse.idp.sql.watch.MetadataRow;
import gatehouse.idp.sql.watch.MetadataRow.Accepted;
import gatehouse.idp.upstream.metadata.Drift;
import gatehouse.idp.upstream.metadata.MetadataFacts;
import gatehouse.idp.watch.CertificateWarning;
import gatehouse.idp.watch.CertificateWatch.Known;
import gatehouse.idp.watch.CountedCertificate;
import java.net.URI;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** What is known of a connection's identity provider, as administrators see it. */
final class WatchViews {

    private WatchViews() {
    }

    /** The metadata of a connection. */
    record MetadataView(
            @Described("The connection.") String connection,
            @Described("entityID or issuer of the provider; absent while nothing is known.") Optional<String> entityId,
            @Described(value = "Where it is reached, by what for.", max = 2048) Map<String, String> endpoints,
            @Described("What it signs with.") List<CertificateView> certificates,
            @Described("NameID formats it offers.") List<String> nameIdFormats,
            @Described("Whether it wants signed requests.") boolean wantsSignedRequests,
            @Described(value = "End of the document in use.", format = "date-time") Optional<Instant> validUntil,
            @Described("How it is kept fresh; absent if the settings say it all.") Optional<FollowedView> followed,
            @Described("A change that waits for an administrator.") Optional<HeldView> held,
            @Described("What will stop logins, the most urgent first.") List<WarningView> warnings) {

        static MetadataView of(
                String connection, Known known, Optional<Drift> held, List<CertificateWarning> warnings) {
            var facts = known.facts();
            var endpoints = new TreeMap<String, String>();
            facts.map(MetadataFacts::endpoints).orElse(new TreeMap<String, URI>())
                    .forEach((purpose, location) -> endpoints.put(purpose, location.toString()));
            return new MetadataView(connection, facts.map(MetadataFacts::entityId), endpoints,
                    facts.map(MetadataFacts::certificates).orElse(List.of()).stream().map(CertificateView::of).toList(),
                    facts.map(MetadataFacts::nameIdFormats).orElse(List.of()),
                    facts.map(MetadataFacts::wantsSignedRequests).orElse(false),
                    facts.flatMap(MetadataFacts::validUntil),
                    known.row().map(FollowedView::of),
                    known.row().flatMap(MetadataRow::held).flatMap(one -> held.map(drift ->
                            HeldView.of(one.at(), drift))),
                    warnings.stream().map(WarningView::of).toList());
        }
    }

    /** How published metadata is kept fresh. */
    record FollowedView(
            @Described(value = "When the document in use was accepted.", format = "date-time")
            Optional<Instant> acceptedAt,
            @Described("Whether a signer named in the settings signed it.") boolean signatureChecked,
            @Described(value = "When it was last fetched.", format = "date-time") Optional<Instant> checkedAt,
            @Described(value = "When it is fetched next.", format = "date-time") Instant nextCheckAt,
            @Described("Fetches in a row that came to nothing.") int failures,
            @Described("Why the last fetch came to nothing.") Optional<String> problem) {

        static FollowedView of(MetadataRow row) {
            return new FollowedView(row.accepted().map(Accepted::at),
                    row.accepted().map(Accepted::pinned).orElse(false), row.fetched().at(), row.nextAt(),
                    row.fetched().failures(), row.fetched().problem());
        }
    }

    /** A change that is held. */
    record HeldView(
            @Described("Names the change: send it back to approve or reject exactly this.") String drift,
            @Described(value = "When it was first seen.", format = "date-time") Instant since,
            @Described("Whether logins could be verified after it.") boolean usable,
            @Described("What it would change.") List<DifferenceView> differences) {

        static HeldView of(Instant since, Drift drift) {
            return new HeldView(drift.id(), since, drift.leavesAKey(), drift.differences().stream()
                    .map(one -> new DifferenceView(one.kind().wireName(), one.before(), one.after(),
                            one.kind().lowersTrust()))
                    .toList());
        }
    }

    /** One difference. */
    record DifferenceView(
            @Described("What is different.") String kind,
            @Described(value = "What was accepted.", max = 8192) String before,
            @Described(value = "What the provider says now.", max = 8192) String after,
            @Described("Whether it lowers security or trust.") boolean lowersTrust) {}

    /** A certificate. */
    record CertificateView(
            @Described("SHA-256 of its DER form, hexadecimal.") String fingerprint,
            @Described(value = "Valid from.", format = "date-time") Instant notBefore,
            @Described(value = "Valid until.", format = "date-time") Instant notAfter) {

        static CertificateView of(X509Certificate certificate) {
            return new CertificateView(Certificates.fingerprint(certificate),
                    certificate.getNotBefore().toInstant(), certificate.getNotAfter().toInstant());
        }
    }

    /** Something that will stop logins. */
    record WarningView(
            @Described("What is warned of.") String code,
            @Described("notice, warning or critical.") String urgency,
            @Described("The connection; absent if it is about keys of the issuer itself.") Optional<String> connection,
            @Described("The certificate's SHA-256 fingerprint.") Optional<String> fingerprint,
            @Described(value = "When it happens, or happened.", format = "date-time") Instant at,
            @Described("Whole days until then.") long daysLeft,
            @Described("Whether what follows is in place already.") boolean replaced) {

        static WarningView of(CertificateWarning warning) {
            return new WarningView(warning.code().name().toLowerCase(Locale.ROOT),
                    warning.urgency().name().toLowerCase(Locale.ROOT), warning.connection(), warning.fingerprint(),
                    warning.endsAt(), warning.daysLeft(), warning.replaced());
        }
    }

    /** How long a certificate has left. */
    record CountdownView(
            @Described("Whose it is: provider, or own, which is ours.") String owner,
            @Described("SHA-256 of its DER form, hexadecimal.") String fingerprint,
            @Described(value = "When it ends; of ours, when the next one takes over.", format = "date-time")
            Instant expiresAt,
            @Described(value = "Whole days until then, rounded up; 0 once it is over.", max = Long.MAX_VALUE)
            long daysLeft,
            @Described("notice, warning or critical; absent while it is more than 60 days.") Optional<String> warning,
            @Described("Whether what follows is in place already.") boolean replaced) {

        static CountdownView of(CountedCertificate counted) {
            return new CountdownView(counted.owner().name().toLowerCase(Locale.ROOT), counted.fingerprint(),
                    counted.endsAt(), counted.daysLeft(),
                    counted.urgency().map(urgency -> urgency.name().toLowerCase(Locale.ROOT)), counted.replaced());
        }
    }

    /** Which held change is meant. */
    record DriftChoice(
            @Described(value = "held.drift of the metadata, as it was shown.", min = 1, max = 64) String drift) {}
}
