package gatehouse.idp.samlwire;

/** Why a SAML message or metadata is refused: the closed list for the audit trail and the metrics. */
public enum SamlReason {
    PARAMETER_MISSING(Side.OTHER, "The message is missing."),
    PARAMETER_REPEATED(Side.HOSTILE, "A parameter was sent more than once."),
    PARAMETER_ENCODED(Side.HOSTILE, "The name of a parameter is not spelled as it must be."),
    PARAMETER_UNSUPPORTED(Side.OTHER, "The message is encoded in a way that is not supported."),
    NOT_BASE64(Side.OTHER, "The message is not correctly encoded."),
    NOT_DEFLATED(Side.OTHER, "The message is not correctly compressed."),
    TOO_LARGE(Side.HOSTILE, "The message is too large."),
    MALFORMED_XML(Side.OTHER, "The message is not well-formed XML."),
    ENCODING_REFUSED(Side.OTHER, "The message is not XML 1.0 in UTF-8."),
    DOCTYPE(Side.HOSTILE, "The message contains a document type declaration."),
    XML_LIMIT(Side.HOSTILE, "The message has more parts than any honest one."),
    DUPLICATE_ID(Side.HOSTILE, "The message names two of its parts alike."),
    UNEXPECTED_MESSAGE(Side.OTHER, "The message is not of the expected kind."),
    MALFORMED_MESSAGE(Side.OTHER, "The message lacks something that it must have."),
    VERSION_UNSUPPORTED(Side.OTHER, "The message is not SAML 2.0."),

    UNSIGNED(Side.HOSTILE, "The message is not signed."),
    SIGNATURE_MISPLACED(Side.HOSTILE, "The message carries a signature where none belongs."),
    SIGNATURE_STRUCTURE(Side.HOSTILE, "The signature has parts that are not accepted."),
    SEVERAL_REFERENCES(Side.HOSTILE, "The signature does not cover exactly one element."),
    REFERENCE_MISMATCH(Side.HOSTILE, "The signature covers another element than the one it is in."),
    TRANSFORM_REFUSED(Side.HOSTILE, "The signature uses a transform that is not accepted."),
    SIGNATURE_ALGORITHM_REFUSED(Side.CONFIGURATION, "The signature uses an algorithm that is not accepted."),
    DIGEST_ALGORITHM_REFUSED(Side.CONFIGURATION, "The signature uses a digest that is not accepted."),
    SIGNATURE_INVALID(Side.CONFIGURATION, "The signature was not made with a configured certificate."),
    DIGEST_MISMATCH(Side.HOSTILE, "The message was changed after it was signed."),
    CANONICALIZATION_FAILED(Side.HOSTILE, "The signed part cannot be brought into canonical form."),
    SEVERAL_ASSERTIONS(Side.HOSTILE, "The response does not contain exactly one assertion."),
    ASSERTION_MISSING(Side.OTHER, "The response contains no assertion."),
    ASSERTION_MISPLACED(Side.HOSTILE, "The response contains an assertion where none belongs."),

    ENCRYPTION_STRUCTURE(Side.HOSTILE, "The encrypted part is built in a way that is not accepted."),
    ENCRYPTION_ALGORITHM_REFUSED(Side.CONFIGURATION, "The encrypted part uses an algorithm that is not accepted."),
    ENCRYPTION_UNPROTECTED(Side.CONFIGURATION,
            "The encrypted part uses a mode that is accepted only inside a signed response."),
    DECRYPTION_FAILED(Side.CONFIGURATION, "The encrypted part was not encrypted for this server."),
    NOT_ENCRYPTED(Side.CONFIGURATION, "The assertion is not encrypted."),

