package gatehouse.idp.upstream.xray;

import gatehouse.idp.http.Compared;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What can go wrong with a sign-in over a connection: the error catalogue. Its texts for administrators are the
 * messages {@code diagnosis.<code>.title}, {@code .what} and {@code .fix}, with what was expected as {@code {0}} and
 * what was received as {@code {1}}. A code, once given out, keeps its meaning.
 */
public enum Diagnosis {
    // SAML, the message
    SAML_MSG_01("SAML-MSG-01", Fixer.IDP_ADMIN, Check.DECODING),
    SAML_MSG_02("SAML-MSG-02", Fixer.US, Check.DECODING),
    SAML_MSG_03("SAML-MSG-03", Fixer.IDP_ADMIN, Check.XML),
    SAML_MSG_04("SAML-MSG-04", Fixer.IDP_ADMIN, Check.XML),
    SAML_XML_01("SAML-XML-01", Fixer.IDP_ADMIN, Check.XML),
    SAML_XML_02("SAML-XML-02", Fixer.IDP_ADMIN, Check.XML),

    // SAML, the signature
    SAML_SIG_01("SAML-SIG-01", Fixer.YOU, Check.SIGNATURE),
    SAML_SIG_02("SAML-SIG-02", Fixer.IDP_ADMIN, Check.SIGNATURE),
    SAML_SIG_03("SAML-SIG-03", Fixer.IDP_ADMIN, Check.SIGNATURE),
    SAML_SIG_04("SAML-SIG-04", Fixer.IDP_ADMIN, Check.SIGNATURE),
    SAML_SIG_05("SAML-SIG-05", Fixer.IDP_ADMIN, Check.SIGNATURE),

    // SAML, the assertion
    SAML_ASSERT_01("SAML-ASSERT-01", Fixer.IDP_ADMIN, Check.ASSERTION),
    SAML_ASSERT_02("SAML-ASSERT-02", Fixer.IDP_ADMIN, Check.ASSERTION),
    SAML_ENC_01("SAML-ENC-01", Fixer.IDP_ADMIN, Check.DECRYPTION),
    SAML_ENC_02("SAML-ENC-02", Fixer.IDP_ADMIN, Check.DECRYPTION),
    SAML_ENC_03("SAML-ENC-03", Fixer.IDP_ADMIN, Check.DECRYPTION),
    SAML_ISS_01("SAML-ISS-01", Fixer.YOU, Check.ISSUER),
    SAML_DEST_01("SAML-DEST-01", Fixer.IDP_ADMIN, Check.DESTINATION),
    SAML_IRT_01("SAML-IRT-01", Fixer.PERSON, Check.REQUEST),
    SAML_TARGET_01("SAML-TARGET-01", Fixer.IDP_ADMIN, Check.REQUEST),
    SAML_IRT_02("SAML-IRT-02", Fixer.PERSON, Check.IN_RESPONSE_TO),
    SAML_COND_01("SAML-COND-01", Fixer.IDP_ADMIN, Check.AUDIENCE),
    SAML_COND_02("SAML-COND-02", Fixer.IDP_ADMIN, Check.TIME),
    SAML_AUD_01("SAML-AUD-01", Fixer.IDP_ADMIN, Check.AUDIENCE),
    SAML_TIME_01("SAML-TIME-01", Fixer.IDP_ADMIN, Check.TIME),
    SAML_TIME_02("SAML-TIME-02", Fixer.IDP_ADMIN, Check.TIME),
    SAML_CONF_01("SAML-CONF-01", Fixer.IDP_ADMIN, Check.RECIPIENT),
    SAML_DEST_02("SAML-DEST-02", Fixer.IDP_ADMIN, Check.RECIPIENT),
    SAML_AUTHN_01("SAML-AUTHN-01", Fixer.IDP_ADMIN, Check.AUTHENTICATION),
    SAML_AUTHN_02("SAML-AUTHN-02", Fixer.IDP_ADMIN, Check.AUTHENTICATION),
    SAML_NAMEID_01("SAML-NAMEID-01", Fixer.IDP_ADMIN, Check.SUBJECT),
    SAML_NAMEID_02("SAML-NAMEID-02", Fixer.YOU, Check.ACCOUNT),
    SAML_NAMEID_03("SAML-NAMEID-03", Fixer.IDP_ADMIN, Check.SUBJECT),
    SAML_REPLAY_01("SAML-REPLAY-01", Fixer.PERSON, Check.REPLAY),

