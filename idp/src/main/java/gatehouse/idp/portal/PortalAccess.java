package gatehouse.idp.portal;

import gatehouse.idp.http.Cookie;
import gatehouse.idp.http.CookieNames;
import gatehouse.idp.http.Endpoint;
import gatehouse.idp.http.Form;
import gatehouse.idp.http.Multipart;
import gatehouse.idp.http.Reply;
import gatehouse.idp.http.Request;
import gatehouse.idp.sql.SqlSetupLinks;
import gatehouse.spi.Deadline;
import gatehouse.spi.Issuer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Base64;
import java.util.Optional;
import java.util.regex.Pattern;
import javax.crypto.Mac;
import javax.crypto.SecretKey;

/**
 * Who may ask: a browser whose cookie is a standing session of the issuer in the path, and, for whatever changes
 * something, a form that was made for that session.
 */
final class PortalAccess {

    /** How long a session lasts. */
    static final Duration SESSION = Duration.ofHours(24);

    private static final String PURPOSE = "portal";
    private static final Pattern TOKEN = Pattern.compile("[A-Za-z0-9_-]{43}");

    private final SqlSetupLinks links;
    private final CookieNames cookies;
    private final SecretKey key;
    private final InstantSource clock;

    /** Answers an admitted request. */
    interface Answering {
        Reply answer(PortalCall call);
    }

    PortalAccess(PortalParts parts) {
        this.links = parts.links();
        this.cookies = parts.cookies();
        this.key = parts.formKey();
        this.clock = parts.clock();
    }

    /** An endpoint that answers those who may ask. */
    Endpoint admitting(Answering answering) {
        return (request, deadline) -> answering.answer(admit(request, deadline));
    }

    private PortalCall admit(Request request, Deadline deadline) {
        var token = token(request).orElseThrow(() -> new PortalRefusal(PortalRefusal.Reason.NO_SESSION));
        var session = links.session(request.issuer().name(), token, clock.instant(), deadline)
                .orElseThrow(() -> new PortalRefusal(PortalRefusal.Reason.NO_SESSION));
        var csrf = proof(token);
        if (!request.method().equals("POST")) {
            return new PortalCall(request, session, Form.EMPTY, csrf, deadline);
        }
        var form = Multipart.form(request);
        if (form.repeated().isPresent()) {
            throw new PortalRefusal(PortalRefusal.Reason.INPUT_UNUSABLE);
        }
        requireOwn(form.optional("csrf"), csrf);
        return new PortalCall(request, session, form, csrf, deadline);
    }

    /** Refuses what was not made for the session that {@code csrf} proves. */
    static void requireOwn(Optional<String> sent, String csrf) {
        if (sent.filter(value -> MessageDigest.isEqual(value.getBytes(StandardCharsets.UTF_8),
                csrf.getBytes(StandardCharsets.UTF_8))).isEmpty()) {
            throw new PortalRefusal(PortalRefusal.Reason.FORM_FOREIGN);
        }
    }

    /** The session's token in {@code request}, whatever it is worth. */
    Optional<String> token(Request request) {
        return request.cookie(cookies.name(PURPOSE, request.issuer())).filter(value -> TOKEN.matcher(value).matches());
    }

    /** The cookie of a new session. */
    Cookie keeping(String token, Issuer issuer) {
        return cookies.cookie(PURPOSE, issuer, token, Optional.of(SESSION));
    }

    Cookie deletion(Issuer issuer) {
        return cookies.deletion(PURPOSE, issuer);
    }

    /** What forms of the session of {@code token} carry: nobody can make it who has not the deployment's key. */
    private String proof(String token) {
        try {
            var mac = Mac.getInstance("HmacSHA256");
            mac.init(key);
            var proof = mac.doFinal(("form " + token).getBytes(StandardCharsets.US_ASCII));
            return Base64.getUrlEncoder().withoutPadding().encodeToString(proof);
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException("every JDK has HmacSHA256", impossible);
        }
    }
}