    ISSUER_MISMATCH(Side.HOSTILE, "The message comes from another issuer than the configured one."),
    DESTINATION_MISMATCH(Side.CONFIGURATION, "The message was sent to another address than the one it names."),
    UNSOLICITED(Side.CONFIGURATION, "Nobody here asked for this response."),
    IN_RESPONSE_TO_MISMATCH(Side.HOSTILE, "The response answers another request."),
    TARGET_REFUSED(Side.CONFIGURATION, "The sign-in leads to an address that is not on the connection's list."),
    CONDITIONS_MISSING(Side.CONFIGURATION, "The assertion does not say whom it is for."),
    CONDITION_UNKNOWN(Side.CONFIGURATION, "The assertion has a condition that is not understood."),
    AUDIENCE_MISMATCH(Side.CONFIGURATION, "The assertion is for another application."),
    NOT_YET_VALID(Side.CONFIGURATION, "The message is dated in the future: a clock is wrong."),
    EXPIRED(Side.CONFIGURATION, "The message is too old, or a clock is wrong."),
    CONFIRMATION_MISSING(Side.CONFIGURATION, "The assertion has no bearer confirmation."),
    RECIPIENT_MISMATCH(Side.CONFIGURATION, "The assertion was made for another address."),
    AUTHN_STATEMENT_MISSING(Side.CONFIGURATION, "The assertion does not say that the person signed in."),
    AUTHN_TOO_OLD(Side.CONFIGURATION, "The person was to sign in anew, and did not."),
    CONTEXT_NOT_MET(Side.CONFIGURATION, "The person did not sign in the way that was asked for."),
    SUBJECT_MISSING(Side.CONFIGURATION, "The assertion does not say who signed in."),
    SUBJECT_UNUSABLE(Side.CONFIGURATION, "The assertion names the person in a way that cannot be recognized again."),
    REPLAYED(Side.HOSTILE, "The response was used before."),

    STATUS_NO_PASSIVE(Side.OTHER, "The identity provider cannot sign the person in without asking."),
    STATUS_AUTHN_FAILED(Side.PERSON, "The sign-in was not completed at the identity provider."),
    STATUS_REQUEST_DENIED(Side.PERSON, "The identity provider did not allow this sign-in."),
    STATUS_NAMEID_POLICY(Side.CONFIGURATION, "The identity provider cannot name the person in the wanted format."),
    STATUS_NO_AUTHN_CONTEXT(Side.CONFIGURATION, "The identity provider cannot sign the person in the wanted way."),
    STATUS_REQUESTER(Side.CONFIGURATION, "The identity provider found a mistake in the request."),
    STATUS_OTHER(Side.OTHER, "The identity provider reported a problem of its own."),

    METADATA_UNAVAILABLE(Side.OTHER, "The identity provider's metadata cannot be fetched."),
    METADATA_INVALID(Side.CONFIGURATION, "The metadata cannot be used."),

    SERVICE_PROVIDER_UNKNOWN(Side.CONFIGURATION, "The application is not registered here."),
    SERVICE_PROVIDER_DISABLED(Side.CONFIGURATION, "The application is switched off."),
    ACS_NOT_REGISTERED(Side.CONFIGURATION, "The application wants the answer at an address that is not registered."),
    UNSOLICITED_NOT_ALLOWED(Side.CONFIGURATION, "The application is not open to sign-ins that it did not ask for."),
    BINDING_UNSUPPORTED(Side.CONFIGURATION, "The application wants the answer by a binding that is not supported.");

    /** Whose it is to mend. */
    public enum Side {
        /** The person who signs in. */
        PERSON,
        /** Settings, here or there. */
        CONFIGURATION,
        /** The other party's software. */
        OTHER,
        /** Nobody's: somebody attacks, or a message went astray. */
        HOSTILE
    }

    private final Side side;
    private final String text;

    SamlReason(Side side, String text) {
        this.side = side;
        this.text = text;
    }

    /** Whose it is to mend. */
    public Side side() {
        return side;
    }

    /** One plain sentence, free of values from the message. */
    public String text() {
        return text;
    }
}
