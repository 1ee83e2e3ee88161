package gatehouse.idp.samlwire;

/** Status codes of SAML responses (saml-core §3.2.2.2). */
public enum StatusCode {
    SUCCESS("Success"),
    REQUESTER("Requester"),
    RESPONDER("Responder"),
    VERSION_MISMATCH("VersionMismatch"),
    AUTHN_FAILED("AuthnFailed"),
    INVALID_NAMEID_POLICY("InvalidNameIDPolicy"),
    NO_AUTHN_CONTEXT("NoAuthnContext"),
    NO_PASSIVE("NoPassive"),
    REQUEST_DENIED("RequestDenied"),
    REQUEST_UNSUPPORTED("RequestUnsupported"),
    PARTIAL_LOGOUT("PartialLogout"),
    UNKNOWN_PRINCIPAL("UnknownPrincipal");

    private final String urn;

    StatusCode(String name) {
        this.urn = "urn:oasis:names:tc:SAML:2.0:status:" + name;
    }

    /** Its URN. */
    public String urn() {
        return urn;
    }
}
