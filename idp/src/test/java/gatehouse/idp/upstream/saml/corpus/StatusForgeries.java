package gatehouse.idp.upstream.saml.corpus;

import gatehouse.idp.samlwire.FakeSamlIdp;
import gatehouse.idp.samlwire.SamlReason;
import java.util.stream.Stream;
import org.w3c.dom.Document;

/** Responses by which a provider itself says no, in the shapes of products: each is told apart, and none signs in. */
final class StatusForgeries {

    private static final String FAMILY = "status";
    private static final String URN = "urn:oasis:names:tc:SAML:2.0:status:";

    private StatusForgeries() {}

    static Stream<Forgery> all() {
        return Stream.of(
                of("Entra ID, person not assigned", SamlReason.STATUS_AUTHN_FAILED, "Responder AuthnFailed",
                        message("AADSTS50105: The signed in user is not assigned to a role for the application.")),
                of("Entra ID, reply address unknown", SamlReason.STATUS_REQUESTER, "Requester RequestUnsupported",
                        message("AADSTS50011: The reply URL specified in the request does not match.")),
                of("AD FS, any fault", SamlReason.STATUS_OTHER, "Responder", ""),
                of("AD FS, name policy", SamlReason.STATUS_NAMEID_POLICY, "Requester InvalidNameIDPolicy", ""),
                of("AD FS, context", SamlReason.STATUS_NO_AUTHN_CONTEXT, "Responder NoAuthnContext", ""),
                of("AD FS, not signed in", SamlReason.STATUS_NO_PASSIVE, "Responder NoPassive", ""),
                of("Okta, person not assigned", SamlReason.STATUS_REQUEST_DENIED, "Responder RequestDenied",
                        message("User is not assigned to this application.")),
                of("Google Workspace, person not enabled", SamlReason.STATUS_REQUEST_DENIED, "Responder RequestDenied",
                        message("Error: app_not_enabled_for_user")),
                of("PingFederate, with a cause", SamlReason.STATUS_AUTHN_FAILED, "Responder AuthnFailed",
                        message("Authentication failed") + "<samlp:StatusDetail><Cause>x</Cause></samlp:StatusDetail>"),
                of("OneLogin, person without the application", SamlReason.STATUS_AUTHN_FAILED, "Responder AuthnFailed",
                        ""),
                of("Shibboleth, any fault", SamlReason.STATUS_OTHER, "Responder", message("An error occurred.")),
                of("Shibboleth, name policy", SamlReason.STATUS_NAMEID_POLICY, "Requester InvalidNameIDPolicy",
                        message("Required NameID format not supported")),
                of("Shibboleth, not signed in", SamlReason.STATUS_NO_PASSIVE, "Requester NoPassive", ""),
                of("SimpleSAMLphp, not signed in", SamlReason.STATUS_NO_PASSIVE, "Responder NoPassive",
                        message("Passive authentication not supported.")),
                of("SimpleSAMLphp, cancelled", SamlReason.STATUS_AUTHN_FAILED, "Responder AuthnFailed",
                        message("User aborted authentication")),
                of("Keycloak, cancelled", SamlReason.STATUS_REQUEST_DENIED, "Responder RequestDenied", ""),
                of("Keycloak, failed", SamlReason.STATUS_AUTHN_FAILED, "Responder AuthnFailed",
                        message("login_failed")),
                of("Auth0, denied by a rule", SamlReason.STATUS_REQUEST_DENIED, "Responder RequestDenied",
                        message("unauthorized")),
                of("Duo, denied", SamlReason.STATUS_AUTHN_FAILED, "Responder AuthnFailed", message("Access denied")),
                of("version", SamlReason.STATUS_OTHER, "VersionMismatch", ""),
                of("our mistake", SamlReason.STATUS_REQUESTER, "Requester", ""),
                of("a code of its own", SamlReason.STATUS_OTHER, "Responder TooTired", ""),
                of("three codes", SamlReason.STATUS_REQUEST_DENIED, "Responder RequestDenied TooTired", ""))
                .flatMap(forgeries -> forgeries);
    }

    private static String message(String text) {
        return "<samlp:StatusMessage>" + text + "</samlp:StatusMessage>";
    }

    private static String nested(String[] codes, int from) {
        var inner = from + 1 < codes.length ? nested(codes, from + 1) : "";
        return "<samlp:StatusCode Value=\"" + URN + codes[from] + "\">" + inner + "</samlp:StatusCode>";
    }

    /** With and without a signature, and even with an assertion. */
    private static Stream<Forgery> of(String name, SamlReason reason, String codes, String more) {
        var status = "<samlp:Status>" + nested(codes.split(" "), 0) + more + "</samlp:Status>";
        return Stream.of(
                Forgery.document(FAMILY, name, reason, scene -> without(scene, status)),
                Forgery.document(FAMILY, name + ", signed", reason, scene -> {
                    var document = without(scene, status);
                    new Handmade().sign(document.getDocumentElement());
                    return document;
                }),
                Forgery.document(FAMILY, name + ", with an assertion", reason, scene -> {
                    said(scene, status);
                    return scene.idp().bothSigned();
                }));
    }

    private static void said(Scene scene, String status) {
        scene.idp().beforeSigning = xml -> xml.replaceAll("<samlp:Status>.*</samlp:Status>",
                java.util.regex.Matcher.quoteReplacement(status));
    }

    private static Document without(Scene scene, String status) {
        said(scene, status);
        var document = scene.idp().draft();
        var assertion = FakeSamlIdp.assertion(document);
        assertion.getParentNode().removeChild(assertion);
        return document;
    }
}
