package gatehouse.idp.upstream.template;

/** In what a provider differs from the others, so that a guide can say it before it is found out. */
public enum Quirk {
    /** The issuer identifier ends with a slash, and is another one without it. */
    ISSUER_ENDS_WITH_SLASH,
    /** Tokens name the customer's directory in {@code tid}, and only that directory is let in. */
    BOUND_TO_TENANT,
    /** Tokens name the customer's domain in {@code hd}, and only listed domains are let in. */
    BOUND_TO_HOSTED_DOMAIN,
    /** The e-mail address is not verified by the provider, unless an optional claim says so. */
    EMAIL_UNVERIFIED,
    /** The ID token has no e-mail address unless an optional claim is added to the application there. */
    EMAIL_IS_OPTIONAL_CLAIM,
    /** The e-mail address is found at the userinfo endpoint only. */
    EMAIL_FROM_USERINFO,
    /** Client secrets expire there, after two years at most. */
    SECRET_EXPIRES,
    /** Reads our public keys at their address and then needs no client secret ({@code private_key_jwt}). */
    TAKES_KEYS_BY_ADDRESS,
    /** Has no logout endpoint: whoever signs out here stays signed in there. */
    NO_LOGOUT_ENDPOINT,
    /** Ends sessions here when they end there (OpenID Connect Back-Channel Logout). */
    BACKCHANNEL_LOGOUT,
    /** Ends sessions here when they end there, in the browser (OpenID Connect Front-Channel Logout). */
    FRONTCHANNEL_LOGOUT,
    /** The audience may be the application's id there, preceded by {@code spn:}, if no identifier was set. */
    AUDIENCE_MAY_BE_APPLICATION_ID,
    /** Metadata can only be downloaded there, not be read at a public address. */
    METADATA_AS_FILE_ONLY,
    /** Attributes are sent under names chosen there; none are sent unless added. */
    ATTRIBUTES_MUST_BE_ADDED,
    /** NameIDs are new with every sign-in, unless persistent ones or another attribute are set up there. */
    NAME_IDS_CHANGE,
    /** Assertions are encrypted as soon as our metadata is read there. */
    ENCRYPTS_BY_DEFAULT,
    /** People are refused there, not here, until they are assigned to the application. */
    PEOPLE_MUST_BE_ASSIGNED,
    /** A changed application takes minutes, up to a day, until it works for everybody. */
    CHANGES_TAKE_TIME
}
