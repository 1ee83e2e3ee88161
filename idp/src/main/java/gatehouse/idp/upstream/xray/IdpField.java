package gatehouse.idp.upstream.xray;

import java.util.Locale;
import java.util.Optional;

/**
 * A place in an identity provider's console where a mistake is mended. In the words of each product it is the message
 * {@code field.<field>.<product>}; where that does not exist, {@code field.<field>.generic}.
 */
public enum IdpField {
    AUDIENCE, ACS_URL, NAME_ID, EMAIL, SIGNING, SIGNATURE_ALGORITHM, ENCRYPTION, METADATA, ASSIGNMENT, REDIRECT_URI,
    CLIENT_ID, CLIENT_SECRET, ISSUER;

    /** Where {@code diagnosis} is mended; empty if that is not in the identity provider's console. */
    public static Optional<IdpField> of(Diagnosis diagnosis) {
        return Optional.ofNullable(switch (diagnosis) {
            case SAML_AUD_01, SAML_COND_01 -> AUDIENCE;
            case SAML_DEST_01, SAML_DEST_02, SAML_STATUS_06, SAML_MSG_03 -> ACS_URL;
            case SAML_NAMEID_01, SAML_NAMEID_03, SAML_STATUS_04, LOGIN_SUBJECT_01 -> NAME_ID;
            case LOGIN_EMAIL_01 -> EMAIL;
            case SAML_SIG_02 -> SIGNING;
            case SAML_SIG_03, OIDC_ALG_01 -> SIGNATURE_ALGORITHM;
            case SAML_ENC_01, SAML_ENC_02, SAML_ENC_03 -> ENCRYPTION;
            case SAML_SIG_01, SAML_ISS_01, SAML_META_01, SAML_META_02 -> METADATA;
            case SAML_STATUS_01, SAML_STATUS_07, OIDC_DENIED_01 -> ASSIGNMENT;
            case OIDC_CONFIG_01, OIDC_CODE_01 -> REDIRECT_URI;
            case OIDC_AUD_01, OIDC_AUD_02 -> CLIENT_ID;
            case OIDC_SECRET_01 -> CLIENT_SECRET;
            case OIDC_ISS_01, OIDC_META_01, OIDC_META_02, OIDC_KID_01 -> ISSUER;
            default -> null;
        });
    }

    /** Key of its name in the words of {@code product}. */
    public String key(Product product) {
        return "field." + name().toLowerCase(Locale.ROOT) + '.' + product.wireName();
    }
}
