package gatehouse.idp.samlwire;

import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.opensaml.saml.saml2.core.Assertion;
import org.opensaml.saml.saml2.core.AudienceRestriction;
import org.opensaml.saml.saml2.core.OneTimeUse;
import org.opensaml.saml.saml2.core.ProxyRestriction;
import org.opensaml.saml.saml2.core.Subject;
import org.opensaml.saml.saml2.core.SubjectConfirmation;
import org.w3c.dom.Element;

/**
 * An assertion whose signature has been checked, and nothing outside that signature.
 *
 * <p>Only {@link SignatureVerifier} makes one, from the very octets that the signature covers, so code holding it
 * cannot be handed a wrapped or forged assertion (XML Signature Wrapping). Whether it is true here and now is another
 * question.
 */
public final class VerifiedAssertion {

    /** Attributes and values of one assertion that are kept; the rest is not read. */
    static final int ATTRIBUTES_MAX = 256;
    static final int VALUES_MAX = 4_096;
    static final int VALUE_LENGTH_MAX = 4_096;

    /**
     * Who it is about (saml-core §2.2.3).
     *
     * @param format      URN, if said
     * @param qualifier   {@code NameQualifier}
     * @param spQualifier {@code SPNameQualifier}
     */
    public record NameId(
            String value, Optional<String> format, Optional<String> qualifier, Optional<String> spQualifier) {
        @Override
        public String toString() {
            return "NameId[•••]";
        }
    }

    /** One bearer confirmation (saml-core §2.4.1.2, saml-profiles §3.3). */
    public record BearerConfirmation(
            Optional<String> recipient,
            Optional<String> inResponseTo,
            Optional<Instant> notBefore,
            Optional<Instant> notOnOrAfter) {}

    /**
     * Under which conditions it holds (saml-core §2.5).
     *
     * @param audiences one list per audience restriction; each restriction must be met
     * @param unknown   whether there is a condition that is not understood
     */
    public record Conditions(
            Optional<Instant> notBefore,
            Optional<Instant> notOnOrAfter,
            List<List<String>> audiences,
            boolean unknown) {}

    /** That somebody signed in, when and how (saml-core §2.7.2). */
    public record AuthnStatement(
            Instant authnInstant,
            Optional<String> sessionIndex,
            Optional<Instant> sessionNotOnOrAfter,
            Optional<String> contextClass) {}

    private final String id;
    private final String issuer;
    private final Instant issueInstant;
    private final boolean wasEncrypted;
    private final Optional<NameId> nameId;
    private final List<BearerConfirmation> confirmations;
    private final Optional<Conditions> conditions;
    private final List<AuthnStatement> authnStatements;
    private final Map<String, List<String>> attributes;
    private final Map<String, String> friendlyNames;

    /** @param element root of a document made of verified octets, or an element of one */
    VerifiedAssertion(Element element, boolean wasEncrypted) {
        if (!Dom.require(element, "Version").equals("2.0")) {
            throw new SamlError(SamlReason.VERSION_UNSUPPORTED);
        }
        var assertion = OpenSaml.fromDom(Assertion.class, element);
        this.wasEncrypted = wasEncrypted;
        this.id = Optional.ofNullable(assertion.getID()).orElseThrow(VerifiedAssertion::malformed);
        this.issueInstant = Dom.instant(element, "IssueInstant").orElseThrow(VerifiedAssertion::malformed);
        this.issuer = Dom.only(assertion.getIssuer()).map(Dom::text).orElseThrow(VerifiedAssertion::malformed);
        var subject = Dom.only(assertion.getSubject());
        this.nameId = subject.flatMap(s -> Dom.only(s.getNameID()))
                .map(name -> new NameId(Dom.text(name), Optional.ofNullable(name.getFormat()),
                        Optional.ofNullable(name.getNameQualifier()), Optional.ofNullable(name.getSPNameQualifier())));
        this.confirmations = subject.map(VerifiedAssertion::confirmations).orElse(List.of());
        this.conditions = Dom.only(assertion.getConditions()).map(VerifiedAssertion::conditions);
        this.authnStatements = assertion.getAuthnStatements().stream().map(VerifiedAssertion::authnStatement).toList();
        this.attributes = attributes(assertion);
        this.friendlyNames = friendlyNames(assertion);
    }

    private static SamlError malformed() {
        return new SamlError(SamlReason.MALFORMED_MESSAGE);
    }

    private static List<BearerConfirmation> confirmations(Subject subject) {
        var found = new ArrayList<BearerConfirmation>();
        for (var confirmation : subject.getSubjectConfirmations()) {
            if (!Dom.require(confirmation.getDOM(), "Method").equals(SubjectConfirmation.METHOD_BEARER)) {
                continue;
            }
            Dom.only(confirmation.getSubjectConfirmationData()).ifPresent(data ->
                    found.add(new BearerConfirmation(
                            Optional.ofNullable(data.getRecipient()), Optional.ofNullable(data.getInResponseTo()),
                            Dom.instant(data.getDOM(), "NotBefore"), Dom.instant(data.getDOM(), "NotOnOrAfter"))));
        }
        return List.copyOf(found);
    }

