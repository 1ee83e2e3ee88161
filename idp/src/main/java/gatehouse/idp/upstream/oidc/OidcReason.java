package gatehouse.idp.upstream.oidc;

import gatehouse.idp.http.Compared;
import gatehouse.idp.upstream.UpstreamRefusal;
import gatehouse.idp.upstream.UpstreamRefusal.Fault;
import java.util.Optional;

/**
 * Why an OpenID Connect sign-in is refused: a closed list for the audit trail and metrics, and what the person reads.
 */
public enum OidcReason {
    UNSOLICITED(Fault.HOSTILE, "This sign-in was not started here. Please start again."),
    OTHER_CONNECTION(Fault.HOSTILE, "The answer belongs to another sign-in. Please start again."),
    MALFORMED_RESPONSE(Fault.UPSTREAM, "Your identity provider sent an answer that cannot be read."),
    ISSUER_MISSING(Fault.HOSTILE, "Your identity provider's answer does not say who sent it."),
    ISSUER_MISMATCH(Fault.HOSTILE, "The answer comes from another identity provider than the one you were sent to."),

    ANSWER_UNSIGNED(Fault.HOSTILE, "Your identity provider's answer is not signed, although it has to be."),
    ANSWER_EXPIRED(Fault.UPSTREAM, "Your identity provider's answer has expired; please start again."),

    ACCESS_DENIED(Fault.USER,
            "The sign-in was cancelled, or your identity provider does not let you use this service."),
    INTERACTION_REQUIRED(Fault.USER, "Your identity provider needs to ask you something first."),
    PROVIDER_BUSY(Fault.UPSTREAM, "Your identity provider cannot sign you in at the moment."),
    PROVIDER_REFUSED_REQUEST(Fault.CONFIGURATION,
            "Your identity provider does not accept the request for this sign-in."),
    PROVIDER_ERROR(Fault.UPSTREAM, "Your identity provider reported an error."),

    ADDRESS_NOT_ALLOWED(Fault.CONFIGURATION, "The address of your identity provider may not be called from here."),
    PROVIDER_UNREACHABLE(Fault.UPSTREAM, "Your identity provider cannot be reached."),
    PROVIDER_TIMED_OUT(Fault.UPSTREAM, "Your identity provider did not answer in time."),
    METADATA_INVALID(Fault.CONFIGURATION, "The description that your identity provider publishes cannot be used."),
    METADATA_OTHER_ISSUER(Fault.CONFIGURATION, "The description found is that of another identity provider."),
    KEYS_INVALID(Fault.UPSTREAM, "The keys that your identity provider publishes cannot be read."),

    PUSH_NOT_OFFERED(Fault.CONFIGURATION, "Your identity provider does not take requests sent ahead."),
    PUSH_ANSWER_INVALID(Fault.UPSTREAM, "Your identity provider did not accept the request that was sent ahead."),
    CLIENT_REFUSED(Fault.CONFIGURATION, "Your identity provider does not accept our credentials."),
    CODE_REFUSED(Fault.UPSTREAM, "Your identity provider did not accept the code that it issued. Please start again."),
    TOKEN_RESPONSE_INVALID(Fault.UPSTREAM, "Your identity provider sent a token answer that cannot be used."),

    ID_TOKEN_MALFORMED(Fault.UPSTREAM, "Your identity provider sent an ID token that cannot be read."),
    ALGORITHM_NOT_ALLOWED(Fault.CONFIGURATION, "Your identity provider signs with an algorithm that is not accepted."),
    KEY_UNKNOWN(Fault.UPSTREAM, "Your identity provider signed with a key that it does not publish."),
    SIGNATURE_INVALID(Fault.HOSTILE, "The signature on your identity provider's answer is not valid."),
    WRONG_ISSUER(Fault.HOSTILE, "The ID token was issued by another identity provider."),
    WRONG_AUDIENCE(Fault.HOSTILE, "The ID token was issued for another service."),
    WRONG_AUTHORIZED_PARTY(Fault.HOSTILE, "The ID token was issued to another service."),
    OTHER_TENANT(Fault.CONFIGURATION, "Your account is in another directory than the one that is let in."),
    OTHER_HOSTED_DOMAIN(Fault.CONFIGURATION, "Your account is not of a domain that is let in."),
    SUBJECT_MISSING(Fault.UPSTREAM, "The ID token does not say who you are."),
    EXPIRED(Fault.UPSTREAM, "The ID token has expired; the clocks of the two servers may differ."),
    NOT_YET_VALID(Fault.UPSTREAM, "The ID token is not valid yet; the clocks of the two servers may differ."),
    TIMES_MISSING(Fault.UPSTREAM, "The ID token does not say when it is valid."),
    OLDER_THAN_REQUEST(Fault.HOSTILE, "The ID token is older than this sign-in."),
    NONCE_MISMATCH(Fault.HOSTILE, "The ID token belongs to another sign-in."),
    ACCESS_TOKEN_HASH_MISMATCH(Fault.HOSTILE, "The two tokens of your identity provider do not belong together."),
    CODE_HASH_MISMATCH(Fault.HOSTILE, "The ID token was not issued for this code."),
    AUTHENTICATION_TIME_MISSING(Fault.UPSTREAM, "Your identity provider does not say when you signed in there."),
    AUTHENTICATION_TOO_OLD(Fault.UPSTREAM,
            "Your identity provider did not ask you to sign in again, although it had to."),

    LOGOUT_TOKEN_MALFORMED(Fault.UPSTREAM, "The logout token cannot be read, or is none."),
    LOGOUT_TOKEN_REPLAYED(Fault.HOSTILE, "The logout token has been used already."),
    FRONTCHANNEL_LOGOUT_OFF(Fault.CONFIGURATION, "Front-channel logout is not switched on for this connection."),

    USERINFO_INVALID(Fault.UPSTREAM, "Your identity provider's description of you cannot be read."),
    USERINFO_OTHER_SUBJECT(Fault.HOSTILE, "Your identity provider described somebody else.");

    private final Fault fault;
    private final String description;

    OidcReason(Fault fault, String description) {
        this.fault = fault;
        this.description = description;
    }

    /** The refusal that says so. */
    UpstreamRefusal refusal() {
        return new UpstreamRefusal(this, OidcCatalogue.of(this), fault, description);
    }

    /** The refusal that says so, and to administrators what did not fit. */
    UpstreamRefusal refusal(Compared compared) {
        return new UpstreamRefusal(this, OidcCatalogue.of(this), fault, description, Optional.of(compared));
    }
}
