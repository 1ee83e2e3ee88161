package gatehouse.idp.upstream.saml;

import gatehouse.idp.http.Compared;
import gatehouse.idp.samlwire.NameIdFormat;
import gatehouse.idp.samlwire.SamlError;
import gatehouse.idp.samlwire.SamlReason;
import gatehouse.idp.samlwire.VerifiedAssertion;
import gatehouse.idp.samlwire.VerifiedAssertion.AuthnStatement;
import gatehouse.idp.samlwire.VerifiedAssertion.BearerConfirmation;
import gatehouse.idp.samlwire.VerifiedAssertion.Conditions;
import gatehouse.idp.samlwire.VerifiedResponse;
import gatehouse.idp.upstream.xray.Check;
import gatehouse.idp.upstream.xray.Trace;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * Whether a verified response is true for us, here and now (saml-profiles §4.1.4.3). Every rule is something that must
 * be there and hold; what is absent does not hold. Pure: knows the time as a value, remembers nothing.
 */
final class AssertionValidator {

    /** An assertion is carried from the provider to us by a browser, at once: older ones are refused. */
    static final Duration AGE_MAX = Duration.ofHours(1);

    private static final int ID_LENGTH_MAX = 256;

    private final VerifiedResponse response;
    private final VerifiedAssertion assertion;
    private final Expected expected;
    private final Instant now;

    private AssertionValidator(VerifiedResponse response, Expected expected, Instant now) {
        this.response = response;
        this.assertion = response.assertion();
        this.expected = expected;
        this.now = now;
    }

    /**
     * The statement by which the person signed in.
     *
     * @param trace told of every rule, also of those behind the first that does not hold
     * @throws SamlError naming the first rule that does not hold
     */
    static AuthnStatement validate(VerifiedResponse response, Expected expected, Instant now, Trace trace) {
        var rules = new AssertionValidator(response, expected, now);
        trace.check(Check.ISSUER, rules::requireIssuer);
        trace.check(Check.DESTINATION, rules::requireDestination);
        trace.check(Check.IN_RESPONSE_TO, rules::requireInResponseTo);
        trace.check(Check.TIME, rules::requireDates);
        trace.check(Check.AUDIENCE, rules::requireAudience);
        trace.check(Check.RECIPIENT, rules::requireBearer);
        trace.check(Check.AUTHENTICATION, rules::requireAuthnStatement);
        trace.settle();
        return rules.assertion.authnStatements().getFirst();
    }

    /** Until when the assertion must be remembered as used: as long as these rules could accept it again. */
    static Instant rememberUntil(VerifiedAssertion assertion, Expected expected) {
        return assertion.issueInstant().plus(AGE_MAX).plus(expected.clockSkew()).plusSeconds(1);
    }

    private Compared requireIssuer() {
        require(assertion.id().length() <= ID_LENGTH_MAX, SamlReason.MALFORMED_MESSAGE, Compared.received("ID"));
        requireEqual(expected.issuer(), Optional.of(assertion.issuer()), SamlReason.ISSUER_MISMATCH);
        return requireEqual(expected.issuer(), response.issuer().or(() -> Optional.of(assertion.issuer())),
                SamlReason.ISSUER_MISMATCH);
    }

    /** What the response says around the assertion, signed or not, may not contradict. */
    private Compared requireDestination() {
        var compared = Compared.of(expected.recipient(), response.destination());
        // saml-bindings §3.5.5.2: a signed message sent by POST names its destination.
        require(response.destination().map(expected.recipients()::contains).orElse(!response.isSigned()),
                SamlReason.DESTINATION_MISMATCH, compared);
        return compared;
    }

    private Compared requireInResponseTo() {
        var compared = new Compared(expected.requestId(), response.inResponseTo());
        require(response.inResponseTo().isPresent() || expected.requestId().isEmpty(), SamlReason.UNSOLICITED,
                compared);
        require(response.inResponseTo().equals(expected.requestId()), SamlReason.IN_RESPONSE_TO_MISMATCH, compared);
        return compared;
    }

    private Compared requireDates() {
        var issued = assertion.issueInstant();
        requireStarted(Optional.of(issued));
        require(issued.plus(AGE_MAX).isAfter(earliestNow()), SamlReason.EXPIRED,
                Compared.of("IssueInstant > " + earliestNow().minus(AGE_MAX), issued));
        assertion.conditions().ifPresent(conditions -> {
            requireStarted(conditions.notBefore());
            requireNotOver(conditions.notOnOrAfter());
            require(!conditions.unknown(), SamlReason.CONDITION_UNKNOWN, Compared.NOTHING);
        });
        return Compared.of(earliestNow() + " – " + latestNow(), issued);
    }

