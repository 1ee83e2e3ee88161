package gatehouse.idp.upstream.saml;

import gatehouse.idp.samlwire.NameIdFormat;
import gatehouse.idp.samlwire.SamlError;
import gatehouse.idp.samlwire.SamlReason;
import gatehouse.idp.samlwire.VerifiedAssertion;
import gatehouse.idp.samlwire.VerifiedAssertion.AuthnStatement;
import gatehouse.idp.samlwire.VerifiedAssertion.BearerConfirmation;
import gatehouse.idp.samlwire.VerifiedResponse;
import java.time.Duration;
import java.time.Instant;
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
     * @throws SamlError naming the first rule that does not hold
     */
    static AuthnStatement validate(VerifiedResponse response, Expected expected, Instant now) {
        var rules = new AssertionValidator(response, expected, now);
        rules.requireIssuer();
        rules.requireEnvelope();
        rules.requireIssueInstant();
        rules.requireConditions();
        rules.requireBearer();
        return rules.requireAuthnStatement();
    }

    /** Until when the assertion must be remembered as used: as long as these rules could accept it again. */
    static Instant rememberUntil(VerifiedAssertion assertion, Expected expected) {
        return assertion.issueInstant().plus(AGE_MAX).plus(expected.clockSkew()).plusSeconds(1);
    }

    private void requireIssuer() {
        require(assertion.id().length() <= ID_LENGTH_MAX, SamlReason.MALFORMED_MESSAGE);
        require(assertion.issuer().equals(expected.issuer()), SamlReason.ISSUER_MISMATCH);
        require(response.issuer().map(expected.issuer()::equals).orElse(true), SamlReason.ISSUER_MISMATCH);
    }

    /** What the response says around the assertion. Signed or not, it may not contradict. */
    private void requireEnvelope() {
        // saml-bindings §3.5.5.2: a signed message sent by POST names its destination.
        require(response.destination().map(expected.recipients()::contains).orElse(!response.isSigned()),
                SamlReason.DESTINATION_MISMATCH);
        require(response.inResponseTo().isPresent() || expected.requestId().isEmpty(), SamlReason.UNSOLICITED);
        require(response.inResponseTo().equals(expected.requestId()), SamlReason.IN_RESPONSE_TO_MISMATCH);
    }

    private void requireIssueInstant() {
        var issued = assertion.issueInstant();
        require(!issued.isAfter(latestNow()), SamlReason.NOT_YET_VALID);
        require(issued.plus(AGE_MAX).isAfter(earliestNow()), SamlReason.EXPIRED);
    }

    private void requireConditions() {
        var conditions = assertion.conditions().orElseThrow(() -> new SamlError(SamlReason.CONDITIONS_MISSING));
        requireWithin(conditions.notBefore(), conditions.notOnOrAfter());
        require(!conditions.unknown(), SamlReason.CONDITION_UNKNOWN);
        require(!conditions.audiences().isEmpty(), SamlReason.CONDITIONS_MISSING);
        require(conditions.audiences().stream().allMatch(named -> named.stream().anyMatch(expected.audiences()::contains)),
                SamlReason.AUDIENCE_MISMATCH);
    }

    /** Accepts if at least one bearer confirmation holds in full (saml-profiles §4.1.4.2, §4.1.4.3). */
    private void requireBearer() {
        Optional<SamlReason> first = Optional.of(SamlReason.CONFIRMATION_MISSING);
        for (var confirmation : assertion.bearerConfirmations()) {
            var problem = problemOf(confirmation);
            if (problem.isEmpty()) {
                return;
            }
            first = first.filter(reason -> reason != SamlReason.CONFIRMATION_MISSING).or(() -> problem);
        }
        throw new SamlError(first.orElseThrow());
    }

    private Optional<SamlReason> problemOf(BearerConfirmation confirmation) {
        if (confirmation.recipient().filter(expected.recipients()::contains).isEmpty()) {
            return Optional.of(SamlReason.RECIPIENT_MISMATCH);
        }
        if (!confirmation.inResponseTo().equals(expected.requestId())) {
            return Optional.of(SamlReason.IN_RESPONSE_TO_MISMATCH);
        }
        if (confirmation.notBefore().filter(start -> start.isAfter(latestNow())).isPresent()) {
            return Optional.of(SamlReason.NOT_YET_VALID);
        }
        return confirmation.notOnOrAfter().filter(end -> end.isAfter(earliestNow())).isPresent()
                ? Optional.empty() : Optional.of(SamlReason.EXPIRED);
    }

    private AuthnStatement requireAuthnStatement() {
        var statement = assertion.authnStatements().stream().findFirst()
                .orElseThrow(() -> new SamlError(SamlReason.AUTHN_STATEMENT_MISSING));
        require(!statement.authnInstant().isAfter(latestNow()), SamlReason.NOT_YET_VALID);
        require(statement.sessionNotOnOrAfter().map(end -> end.isAfter(earliestNow())).orElse(true),
                SamlReason.EXPIRED);
        require(expected.signedInAt()
                .map(earliest -> !statement.authnInstant().isBefore(earliest.minus(expected.clockSkew()))).orElse(true),
                SamlReason.AUTHN_TOO_OLD);
        require(expected.contexts().isEmpty()
                || statement.contextClass().filter(expected.contexts()::contains).isPresent(),
                SamlReason.CONTEXT_NOT_MET);
        return statement;
    }

    /** The subject by its NameID, if that names the same person next time as well. */
    static String requireLastingNameId(VerifiedAssertion assertion) {
        var nameId = assertion.nameId().orElseThrow(() -> new SamlError(SamlReason.SUBJECT_MISSING));
        require(!nameId.format().equals(Optional.of(NameIdFormat.TRANSIENT.urn())), SamlReason.SUBJECT_UNUSABLE);
        return nameId.value();
    }

    private void requireWithin(Optional<Instant> notBefore, Optional<Instant> notOnOrAfter) {
        require(notBefore.map(start -> !start.isAfter(latestNow())).orElse(true), SamlReason.NOT_YET_VALID);
        require(notOnOrAfter.map(end -> end.isAfter(earliestNow())).orElse(true), SamlReason.EXPIRED);
    }

    /** The provider's time at the latest. */
    private Instant latestNow() {
        return now.plus(expected.clockSkew());
    }

    /** The provider's time at the earliest. */
    private Instant earliestNow() {
        return now.minus(expected.clockSkew());
    }

    private static void require(boolean holds, SamlReason otherwise) {
        if (!holds) {
            throw new SamlError(otherwise);
        }
    }
}
