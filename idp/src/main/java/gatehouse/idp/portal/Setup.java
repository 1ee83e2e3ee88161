package gatehouse.idp.portal;

import com.fasterxml.jackson.databind.node.ObjectNode;
import gatehouse.idp.portal.guide.Guide;
import gatehouse.idp.portal.guide.Guides;
import gatehouse.idp.sql.SqlSetups;
import gatehouse.idp.tenancy.Connection;
import gatehouse.idp.tenancy.SetupIntent;
import gatehouse.idp.upstream.template.ProviderTemplate;
import gatehouse.idp.upstream.template.ProviderTemplates;
import gatehouse.idp.upstream.template.Way;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * A connection, and how far its setup has come.
 *
 * @param progress what was written of it: {@code provider}, {@code way}, {@code values_copied}, {@code idp}, {@code mapped}, …
 * @param trials   sign-ins that were tried over it, newest first
 * @param proved   whether the organization has proved a domain
 */
record Setup(Connection connection, ObjectNode progress, List<SqlSetups.Trial> trials, boolean proved) {

    /** How old a test may be to vouch for a connection. */
    static final Duration TRIAL_FRESH = Duration.ofHours(24);

    /** The template of its provider; the generic one if nobody chose any. */
    ProviderTemplate template() {
        return ProviderTemplates.find(progress.path("provider").asText())
                .filter(template -> ways(template).findAny().isPresent())
                .orElseGet(() -> ProviderTemplates.find("generic-" + connection.type()).orElseThrow());
    }

    /** The way it is connected. */
    Way way() {
        var template = template();
        var chosen = progress.path("way").asText();
        return ways(template).filter(way -> way.name().equals(chosen)).findFirst()
                .orElseGet(() -> ways(template).findFirst().orElseThrow());
    }

    private Stream<Way> ways(ProviderTemplate template) {
        return template.ways().stream().filter(way -> way.protocol().equals(connection.type()));
    }

    /** How that looks on the other side. */
    Guide guide() {
        return Guides.of(template(), way());
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
