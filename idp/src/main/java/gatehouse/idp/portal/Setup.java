package gatehouse.idp.portal;

import com.fasterxml.jackson.databind.node.ObjectNode;
import gatehouse.idp.portal.guide.Guide;
import gatehouse.idp.portal.guide.Guides;
import gatehouse.idp.sql.SqlSetups;
import gatehouse.idp.tenancy.Connection;
import gatehouse.idp.tenancy.SetupIntent;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * A connection, and how far its setup has come.
 *
 * @param progress what was written of it: {@code provider}, {@code values_copied}, {@code idp}, {@code mapped}, …
 * @param trials   sign-ins that were tried over it, newest first
 * @param proved   whether the organization has proved a domain
 */
record Setup(Connection connection, ObjectNode progress, List<SqlSetups.Trial> trials, boolean proved) {

    /** How old a test may be to vouch for a connection. */
    static final Duration TRIAL_FRESH = Duration.ofHours(24);

    /** The guide of its provider. */
    Guide guide() {
        return Guides.find(progress.path("provider").asText())
                .orElseGet(() -> Guides.find("generic-" + connection.type()).orElseThrow());
    }

    /** The way it is connected. */
    Guide.Way way() {
        return guide().way(connection.type())
                .orElseGet(() -> Guides.find("generic-" + connection.type()).orElseThrow().ways().getFirst());
    }

    boolean has(String mark) {
        return progress.path(mark).asBoolean();
    }

    /** Whether the provider is known well enough to sign in over it. */
    boolean isConfigured() {
        return !connection.settings().isEmpty();
    }

    /** The last sign-in that was tried and answered. */
    Optional<SqlSetups.Trial> lastTrial() {
        return trials.stream().filter(trial -> trial.endedAt().isPresent()).findFirst();
    }

    /** The last one that succeeded. */
    Optional<SqlSetups.Trial> lastSuccess() {
        return trials.stream().filter(SqlSetups.Trial::succeeded).findFirst();
    }

    /** Whether {@code contact} has signed in over it lately, by a test. */
    boolean wasProvedBy(String contact, Instant now) {
        return trials.stream().anyMatch(trial -> trial.succeeded() && trial.contact().equals(contact)
                && trial.endedAt().filter(at -> at.isAfter(now.minus(TRIAL_FRESH))).isPresent());
    }

    /** Whether {@code step} is behind us. */
    boolean isDone(Step step) {
        return switch (step) {
            case PROVIDER -> true;
            case VALUES -> has("values_copied");
            case METADATA -> isConfigured();
            case DOMAIN -> proved;
            case TEST -> lastTrial().filter(SqlSetups.Trial::succeeded).isPresent();
            case MAPPING -> has("mapped");
            case ACTIVATE -> States.isActive(connection);
            case ENFORCE -> States.isEnforced(connection);
            case HEALTH -> false;
        };
    }

    /** Where a link for {@code intent} goes on. */
    Step next(SetupIntent intent) {
        return Step.of(intent).stream().filter(step -> !isDone(step)).findFirst().orElse(Step.HEALTH);
    }
}