    private static Conditions conditions(org.opensaml.saml.saml2.core.Conditions conditions) {
        var audiences = conditions.getAudienceRestrictions().stream()
                .map(restriction -> restriction.getAudiences().stream().map(Dom::text).toList()).toList();
        // OneTimeUse is what every assertion gets here; a proxy restriction binds assertions that we would issue from
        // this one, and an assertion of ours rests on our own session. What is none of these is not understood.
        long understood = conditions.getConditions().stream()
                .filter(condition -> condition instanceof AudienceRestriction || condition instanceof OneTimeUse
                        || condition instanceof ProxyRestriction).count();
        return new Conditions(
                Dom.instant(conditions.getDOM(), "NotBefore"), Dom.instant(conditions.getDOM(), "NotOnOrAfter"),
                audiences, understood != Dom.children(conditions.getDOM()).size());
    }

    private static AuthnStatement authnStatement(org.opensaml.saml.saml2.core.AuthnStatement statement) {
        var contextClass = Dom.only(statement.getAuthnContext())
                .flatMap(context -> Dom.only(context.getAuthnContextClassRef())).map(Dom::text);
        var element = statement.getDOM();
        return new AuthnStatement(Dom.instant(element, "AuthnInstant").orElseThrow(VerifiedAssertion::malformed),
                Optional.ofNullable(statement.getSessionIndex()), Dom.instant(element, "SessionNotOnOrAfter"),
                contextClass);
    }

    private static Map<String, List<String>> attributes(Assertion assertion) {
        var found = new LinkedHashMap<String, List<String>>();
        int values = 0;
        for (var statement : assertion.getAttributeStatements()) {
            for (var attribute : statement.getAttributes()) {
                var name = Dom.require(attribute.getDOM(), "Name");
                if (found.size() >= ATTRIBUTES_MAX || name.length() > 512) {
                    continue;
                }
                var list = found.computeIfAbsent(name, _ -> new ArrayList<>(1));
                for (var value : attribute.getAttributeValues()) {
                    // A value with structure of its own (an eduPersonTargetedID) is nothing that is mapped here.
                    if (values < VALUES_MAX && Dom.children(value.getDOM()).isEmpty()) {
                        var text = Dom.text(value);
                        if (text.length() <= VALUE_LENGTH_MAX) {
                            list.add(text);
                            values++;
                        }
                    }
                }
            }
        }
        found.values().removeIf(List::isEmpty);
        return java.util.Collections.unmodifiableMap(found);
    }

    /** Names of the attributes that are kept, by their friendly names; of two with one friendly name, the first. */
    private Map<String, String> friendlyNames(Assertion assertion) {
        var found = new LinkedHashMap<String, String>();
        for (var statement : assertion.getAttributeStatements()) {
            for (var attribute : statement.getAttributes()) {
                var friendly = Optional.ofNullable(attribute.getFriendlyName()).orElse("");
                if (!friendly.isEmpty() && attributes.containsKey(attribute.getName())) {
                    found.putIfAbsent(friendly, attribute.getName());
                }
            }
        }
        return java.util.Collections.unmodifiableMap(found);
    }

    public String id() {
        return id;
    }

    public String issuer() {
        return issuer;
    }

    public Instant issueInstant() {
        return issueInstant;
    }

    /** Whether it came encrypted. */
    public boolean wasEncrypted() {
        return wasEncrypted;
    }

    /** Who it is about; empty if it does not say, or says it encrypted. */
    public Optional<NameId> nameId() {
        return nameId;
    }

    public List<BearerConfirmation> bearerConfirmations() {
        return confirmations;
    }

    public Optional<Conditions> conditions() {
        return conditions;
    }

    public List<AuthnStatement> authnStatements() {
        return authnStatements;
    }

    /** Text values by attribute name, in order; at most as much as a person's profile can honestly hold. */
    public Map<String, List<String>> attributes() {
        return attributes;
    }

    /**
     * {@link #attributes()}, and the same values once more by friendly name where no attribute has that for a name: for
     * those who look for {@code mail} and are sent {@code urn:oid:0.9.2342.19200300.100.1.3}. Not for who somebody is:
     * a friendly name is for people to read (saml-core §2.7.3.1).
     */
    public Map<String, List<String>> attributesByAnyName() {
        if (friendlyNames.isEmpty()) {
            return attributes;
        }
        var all = new LinkedHashMap<>(attributes);
        friendlyNames.forEach((friendly, name) -> all.putIfAbsent(friendly, attributes.get(name)));
        return java.util.Collections.unmodifiableMap(all);
    }

    /** When the session there ends at the latest, by the strictest of the statements; empty if none says so. */
    public Optional<Instant> sessionNotOnOrAfter() {
        return authnStatements.stream().flatMap(statement -> statement.sessionNotOnOrAfter().stream())
                .min(Instant::compareTo);
    }

    @Override
    public String toString() {
        return "VerifiedAssertion[" + id + "]";
    }
}
