package gatehouse.idp.upstream.saml;

import gatehouse.idp.samlwire.FakeSamlIdp;
import gatehouse.idp.samlwire.SamlReason;
import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Properly signed responses that say what must not be accepted (saml-profiles §4.1.4.3). */
class ProfileRulesTest {

    @ParameterizedTest
    @MethodSource("profile")
    void isRefusedWithItsReason(Attack attack) {
        attack.isRefused();
    }

    static List<Attack> profile() {
        return List.of(
                said("wrong issuer", SamlReason.ISSUER_MISMATCH, idp -> idp.issuer = "https://other.example/entity"),
                said("wrong response issuer", SamlReason.ISSUER_MISMATCH,
                idp -> idp.responseIssuer = "https://other.example"),
                said("wrong audience", SamlReason.AUDIENCE_MISMATCH, idp -> idp.audience = "https://other.example/sp"),
                said("audience with our name as a prefix", SamlReason.AUDIENCE_MISMATCH,
                idp -> idp.audience += "-other"),
                said("a second audience restriction that leaves us out", SamlReason.AUDIENCE_MISMATCH, idp ->
                        idp.extraConditions = "<saml:AudienceRestriction><saml:Audience>https://other.example"
                                + "</saml:Audience></saml:AudienceRestriction>"),
                said("no audience", SamlReason.CONDITIONS_MISSING, idp -> idp.beforeSigning = xml ->
                        xml.replaceAll("(?s)<saml:AudienceRestriction>.*</saml:AudienceRestriction>", "")),
                said("no conditions", SamlReason.CONDITIONS_MISSING, idp -> idp.beforeSigning = xml ->
                        xml.replaceAll("(?s)<saml:Conditions.*</saml:Conditions>", "")),
                said("unknown condition", SamlReason.CONDITION_UNKNOWN, idp ->
                        idp.extraConditions = "<saml:Condition xmlns:xsi=\"http://www.w3.org/2001/XMLSchema-instance\""
                                + " xmlns:x=\"urn:x\" xsi:type=\"x:OnlyOnSundays\"/>"),
                said("wrong recipient", SamlReason.RECIPIENT_MISMATCH,
                idp -> idp.recipient = "https://other.example/acs"),
                said("no recipient", SamlReason.RECIPIENT_MISMATCH, idp -> idp.beforeSigning = xml ->
                        xml.replaceAll(" Recipient=\"[^\"]*\"", "")),
                said("wrong destination", SamlReason.DESTINATION_MISMATCH,
                idp -> idp.destination = "https://other.example/acs"),
                said("answer to another request", SamlReason.IN_RESPONSE_TO_MISMATCH,
                idp -> idp.inResponseTo = "_other"),
                said("confirmation of another request", SamlReason.IN_RESPONSE_TO_MISMATCH, idp ->
                        idp.confirmationInResponseTo = "_other"),
                said("confirmation of no request", SamlReason.IN_RESPONSE_TO_MISMATCH, idp ->
                        idp.confirmationInResponseTo = null),
                said("answer to no request", SamlReason.UNSOLICITED, idp -> {
                    idp.inResponseTo = null;
                    idp.confirmationInResponseTo = null;
                }),
                said("expired", SamlReason.EXPIRED, idp -> idp.notOnOrAfter = idp.issueInstant.minusSeconds(60)),
                said("expired confirmation", SamlReason.EXPIRED,
                idp -> idp.confirmedUntil = idp.issueInstant.minusSeconds(60)),
                said("confirmation without end", SamlReason.EXPIRED, idp -> idp.beforeSigning = xml ->
                        xml.replaceAll("<saml:SubjectConfirmationData NotOnOrAfter=\"[^\"]*\"",
                                "<saml:SubjectConfirmationData")),
                said("not yet valid", SamlReason.NOT_YET_VALID,
                idp -> idp.notBefore = idp.issueInstant.plusSeconds(61)),
                said("issued in the future", SamlReason.NOT_YET_VALID,
                idp -> idp.issueInstant = idp.issueInstant.plusSeconds(61)),
                said("issued long ago, valid for ever", SamlReason.EXPIRED, idp -> {
                    idp.issueInstant = idp.issueInstant.minus(Duration.ofMinutes(61));
                    idp.notOnOrAfter = idp.notOnOrAfter.plus(Duration.ofDays(365));
                }),
                said("signed in in the future", SamlReason.NOT_YET_VALID,
                idp -> idp.authnInstant = idp.authnInstant.plusSeconds(61)),
                said("session over", SamlReason.EXPIRED,
                idp -> idp.sessionNotOnOrAfter = idp.issueInstant.minusSeconds(60)),
                said("no confirmation", SamlReason.CONFIRMATION_MISSING, idp -> idp.beforeSigning = xml ->
                        xml.replaceAll("(?s)<saml:SubjectConfirmation .*</saml:SubjectConfirmation>", "")),
                said("holder-of-key only", SamlReason.CONFIRMATION_MISSING, idp -> idp.beforeSigning = xml ->
                        xml.replace("cm:bearer", "cm:holder-of-key")),
                said("bearer without data", SamlReason.CONFIRMATION_MISSING, idp -> idp.beforeSigning = xml ->
                        xml.replaceAll("<saml:SubjectConfirmationData[^>]*/>", "")),
                said("no authentication statement", SamlReason.AUTHN_STATEMENT_MISSING,
                idp -> idp.beforeSigning = xml ->
                        xml.replaceAll("(?s)<saml:AuthnStatement.*</saml:AuthnStatement>", "")),
                said("no name", SamlReason.SUBJECT_MISSING, idp -> idp.beforeSigning = xml ->
                        xml.replaceAll("<saml:NameID[^>]*>[^<]*</saml:NameID>", "")),
                said("empty name", SamlReason.SUBJECT_MISSING, idp -> idp.nameId = ""),
                said("element within the name", SamlReason.MALFORMED_MESSAGE, idp -> idp.nameId = "ada<x/>"),
                said("name that changes with every sign-in", SamlReason.SUBJECT_UNUSABLE, idp ->
                        idp.nameIdFormat = "urn:oasis:names:tc:SAML:2.0:nameid-format:transient"),
                said("name of 257 characters", SamlReason.SUBJECT_UNUSABLE, idp -> idp.nameId = "a".repeat(257)),
                said("malformed date", SamlReason.MALFORMED_MESSAGE, idp -> idp.beforeSigning = xml ->
                        xml.replaceAll("AuthnInstant=\"[^\"]*\"", "AuthnInstant=\"yesterday\"")),
                said("no passive", SamlReason.STATUS_NO_PASSIVE, idp -> status(idp, "NoPassive")),
                said("cancelled", SamlReason.STATUS_AUTHN_FAILED, idp -> status(idp, "AuthnFailed")),
                said("denied", SamlReason.STATUS_REQUEST_DENIED, idp -> status(idp, "RequestDenied")),
                said("no such name", SamlReason.STATUS_NAMEID_POLICY, idp -> status(idp, "InvalidNameIDPolicy")),
                said("no such context", SamlReason.STATUS_NO_AUTHN_CONTEXT, idp -> status(idp, "NoAuthnContext")),
                said("failed, with an assertion", SamlReason.STATUS_OTHER, idp ->
                        idp.status = "urn:oasis:names:tc:SAML:2.0:status:Responder"),
                said("our mistake", SamlReason.STATUS_REQUESTER, idp ->
                        idp.status = "urn:oasis:names:tc:SAML:2.0:status:Requester"));
    }

    private static void status(FakeSamlIdp idp, String detail) {
        idp.beforeSigning = xml -> xml.replace("<samlp:StatusCode Value=\"" + idp.status + "\"/>",
                "<samlp:StatusCode Value=\"urn:oasis:names:tc:SAML:2.0:status:Responder\"><samlp:StatusCode Value=\""
                        + "urn:oasis:names:tc:SAML:2.0:status:" + detail + "\"/></samlp:StatusCode>");
    }

    /** A message that is properly signed, and says something that must not be accepted. */
    private static Attack said(String name, SamlReason reason, Consumer<FakeSamlIdp> change) {
        return Attack.document(name, reason, idp -> {
            change.accept(idp);
            return idp.bothSigned();
        });
    }
}
