package gatehouse.idp.upstream.saml;

import gatehouse.idp.http.Compared;
import gatehouse.idp.samlwire.AuthnRequest;
import gatehouse.idp.samlwire.NameIdFormat;
import gatehouse.idp.samlwire.SamlError;
import gatehouse.idp.samlwire.SamlReason;
import gatehouse.idp.samlwire.VerifiedAssertion.AuthnStatement;
import gatehouse.idp.samlwire.VerifiedAssertion.NameId;
import gatehouse.idp.samlwire.VerifiedAssertion;
import gatehouse.idp.tenancy.Connection;
import gatehouse.idp.upstream.UpstreamIdentity;
import gatehouse.idp.upstream.UserKey;
import gatehouse.idp.upstream.xray.Trace;
import gatehouse.sessions.UpstreamSession;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;

/** Reads who somebody is from an assertion that has been accepted: the name that lasts, and the profile. */
final class IdentityReader {

    private static final int LENGTH_MAX = 256;
    private static final int KIND_LENGTH_MAX = 600;
    // a persistent NameID has at most 256 characters (saml-core §8.3.7)
    private static final int SUBJECT_LENGTH_MAX = 256;

    private final Connection connection;
    private final SamlConnection settings;
    private final InstantSource time;

    IdentityReader(Connection connection, SamlConnection settings, InstantSource time) {
        this.connection = connection;
        this.settings = settings;
        this.time = time;
    }

    /** Who the assertion says it is. @throws SamlError SUBJECT_MISSING or SUBJECT_UNUSABLE */
    UpstreamIdentity read(VerifiedAssertion assertion, AuthnStatement statement) {
        var attributes = assertion.attributes();
        var named = assertion.attributesByAnyName();
        var mapping = settings.mapping();
        var subject = subject(assertion);
        return new UpstreamIdentity(
                new UpstreamSession(connection.id(), subject,
                        assertion.nameId().flatMap(NameId::format).filter(IdentityReader::isShort),
                        statement.sessionIndex().filter(IdentityReader::isShort), name(assertion)),
                Optional.of(key(assertion)), mapping.emailOf(named).or(() -> addressIn(assertion)), false,
                mapping.givenNameOf(named), mapping.familyNameOf(named), mapping.displayNameOf(named),
                mapping.localeOf(named), attributes, Optional.of(statement.authnInstant()),
                statement.contextClass().filter(IdentityReader::isShort), List.of(), assertion.sessionNotOnOrAfter());
    }

    /** What both sides call the person when the session is to end, whatever names them for good. */
    private static Optional<UpstreamSession.Name> name(VerifiedAssertion assertion) {
        return assertion.nameId().filter(name -> !name.value().isEmpty() && isShort(name.value()))
                .map(name -> new UpstreamSession.Name(name.value(), name.qualifier().filter(IdentityReader::isLink),
                        name.spQualifier().filter(IdentityReader::isLink)));
    }

    private static boolean isLink(String entity) {
        return entity.length() <= 1024; // an entityID (saml-metadata §2.2.1)
    }

    private UserKey key(VerifiedAssertion assertion) {
        // A name without a format is of an unspecified one (saml-core §2.2.2).
        var kind = settings.subjectAttribute().map(name -> "attribute " + name).orElseGet(() -> "nameid "
                + assertion.nameId().flatMap(NameId::format).orElse(NameIdFormat.UNSPECIFIED.urn()));
        return new UserKey(kind.length() <= KIND_LENGTH_MAX ? kind : kind.substring(0, KIND_LENGTH_MAX),
                settings.rekeyByEmailUntil().filter(time.instant()::isBefore).isPresent());
    }

    private String subject(VerifiedAssertion assertion) {
        var subject = settings.subjectAttribute().isEmpty()
                ? AssertionValidator.requireLastingNameId(assertion)
                : only(assertion.attributes().getOrDefault(settings.subjectAttribute().get(), List.of()));
        if (subject.isEmpty()) {
            throw new SamlError(SamlReason.SUBJECT_MISSING);
        }
        if (subject.length() > SUBJECT_LENGTH_MAX) {
            throw new SamlError(SamlReason.SUBJECT_UNUSABLE);
        }
        return subject;
    }

    /** The value of the attribute that names a person: of two, neither does. */
    private static String only(List<String> values) {
        if (values.size() > 1) {
            throw new SamlError(SamlReason.SUBJECT_UNUSABLE,
                    Compared.of("1 value", values.size() + " values of the user key"));
        }
        return values.stream().findFirst().orElseThrow(() -> new SamlError(SamlReason.SUBJECT_MISSING));
    }

    /** A NameID that is an e-mail address, or that looks like one where the provider does not say what it is. */
    private static Optional<String> addressIn(VerifiedAssertion assertion) {
        return assertion.nameId()
                .filter(name -> !name.format().equals(Optional.of(NameIdFormat.PERSISTENT.urn())))
                .map(NameId::value)
                .filter(value -> value.indexOf('@') > 0 && value.length() <= 320);
    }

    private static boolean isShort(String text) {
        return text.length() <= LENGTH_MAX;
    }
}
