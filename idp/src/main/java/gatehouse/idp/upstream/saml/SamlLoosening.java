package gatehouse.idp.upstream.saml;

import gatehouse.idp.samlwire.Certificates;
import gatehouse.idp.upstream.metadata.Drift.Difference;
import gatehouse.idp.upstream.metadata.Drift.Difference.Kind;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** What settings of a SAML connection demand less than they did: of messages, and of the metadata they follow. */
final class SamlLoosening {

    private final SamlConnection before;
    private final SamlConnection after;
    private final List<Difference> found = new ArrayList<>();

    private SamlLoosening(SamlConnection before, SamlConnection after) {
        this.before = before;
        this.after = after;
    }

    static List<Difference> between(SamlConnection before, SamlConnection after) {
        var loosening = new SamlLoosening(before, after);
        loosening.messages();
        loosening.people();
        if (before.metadataUrl().isPresent() && before.metadataUrl().equals(after.metadataUrl())) {
            loosening.metadata();
        }
        return List.copyOf(loosening.found);
    }

    private void messages() {
        turned(Kind.SIGNED_REQUESTS_DROPPED, before.signsAuthnRequests(), after.signsAuthnRequests(), false);
        turned(Kind.ENCRYPTION_NOT_REQUIRED, before.wantAssertionsEncrypted().orElse(false),
                after.wantAssertionsEncrypted().orElse(false), false);
        turned(Kind.CBC_ENCRYPTION_ALLOWED, before.allowsCbcEncryption().orElse(false),
                after.allowsCbcEncryption().orElse(false), true);
        prolonged(Kind.LEGACY_ALGORITHMS_ALLOWED, before.legacyAlgorithmsUntil(), after.legacyAlgorithmsUntil());
        turned(Kind.UNREQUESTED_SIGN_IN_ALLOWED, before.allowsIdpInitiated().orElse(false),
                after.allowsIdpInitiated().orElse(false), true);
        widened(Kind.AUDIENCE_ADDED, audiences(before), audiences(after));
    }

    private void people() {
        prolonged(Kind.REKEYING_ALLOWED, before.rekeyByEmailUntil(), after.rekeyByEmailUntil());
        // Another comparison lets a weaker class through, or leaves it to the provider what is better.
        boolean demanded = !before.contexts().isEmpty() && before.comparison().equals("exact");
        if (demanded && (after.contexts().isEmpty() || !after.comparison().equals("exact")
                || !before.contexts().containsAll(after.contexts()))) {
            found.add(new Difference(Kind.AUTHENTICATION_CONTEXT_DROPPED,
                    before.comparison() + ' ' + String.join(" ", before.contexts()),
                    after.contexts().isEmpty() ? "" : after.comparison() + ' ' + String.join(" ", after.contexts())));
        }
    }

    /** Whoever may sign the metadata may replace all keys; and a copy of another entity is a first one. */
    private void metadata() {
        var signers = signers(before);
        if (!signers.isEmpty() && (signers(after).isEmpty() || !signers.containsAll(signers(after)))) {
            found.add(new Difference(Kind.METADATA_SIGNER_CHANGED, String.join(" ", signers),
                    String.join(" ", signers(after))));
        }
        if (!before.isSelfContained() && !after.isSelfContained()
                && !before.idpEntityId().equals(after.idpEntityId())) {
            found.add(new Difference(Kind.ENTITY_ID_CHANGED, before.idpEntityId().orElse(""),
                    after.idpEntityId().orElse("")));
        }
    }

    private static Set<String> signers(SamlConnection settings) {
        var signers = new TreeSet<>(settings.metadataFingerprints());
        settings.metadataSigners().forEach(signer -> signers.add(Certificates.fingerprint(signer)));
        return signers;
    }

    private static Set<String> audiences(SamlConnection settings) {
        var audiences = new TreeSet<>(settings.additionalAudiences().orElse(List.of()));
        settings.spEntityId().ifPresent(audiences::add);
        audiences.addAll(settings.additionalAcsUrls().orElse(List.of()));
        return audiences;
    }

    private void turned(Kind kind, boolean was, boolean is, boolean weaker) {
        if (was != is && is == weaker) {
            found.add(new Difference(kind, Boolean.toString(was), Boolean.toString(is)));
        }
    }

    private void prolonged(Kind kind, Optional<Instant> was, Optional<Instant> is) {
        if (is.isPresent() && was.filter(end -> !is.get().isAfter(end)).isEmpty()) {
            found.add(new Difference(kind, was.map(Instant::toString).orElse(""), is.get().toString()));
        }
    }

    private void widened(Kind kind, Set<String> was, Set<String> is) {
        if (!was.containsAll(is)) {
            found.add(new Difference(kind, String.join(" ", was), String.join(" ", is)));
        }
    }
}
