package gatehouse.idp.samlwire;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * A response that we give (saml-core §3.3.3; saml-profiles §4.1.4.2).
 *
 * @param id           its ID
 * @param issuer       our entityID
 * @param issueInstant when it is made
 * @param destination  the assertion consumer service it goes to
 * @param inResponseTo the request it answers
 * @param status       top-level status code
 * @param detail       second-level status code
 * @param assertion    what it asserts; empty if the status is not success
 * @param protection   what of it is signed and encrypted
 */
public record IssuedResponse(
        String id,
        String issuer,
        Instant issueInstant,
        String destination,
        Optional<String> inResponseTo,
        StatusCode status,
        Optional<StatusCode> detail,
        Optional<IssuedAssertion> assertion,
        Protection protection) {

    /**
     * How a response is protected. One that asserts nothing is signed as a whole.
     *
     * @param response   whether it is signed as a whole
     * @param assertion  whether the assertion is signed by itself
     * @param encryption how the assertion is encrypted, if it is
     */
    public record Protection(boolean response, boolean assertion, Optional<EncryptionChoice> encryption) {

        /** Both signed, nothing encrypted. */
        public static final Protection BOTH = new Protection(true, true, Optional.empty());
    }

    /**
     * An assertion that somebody signed in.
     *
     * @param id                  its ID
     * @param nameId              who
     * @param nameIdFormat        in which format
     * @param audience            entityID of the service provider
     * @param notBefore           when it begins to hold
     * @param notOnOrAfter        when it stops to hold
     * @param authnInstant        when the person signed in
     * @param sessionIndex        names our session to the service provider
     * @param sessionNotOnOrAfter when our session ends at the latest
     * @param contextClass        how the person signed in
     * @param attributes          released attributes; none without a value
     */
    public record IssuedAssertion(
            String id,
            String nameId,
            NameIdFormat nameIdFormat,
            String audience,
            Instant notBefore,
            Instant notOnOrAfter,
            Instant authnInstant,
            String sessionIndex,
            Instant sessionNotOnOrAfter,
            String contextClass,
            List<IssuedAttribute> attributes) {}

    /** One released attribute. @param nameFormat URN of how its name is to be understood */
    public record IssuedAttribute(String name, String nameFormat, List<String> values) {}
}