    // SAML, what the identity provider says
    SAML_STATUS_01("SAML-STATUS-01", Fixer.IDP_ADMIN, Check.STATUS),
    SAML_STATUS_02("SAML-STATUS-02", Fixer.PERSON, Check.STATUS),
    SAML_STATUS_03("SAML-STATUS-03", Fixer.PERSON, Check.STATUS),
    SAML_STATUS_04("SAML-STATUS-04", Fixer.YOU, Check.STATUS),
    SAML_STATUS_05("SAML-STATUS-05", Fixer.YOU, Check.STATUS),
    SAML_STATUS_06("SAML-STATUS-06", Fixer.IDP_ADMIN, Check.STATUS),
    SAML_STATUS_07("SAML-STATUS-07", Fixer.IDP_ADMIN, Check.STATUS),
    SAML_META_01("SAML-META-01", Fixer.IDP_ADMIN, Check.PROVIDER),
    SAML_META_02("SAML-META-02", Fixer.YOU, Check.PROVIDER),

    // OpenID Connect
    OIDC_STATE_01("OIDC-STATE-01", Fixer.PERSON, Check.REQUEST),
    OIDC_ANSWER_01("OIDC-ANSWER-01", Fixer.IDP_ADMIN, Check.DECODING),
    OIDC_ANSWER_02("OIDC-ANSWER-02", Fixer.YOU, Check.DECODING),
    OIDC_PAR_01("OIDC-PAR-01", Fixer.YOU, Check.PROVIDER),
    OIDC_PAR_02("OIDC-PAR-02", Fixer.IDP_ADMIN, Check.PROVIDER),
    OIDC_ISS_01("OIDC-ISS-01", Fixer.YOU, Check.ISSUER),
    OIDC_ISS_02("OIDC-ISS-02", Fixer.IDP_ADMIN, Check.SENDER),
    OIDC_DENIED_01("OIDC-DENIED-01", Fixer.IDP_ADMIN, Check.STATUS),
    OIDC_DENIED_02("OIDC-DENIED-02", Fixer.PERSON, Check.STATUS),
    OIDC_CONFIG_01("OIDC-CONFIG-01", Fixer.YOU, Check.STATUS),
    OIDC_UPSTREAM_01("OIDC-UPSTREAM-01", Fixer.IDP_ADMIN, Check.PROVIDER),
    OIDC_UPSTREAM_02("OIDC-UPSTREAM-02", Fixer.IDP_ADMIN, Check.PROVIDER),
    OIDC_UPSTREAM_03("OIDC-UPSTREAM-03", Fixer.IDP_ADMIN, Check.STATUS),
    OIDC_ADDR_01("OIDC-ADDR-01", Fixer.YOU, Check.PROVIDER),
    OIDC_META_01("OIDC-META-01", Fixer.YOU, Check.PROVIDER),
    OIDC_META_02("OIDC-META-02", Fixer.YOU, Check.PROVIDER),
    OIDC_KEYS_01("OIDC-KEYS-01", Fixer.IDP_ADMIN, Check.SIGNATURE),
    OIDC_SECRET_01("OIDC-SECRET-01", Fixer.YOU, Check.TOKEN_CALL),
    OIDC_CODE_01("OIDC-CODE-01", Fixer.IDP_ADMIN, Check.TOKEN_CALL),
    OIDC_TOKEN_01("OIDC-TOKEN-01", Fixer.IDP_ADMIN, Check.TOKEN_CALL),
    OIDC_TOKEN_02("OIDC-TOKEN-02", Fixer.IDP_ADMIN, Check.ID_TOKEN),
    OIDC_ALG_01("OIDC-ALG-01", Fixer.IDP_ADMIN, Check.ID_TOKEN),
    OIDC_KID_01("OIDC-KID-01", Fixer.IDP_ADMIN, Check.SIGNATURE),
    OIDC_SIG_01("OIDC-SIG-01", Fixer.IDP_ADMIN, Check.SIGNATURE),
    OIDC_AUD_01("OIDC-AUD-01", Fixer.YOU, Check.AUDIENCE),
    OIDC_AUD_02("OIDC-AUD-02", Fixer.YOU, Check.AUTHORIZED_PARTY),
    OIDC_TENANT_01("OIDC-TENANT-01", Fixer.YOU, Check.ISSUER),
    OIDC_TENANT_02("OIDC-TENANT-02", Fixer.YOU, Check.ISSUER),
    OIDC_SUB_01("OIDC-SUB-01", Fixer.IDP_ADMIN, Check.SUBJECT),
    OIDC_TIME_01("OIDC-TIME-01", Fixer.IDP_ADMIN, Check.TIME),
    OIDC_TIME_02("OIDC-TIME-02", Fixer.IDP_ADMIN, Check.TIME),
    OIDC_TIME_03("OIDC-TIME-03", Fixer.IDP_ADMIN, Check.TIME),
    OIDC_NONCE_01("OIDC-NONCE-01", Fixer.PERSON, Check.NONCE),
    OIDC_HASH_01("OIDC-HASH-01", Fixer.IDP_ADMIN, Check.TOKEN_HASH),
    OIDC_LOGOUT_01("OIDC-LOGOUT-01", Fixer.IDP_ADMIN, Check.ID_TOKEN),
    OIDC_LOGOUT_02("OIDC-LOGOUT-02", Fixer.IDP_ADMIN, Check.REPLAY),
    OIDC_LOGOUT_03("OIDC-LOGOUT-03", Fixer.YOU, Check.REQUEST),
    OIDC_USERINFO_01("OIDC-USERINFO-01", Fixer.IDP_ADMIN, Check.USERINFO),
    OIDC_USERINFO_02("OIDC-USERINFO-02", Fixer.IDP_ADMIN, Check.USERINFO),

