package gatehouse.idp.samlidp;

import gatehouse.idp.client.ServiceProvider;
import gatehouse.idp.directory.User;
import gatehouse.idp.samlwire.NameIdFormat;
import gatehouse.sessions.SessionId;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.Base64;
import javax.crypto.Mac;
import javax.crypto.SecretKey;

/**
 * What people and sessions are called towards one service provider. Persistent names and session indexes are derived,
 * so that they are the same every time, and so that two service providers cannot compare them (saml-core §8.3.7).
 */
final class SubjectNames {

    private final SecretKey pairwiseKey;

    SubjectNames(SecretKey pairwiseKey) {
        this.pairwiseKey = pairwiseKey;
    }

    /**
     * A transient name lasts as long as the session: nobody who compares two sessions learns that they are one
     * person's.
     */
    String nameId(NameIdFormat format, User user, SessionId session, ServiceProvider sp) {
        return switch (format) {
            case EMAIL_ADDRESS -> user.email();
            case TRANSIENT -> '_' + derived("transient", sp, session.value());
            case PERSISTENT, UNSPECIFIED -> derived("nameid", sp, user.id().value());
        };
    }

    String sessionIndex(SessionId session, ServiceProvider sp) {
        return '_' + derived("session", sp, session.value());
    }

    /** HMAC-SHA-256 over purpose, issuer, service provider and value; none of the first three contains a line feed. */
    private String derived(String purpose, ServiceProvider sp, String value) {
        try {
            var mac = Mac.getInstance("HmacSHA256");
            mac.init(pairwiseKey);
            var text = String.join("\n", purpose, sp.issuer(), sp.entityId(), value);
            return Base64.getUrlEncoder().withoutPadding()
                    .encodeToString(mac.doFinal(text.getBytes(StandardCharsets.UTF_8)));
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException(impossible); // every Java platform has it
        }
    }
}
