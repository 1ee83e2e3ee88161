package gatehouse.idp.upstream.xray;

import gatehouse.idp.upstream.xray.Trace.Kind;
import gatehouse.idp.upstream.xray.Trace.Stage;
import gatehouse.spi.ConnectionId;
import gatehouse.spi.OrganizationId;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * One attempt to sign in over a connection, as it is kept: every check, and nothing that would let anybody sign in.
 *
 * @param id           unguessable
 * @param at           when the answer of the identity provider came
 * @param issuer       name of the issuer
 * @param organization whose connection it is
 * @param type         the connection's protocol
 * @param kind         whether somebody signed in or only tried
 * @param outcome      how it ended
 * @param diagnosis    why it was refused
 * @param reason       the same from the protocol's closed list, as in the audit trail
 * @param traceId      the request, as error pages show it
 * @param steps        the checks in the order in which they were made
 * @param spent        what the identity provider took
 * @param person       the e-mail address, masked
 * @param attributes   names of what came about the person, sorted; no values
 * @param outline      the message with its values masked, if it failed
 */
public record Attempt(
        String id,
        Instant at,
        String issuer,
        OrganizationId organization,
        ConnectionId connection,
        String type,
        Kind kind,
        Outcome outcome,
        Optional<Diagnosis> diagnosis,
        Optional<String> reason,
        String traceId,
        List<Step> steps,
        Map<Stage, Duration> spent,
        Optional<String> person,
        List<String> attributes,
        Optional<String> outline) {

    /** Names of attributes that are kept. */
    public static final int ATTRIBUTES_MAX = 64;

    /** How an attempt ended. */
    public enum Outcome {
        SUCCEEDED,
        REFUSED,
        /** The identity provider said yes, and the browser has not come back to finish. */
        ARRIVED;

        /** As it is written in answers and rows. */
        public String wireName() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    public Attempt {
        steps = List.copyOf(steps);
        spent = Map.copyOf(spent);
        attributes = attributes.stream().limit(ATTRIBUTES_MAX).toList();
    }

    /** What the identity provider took in all. */
    public Duration providerTook() {
        return spent.values().stream().reduce(Duration.ZERO, Duration::plus);
    }

    /** The check that failed first, if one did. */
    public Optional<Step> failure() {
        return steps.stream().filter(step -> step.verdict() == Step.Verdict.FAILED).findFirst();
    }

    /** With what the message looks like, and what it says of the check that failed. */
    Attempt with(Outline seen) {
        var told = steps.stream().map(step -> step.verdict() == Step.Verdict.FAILED
                && step.check() == Check.SIGNATURE
                        ? new Step(step.check(), step.verdict(), seen.certificates()) : step);
        return new Attempt(id, at, issuer, organization, connection, type, kind, outcome, diagnosis, reason, traceId,
                told.toList(), spent, person, attributes, Optional.of(seen.text()));
    }

    /** An e-mail address that its owner recognizes and nobody else learns: {@code a•••@example.com}. */
    public static String masked(String email) {
        int at = email.lastIndexOf('@');
        return at < 1 ? "•••" : email.substring(0, email.offsetByCodePoints(0, 1)) + "•••" + email.substring(at);
    }
}
