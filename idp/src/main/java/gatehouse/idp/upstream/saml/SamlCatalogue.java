package gatehouse.idp.upstream.saml;

import gatehouse.idp.samlwire.SamlReason;
import gatehouse.idp.upstream.xray.Diagnosis;

/** Which entry of the error catalogue a reason of the SAML rooms is. A new reason does not compile without its line. */
final class SamlCatalogue {

    private SamlCatalogue() {}

    static Diagnosis of(SamlReason reason) {
        return switch (reason) {
            case PARAMETER_MISSING, PARAMETER_UNSUPPORTED, NOT_BASE64, NOT_DEFLATED -> Diagnosis.SAML_MSG_01;
            case PARAMETER_REPEATED, PARAMETER_ENCODED -> Diagnosis.SAML_MSG_02;
            case UNEXPECTED_MESSAGE, VERSION_UNSUPPORTED -> Diagnosis.SAML_MSG_03;
            case MALFORMED_MESSAGE -> Diagnosis.SAML_MSG_04;
            case TOO_LARGE, XML_LIMIT -> Diagnosis.LIMIT_01;
            case MALFORMED_XML, ENCODING_REFUSED -> Diagnosis.SAML_XML_01;
            case DOCTYPE, DUPLICATE_ID -> Diagnosis.SAML_XML_02;
            case UNSIGNED -> Diagnosis.SAML_SIG_02;
            case SIGNATURE_INVALID -> Diagnosis.SAML_SIG_01;
            case SIGNATURE_ALGORITHM_REFUSED, DIGEST_ALGORITHM_REFUSED -> Diagnosis.SAML_SIG_03;
            case DIGEST_MISMATCH -> Diagnosis.SAML_SIG_04;
            case SIGNATURE_MISPLACED, SIGNATURE_STRUCTURE, SEVERAL_REFERENCES, REFERENCE_MISMATCH, TRANSFORM_REFUSED,
                    CANONICALIZATION_FAILED -> Diagnosis.SAML_SIG_05;
            case ASSERTION_MISSING -> Diagnosis.SAML_ASSERT_01;
            case SEVERAL_ASSERTIONS, ASSERTION_MISPLACED -> Diagnosis.SAML_ASSERT_02;
            // One entry for all of them: which step of a decryption failed would be an oracle, for administrators too.
            case ENCRYPTION_STRUCTURE, DECRYPTION_FAILED -> Diagnosis.SAML_ENC_01;
            case ENCRYPTION_ALGORITHM_REFUSED, ENCRYPTION_UNPROTECTED -> Diagnosis.SAML_ENC_02;
            case NOT_ENCRYPTED -> Diagnosis.SAML_ENC_03;
            case ISSUER_MISMATCH -> Diagnosis.SAML_ISS_01;
            case DESTINATION_MISMATCH -> Diagnosis.SAML_DEST_01;
            case RECIPIENT_MISMATCH -> Diagnosis.SAML_DEST_02;
            case UNSOLICITED -> Diagnosis.SAML_IRT_01;
            case IN_RESPONSE_TO_MISMATCH -> Diagnosis.SAML_IRT_02;
            case TARGET_REFUSED -> Diagnosis.SAML_TARGET_01;
            case CONDITIONS_MISSING -> Diagnosis.SAML_COND_01;
            case CONDITION_UNKNOWN -> Diagnosis.SAML_COND_02;
            case AUDIENCE_MISMATCH -> Diagnosis.SAML_AUD_01;
            case NOT_YET_VALID -> Diagnosis.SAML_TIME_01;
            case EXPIRED -> Diagnosis.SAML_TIME_02;
            case CONFIRMATION_MISSING -> Diagnosis.SAML_CONF_01;
            case AUTHN_STATEMENT_MISSING -> Diagnosis.SAML_AUTHN_01;
            case AUTHN_TOO_OLD -> Diagnosis.LOGIN_AGE_01;
            case CONTEXT_NOT_MET -> Diagnosis.SAML_AUTHN_02;
            case SUBJECT_UNUSABLE -> Diagnosis.SAML_NAMEID_01;
            case SUBJECT_MISSING -> Diagnosis.SAML_NAMEID_03;
            case REPLAYED -> Diagnosis.SAML_REPLAY_01;
            case STATUS_REQUEST_DENIED -> Diagnosis.SAML_STATUS_01;
            case STATUS_AUTHN_FAILED -> Diagnosis.SAML_STATUS_02;
            case STATUS_NO_PASSIVE -> Diagnosis.SAML_STATUS_03;
            case STATUS_NAMEID_POLICY -> Diagnosis.SAML_STATUS_04;
            case STATUS_NO_AUTHN_CONTEXT -> Diagnosis.SAML_STATUS_05;
            case STATUS_REQUESTER -> Diagnosis.SAML_STATUS_06;
            case STATUS_OTHER -> Diagnosis.SAML_STATUS_07;
            case METADATA_UNAVAILABLE -> Diagnosis.SAML_META_01;
            case METADATA_INVALID -> Diagnosis.SAML_META_02;
            // Of our other role: an upstream connection never says so.
            case SERVICE_PROVIDER_UNKNOWN, SERVICE_PROVIDER_DISABLED, UNSOLICITED_NOT_ALLOWED, ACS_NOT_REGISTERED,
                    BINDING_UNSUPPORTED ->
                    Diagnosis.SRV_FAULT_01;
        };
    }
}
