package gatehouse.idp.upstream.xray;

import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/** A check that a sign-in has to pass. Its text for people is the message {@code check.<wire name>}. */
public enum Check {
    /** It answers a sign-in that was begun here, over this connection. OIDC: {@code state}. */
    REQUEST,
    /** The message could be taken out of the request. */
    DECODING,
    /** The message is well-formed XML within the limits, of the expected kind. */
    XML,
    /** The identity provider's description of itself is at hand: metadata, discovery. */
    PROVIDER,
    /** {@code iss} of an authorization response (RFC 9207). */
    SENDER,
    /** The identity provider says that the sign-in succeeded there. */
    STATUS,
    /** The code was exchanged for tokens. */
    TOKEN_CALL,
    /** The ID token can be read and is of the right kind. */
    ID_TOKEN,
    /** Signed with a key that is the identity provider's, by an accepted algorithm. */
    SIGNATURE,
    /** There is exactly one assertion, where it belongs. */
    ASSERTION,
    /** What was encrypted was encrypted for us. */
    DECRYPTION,
    /** {@code Issuer}, {@code iss}. */
    ISSUER,
    /** {@code Destination}. */
    DESTINATION,
    /** {@code InResponseTo}. */
    IN_RESPONSE_TO,
    /** {@code AudienceRestriction}, {@code aud}. */
    AUDIENCE,
    /** {@code azp}. */
    AUTHORIZED_PARTY,
    /** {@code Conditions} and dates; {@code exp}, {@code iat}, {@code nbf}. */
    TIME,
    /** {@code Recipient} of the bearer confirmation. */
    RECIPIENT,
    NONCE,
    /** {@code at_hash}, {@code c_hash}. */
    TOKEN_HASH,
    /** When and how the person signed in there. */
    AUTHENTICATION,
    /** {@code NameID} or the chosen attribute; {@code sub}. */
    SUBJECT,
    USERINFO,
    /** Never seen before. */
    REPLAY,
    EMAIL,
    /** The address is in a domain that the organization has proved. */
    DOMAIN,
    /** The person may sign in here: account, organization, connection. */
    ACCOUNT;

    /** What is checked here once the identity provider has said yes, whatever the protocol. */
    public static final List<Check> OURS = List.of(EMAIL, DOMAIN, ACCOUNT);

    /** What a SAML response has to pass, in order. */
    public static final List<Check> SAML = with(REQUEST, DECODING, PROVIDER, XML, STATUS, ASSERTION, DECRYPTION,
            SIGNATURE, ISSUER, DESTINATION, IN_RESPONSE_TO, TIME, AUDIENCE, RECIPIENT, AUTHENTICATION, SUBJECT, REPLAY);

    /** What an OpenID Connect sign-in has to pass, in order. */
    public static final List<Check> OIDC = with(REQUEST, DECODING, PROVIDER, SENDER, STATUS, TOKEN_CALL, ID_TOKEN,
            SIGNATURE, ISSUER, SUBJECT, AUDIENCE, AUTHORIZED_PARTY, TIME, NONCE, TOKEN_HASH, AUTHENTICATION, USERINFO);

    private static List<Check> with(Check... protocol) {
        return Stream.concat(Stream.of(protocol), OURS.stream()).toList();
    }

    /** The checks of a connection of {@code type}, in order. */
    public static List<Check> of(String type) {
        return type.equals("saml") ? SAML : OIDC;
    }

    /** As it is written in answers and message keys. */
    public String wireName() {
        return name().toLowerCase(Locale.ROOT);
    }
}