    private Compared requireAudience() {
        var audiences = assertion.conditions().map(Conditions::audiences).orElse(List.of());
        var compared = Compared.of(expected.audience(), audiences.stream().flatMap(List::stream).toList());
        require(!audiences.isEmpty(), SamlReason.CONDITIONS_MISSING, compared);
        require(audiences.stream().allMatch(named -> named.stream().anyMatch(expected.audiences()::contains)),
                SamlReason.AUDIENCE_MISMATCH, compared);
        return compared;
    }

    /** Accepts if at least one bearer confirmation holds in full (saml-profiles §4.1.4.2, §4.1.4.3). */
    private Compared requireBearer() {
        Optional<SamlError> first = Optional.empty();
        for (var confirmation : assertion.bearerConfirmations()) {
            var problem = problemOf(confirmation);
            if (problem.isEmpty()) {
                return Compared.of(expected.recipient(), confirmation.recipient());
            }
            first = first.or(() -> problem);
        }
        throw first.orElseGet(() -> new SamlError(SamlReason.CONFIRMATION_MISSING,
                Compared.of(expected.recipient(), Optional.empty())));
    }

    private Optional<SamlError> problemOf(BearerConfirmation confirmation) {
        try {
            require(confirmation.recipient().filter(expected.recipients()::contains).isPresent(), SamlReason.RECIPIENT_MISMATCH,
                    Compared.of(expected.recipient(), confirmation.recipient()));
            require(confirmation.inResponseTo().equals(expected.requestId()), SamlReason.IN_RESPONSE_TO_MISMATCH,
                    new Compared(expected.requestId(), confirmation.inResponseTo()));
            requireStarted(confirmation.notBefore());
            require(confirmation.notOnOrAfter().isPresent(), SamlReason.EXPIRED,
                    Compared.of("NotOnOrAfter", Optional.empty()));
            requireNotOver(confirmation.notOnOrAfter());
            return Optional.empty();
        } catch (SamlError problem) {
            return Optional.of(problem);
        }
    }

    private Compared requireAuthnStatement() {
        var statement = assertion.authnStatements().stream().findFirst()
                .orElseThrow(() -> new SamlError(SamlReason.AUTHN_STATEMENT_MISSING));
        requireStarted(Optional.of(statement.authnInstant()));
        requireNotOver(assertion.sessionNotOnOrAfter());
        expected.signedInAt().map(earliest -> earliest.minus(expected.clockSkew())).ifPresent(earliest ->
                require(!statement.authnInstant().isBefore(earliest), SamlReason.AUTHN_TOO_OLD,
                        Compared.of("AuthnInstant ≥ " + earliest, statement.authnInstant())));
        var contexts = Compared.of(String.join(", ", expected.contexts()), statement.contextClass());
        require(expected.contexts().isEmpty()
                || statement.contextClass().filter(expected.contexts()::contains).isPresent(),
                SamlReason.CONTEXT_NOT_MET, contexts);
        return expected.contexts().isEmpty() ? Compared.received(statement.authnInstant().toString()) : contexts;
    }

    /** The subject by its NameID, if that names the same person next time as well. */
    static String requireLastingNameId(VerifiedAssertion assertion) {
        var nameId = assertion.nameId().orElseThrow(() -> new SamlError(SamlReason.SUBJECT_MISSING,
                Compared.of("NameID", Optional.empty())));
        require(!nameId.format().equals(Optional.of(NameIdFormat.TRANSIENT.urn())), SamlReason.SUBJECT_UNUSABLE,
                Compared.of(NameIdFormat.PERSISTENT.urn(), nameId.format()));
        return nameId.value();
    }

    private void requireStarted(Optional<Instant> start) {
        start.ifPresent(instant -> require(!instant.isAfter(latestNow()), SamlReason.NOT_YET_VALID,
                Compared.of("≤ " + latestNow(), instant)));
    }

    private void requireNotOver(Optional<Instant> end) {
        end.ifPresent(instant -> require(instant.isAfter(earliestNow()), SamlReason.EXPIRED,
                Compared.of("> " + earliestNow(), instant)));
    }

    /** The provider's time at the latest. */
    private Instant latestNow() {
        return now.plus(expected.clockSkew());
    }

    /** The provider's time at the earliest. */
    private Instant earliestNow() {
        return now.minus(expected.clockSkew());
    }

    private static Compared requireEqual(String expected, Optional<String> received, SamlReason otherwise) {
        var compared = Compared.of(expected, received);
        require(received.equals(Optional.of(expected)), otherwise, compared);
        return compared;
    }

    private static void require(boolean holds, SamlReason otherwise, Compared compared) {
        if (!holds) {
            throw new SamlError(otherwise, compared);
        }
    }
}
