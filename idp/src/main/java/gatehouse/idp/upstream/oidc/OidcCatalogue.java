package gatehouse.idp.upstream.oidc;

import gatehouse.idp.upstream.xray.Diagnosis;

/** Which entry of the error catalogue a reason of this room is. A new reason does not compile without its line. */
final class OidcCatalogue {

    private OidcCatalogue() {}

    static Diagnosis of(OidcReason reason) {
        return switch (reason) {
            case UNSOLICITED, OTHER_CONNECTION -> Diagnosis.OIDC_STATE_01;
            case MALFORMED_RESPONSE -> Diagnosis.OIDC_ANSWER_01;
            case ISSUER_MISSING -> Diagnosis.OIDC_ISS_02;
            case ISSUER_MISMATCH, WRONG_ISSUER -> Diagnosis.OIDC_ISS_01;
            case ANSWER_UNSIGNED -> Diagnosis.OIDC_ANSWER_02;
            case ACCESS_DENIED -> Diagnosis.OIDC_DENIED_01;
            case INTERACTION_REQUIRED -> Diagnosis.OIDC_DENIED_02;
            case PROVIDER_REFUSED_REQUEST -> Diagnosis.OIDC_CONFIG_01;
            case PROVIDER_UNREACHABLE -> Diagnosis.OIDC_UPSTREAM_01;
            case PROVIDER_TIMED_OUT -> Diagnosis.OIDC_UPSTREAM_02;
            case PROVIDER_BUSY, PROVIDER_ERROR -> Diagnosis.OIDC_UPSTREAM_03;
            case ADDRESS_NOT_ALLOWED -> Diagnosis.OIDC_ADDR_01;
            case METADATA_INVALID -> Diagnosis.OIDC_META_01;
            case METADATA_OTHER_ISSUER -> Diagnosis.OIDC_META_02;
            case KEYS_INVALID -> Diagnosis.OIDC_KEYS_01;
            case PUSH_NOT_OFFERED -> Diagnosis.OIDC_PAR_01;
            case PUSH_ANSWER_INVALID -> Diagnosis.OIDC_PAR_02;
            case CLIENT_REFUSED -> Diagnosis.OIDC_SECRET_01;
            case CODE_REFUSED -> Diagnosis.OIDC_CODE_01;
            case TOKEN_RESPONSE_INVALID -> Diagnosis.OIDC_TOKEN_01;
            case ID_TOKEN_MALFORMED -> Diagnosis.OIDC_TOKEN_02;
            case ALGORITHM_NOT_ALLOWED -> Diagnosis.OIDC_ALG_01;
            case KEY_UNKNOWN -> Diagnosis.OIDC_KID_01;
            case SIGNATURE_INVALID -> Diagnosis.OIDC_SIG_01;
            case WRONG_AUDIENCE -> Diagnosis.OIDC_AUD_01;
            case WRONG_AUTHORIZED_PARTY -> Diagnosis.OIDC_AUD_02;
            case OTHER_TENANT -> Diagnosis.OIDC_TENANT_01;
            case OTHER_HOSTED_DOMAIN -> Diagnosis.OIDC_TENANT_02;
            case SUBJECT_MISSING -> Diagnosis.OIDC_SUB_01;
            case NOT_YET_VALID -> Diagnosis.OIDC_TIME_01;
            case EXPIRED, OLDER_THAN_REQUEST, ANSWER_EXPIRED -> Diagnosis.OIDC_TIME_02;
            case TIMES_MISSING -> Diagnosis.OIDC_TIME_03;
            case NONCE_MISMATCH -> Diagnosis.OIDC_NONCE_01;
            case ACCESS_TOKEN_HASH_MISMATCH, CODE_HASH_MISMATCH -> Diagnosis.OIDC_HASH_01;
            case AUTHENTICATION_TIME_MISSING, AUTHENTICATION_TOO_OLD -> Diagnosis.LOGIN_AGE_01;
            case LOGOUT_TOKEN_MALFORMED -> Diagnosis.OIDC_LOGOUT_01;
            case LOGOUT_TOKEN_REPLAYED -> Diagnosis.OIDC_LOGOUT_02;
            case FRONTCHANNEL_LOGOUT_OFF -> Diagnosis.OIDC_LOGOUT_03;
            case USERINFO_INVALID -> Diagnosis.OIDC_USERINFO_01;
            case USERINFO_OTHER_SUBJECT -> Diagnosis.OIDC_USERINFO_02;
        };
    }
}