    // the person, the organization, and us
    LOGIN_AGE_01("LOGIN-AGE-01", Fixer.IDP_ADMIN, Check.AUTHENTICATION),
    LOGIN_EMAIL_01("LOGIN-EMAIL-01", Fixer.IDP_ADMIN, Check.EMAIL),
    LOGIN_EMAIL_02("LOGIN-EMAIL-02", Fixer.YOU, Check.DOMAIN),
    LOGIN_SUBJECT_01("LOGIN-SUBJECT-01", Fixer.IDP_ADMIN, Check.SUBJECT),
    LOGIN_ACCOUNT_01("LOGIN-ACCOUNT-01", Fixer.YOU, Check.ACCOUNT),
    LOGIN_ACCOUNT_02("LOGIN-ACCOUNT-02", Fixer.PERSON, Check.ACCOUNT),
    LOGIN_ACCOUNT_03("LOGIN-ACCOUNT-03", Fixer.YOU, Check.ACCOUNT),
    LOGIN_ACR_01("LOGIN-ACR-01", Fixer.IDP_ADMIN, Check.ACCOUNT),
    LOGIN_SESSION_01("LOGIN-SESSION-01", Fixer.IDP_ADMIN, Check.ACCOUNT),
    LOGIN_CLIENT_01("LOGIN-CLIENT-01", Fixer.US, Check.ACCOUNT),
    LOGIN_UNSOLICITED_01("LOGIN-UNSOLICITED-01", Fixer.PERSON, Check.REQUEST),
    LOGIN_ARRIVAL_01("LOGIN-ARRIVAL-01", Fixer.PERSON, Check.REQUEST),
    LOGIN_LANDING_01("LOGIN-LANDING-01", Fixer.PERSON, Check.ACCOUNT),
    LOGIN_CONNECTION_01("LOGIN-CONNECTION-01", Fixer.YOU, Check.ACCOUNT),
    DOM_01("DOM-01", Fixer.YOU, Check.DOMAIN),
    DOM_02("DOM-02", Fixer.YOU, Check.DOMAIN),
    DOM_03("DOM-03", Fixer.YOU, Check.DOMAIN),
    DOM_04("DOM-04", Fixer.US, Check.DOMAIN),
    HRD_01("HRD-01", Fixer.YOU, Check.ACCOUNT),
    LIMIT_01("LIMIT-01", Fixer.IDP_ADMIN, Check.XML),
    SRV_BUDGET_01("SRV-BUDGET-01", Fixer.US, Check.ACCOUNT),
    SRV_FAULT_01("SRV-FAULT-01", Fixer.US, Check.ACCOUNT);

    private static final Map<String, Diagnosis> BY_CODE =
            Stream.of(values()).collect(Collectors.toUnmodifiableMap(Diagnosis::code, Function.identity()));

    private static final Set<Diagnosis> STRAYS =
            Set.of(LOGIN_UNSOLICITED_01, LOGIN_ARRIVAL_01, SAML_IRT_01, OIDC_STATE_01);

    private final String code;
    private final Fixer fixer;
    private final Check check;

    Diagnosis(String code, Fixer fixer, Check check) {
        this.code = code;
        this.fixer = fixer;
        this.check = check;
    }

    /** The entry with this code. */
    public static Optional<Diagnosis> of(String code) {
        return Optional.ofNullable(BY_CODE.get(code));
    }

    /** What people quote: {@code SAML-AUD-01}. */
    public String code() {
        return code;
    }

    /** Who can mend it. */
    public Fixer fixer() {
        return fixer;
    }

    /**
     * Whether anybody at all can cause it, without a sign-in that was begun here: such attempts must not crowd out those
     * of people.
     */
    public boolean isStray() {
        return STRAYS.contains(this);
    }

    /** Those that {@link #isStray}. */
    public static Set<Diagnosis> strays() {
        return STRAYS;
    }

    /** The check that fails by it. */
    public Check check() {
        return check;
    }

    /** The arguments of this entry's messages: what was expected, what was received; a dash for what is not known. */
    public static List<String> arguments(Compared compared) {
        return List.of(compared.expected().orElse("–"), compared.received().orElse("–"));
    }
}
