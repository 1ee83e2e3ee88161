package gatehouse.idp.samlwire;

import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
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

    /** Who it is about (saml-core §2.2.3). @param format URN, if said */
    public record NameId(String value, Optional<String> format) {
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

    /** @param assertion root of a document made of verified octets, or an element of one */
    VerifiedAssertion(Element assertion, boolean wasEncrypted) {
        if (!Dom.require(assertion, "Version").equals("2.0")) {
            throw new SamlError(SamlReason.VERSION_UNSUPPORTED);
        }
        this.wasEncrypted = wasEncrypted;
        this.id = Dom.require(assertion, "ID");
        this.issueInstant = Dom.instant(assertion, "IssueInstant").orElseThrow(VerifiedAssertion::malformed);
        this.issuer = Dom.child(assertion, Namespace.SAML, "Issuer").map(Dom::text)
                .orElseThrow(VerifiedAssertion::malformed);
        var subject = Dom.child(assertion, Namespace.SAML, "Subject");
        this.nameId = subject.flatMap(s -> Dom.child(s, Namespace.SAML, "NameID"))
                .map(name -> new NameId(Dom.text(name), Dom.attribute(name, "Format")));
        this.confirmations = subject.map(VerifiedAssertion::confirmations).orElse(List.of());
        this.conditions = Dom.child(assertion, Namespace.SAML, "Conditions").map(VerifiedAssertion::conditions);
        this.authnStatements = Dom.children(assertion, Namespace.SAML, "AuthnStatement").stream()
                .map(VerifiedAssertion::authnStatement).toList();
        this.attributes = attributes(assertion);
    }

    private static SamlError malformed() {
        return new SamlError(SamlReason.MALFORMED_MESSAGE);
    }

    private static List<BearerConfirmation> confirmations(Element subject) {
        var found = new ArrayList<BearerConfirmation>();
        for (var confirmation : Dom.children(subject, Namespace.SAML, "SubjectConfirmation")) {
            if (!Dom.require(confirmation, "Method").equals("urn:oasis:names:tc:SAML:2.0:cm:bearer")) {
                continue;
            }
            Dom.child(confirmation, Namespace.SAML, "SubjectConfirmationData").ifPresent(data ->
                    found.add(new BearerConfirmation(
                            Dom.attribute(data, "Recipient"), Dom.attribute(data, "InResponseTo"),
                            Dom.instant(data, "NotBefore"), Dom.instant(data, "NotOnOrAfter"))));
        }
        return List.copyOf(found);
    }

    private static Conditions conditions(Element conditions) {
        var audiences = new ArrayList<List<String>>();
        boolean unknown = false;
        for (var condition : Dom.children(conditions)) {
            if (Dom.is(condition, Namespace.SAML, "AudienceRestriction")) {
                audiences.add(Dom.children(condition, Namespace.SAML, "Audience").stream().map(Dom::text).toList());
            } else if (!Dom.is(condition, Namespace.SAML, "OneTimeUse")
                    && !Dom.is(condition, Namespace.SAML, "ProxyRestriction")) {
                // OneTimeUse is what every assertion gets here; a proxy restriction binds assertions that we would
                // issue from this one, and an assertion of ours rests on our own session.
                unknown = true;
            }
        }
        return new Conditions(Dom.instant(conditions, "NotBefore"), Dom.instant(conditions, "NotOnOrAfter"),
                List.copyOf(audiences), unknown);
    }

    private static AuthnStatement authnStatement(Element statement) {
        var contextClass = Dom.child(statement, Namespace.SAML, "AuthnContext")
                .flatMap(context -> Dom.child(context, Namespace.SAML, "AuthnContextClassRef")).map(Dom::text);
        return new AuthnStatement(Dom.instant(statement, "AuthnInstant").orElseThrow(VerifiedAssertion::malformed),
                Dom.attribute(statement, "SessionIndex"), Dom.instant(statement, "SessionNotOnOrAfter"), contextClass);
    }

    private static Map<String, List<String>> attributes(Element assertion) {
        var found = new LinkedHashMap<String, List<String>>();
        int values = 0;
        for (var statement : Dom.children(assertion, Namespace.SAML, "AttributeStatement")) {
            for (var attribute : Dom.children(statement, Namespace.SAML, "Attribute")) {
                var name = Dom.require(attribute, "Name");
                if (found.size() >= ATTRIBUTES_MAX || name.length() > 512) {
                    continue;
                }
                var list = found.computeIfAbsent(name, _ -> new ArrayList<>(1));
                for (var value : Dom.children(attribute, Namespace.SAML, "AttributeValue")) {
                    // A value with structure of its own (an eduPersonTargetedID) is nothing that is mapped here.
                    if (values < VALUES_MAX && Dom.children(value).isEmpty()) {
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

    @Override
    public String toString() {
        return "VerifiedAssertion[" + id + "]";
    }
}
