package gatehouse.idp.portal;

import gatehouse.idp.upstream.InvalidSettings;
import gatehouse.idp.upstream.metadata.MetadataRefused;
import gatehouse.idp.watch.CertificateWarning;
import gatehouse.idp.watch.Watch;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** What ends soon, or waits for somebody, said on every page of a connection while there is time to mend it. */
final class Notices {

    private final Watch watch;

    Notices(Watch watch) {
        this.watch = watch;
    }

    /** The notices about {@code setup}, the most urgent first. */
    List<Frame.Notice> of(PortalCall call, Setup setup) {
        try {
            return setup.isConfigured() ? watch.certificates().warnings(setup.connection(), call.deadline()).stream()
                    .map(warning -> notice(call, setup, warning)).toList() : List.of();
        } catch (MetadataRefused | InvalidSettings unreadable) {
            // What is wrong with it the tests of the connection say.
            return List.of();
        }
    }

    private static Frame.Notice notice(PortalCall call, Setup setup, CertificateWarning warning) {
        var step = switch (warning.code()) {
            case PROVIDER_CERTIFICATE_EXPIRING, PROVIDER_CERTIFICATE_EXPIRED, METADATA_EXPIRED, METADATA_STALE ->
                    Step.METADATA;
            case OWN_CERTIFICATE_CHANGING -> Step.VALUES;
            case METADATA_HELD -> Step.HEALTH;
        };
        var look = switch (warning.urgency()) {
            case NOTICE -> "info";
            case WARNING -> "warn";
            case CRITICAL -> "bad";
        };
        return new Frame.Notice(
                warning.code().name().toLowerCase(Locale.ROOT) + (warning.replaced() ? ".replaced" : ""), look,
                setup.template().displayName(), warning.daysLeft(), Desk.when(warning.endsAt()), step.slug(),
                Optional.of(PortalPaths.step(call.request().issuer(), setup.connection().id(), step))
                        .filter(_ -> Step.of(call.session().link().intent()).contains(step)));
    }
}
