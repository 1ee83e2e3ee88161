package gatehouse.idp.login.flow;

import gatehouse.idp.login.LoginRequest;
import gatehouse.idp.login.LoginRequest.RelyingParty;
import gatehouse.idp.upstream.UpstreamIdentity;
import gatehouse.sessions.SessionId;
import gatehouse.spi.ConnectionId;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;

/**
 * One login in progress: what was asked, and all that is known so far. Immutable; each step answers a changed copy.
 *
 * @param asked      what the front door asked
 * @param browser    hash of the cookie that binds the flow to its browser
 * @param startedAt  when it began
 * @param identifier the e-mail address that was typed
 * @param connection the way in that was chosen or left for
 * @param departed   whether the browser has left for the identity provider
 * @param arrived    what came back from there, not yet looked at
 * @param proof      what was proved
 * @param consented  whether the person allowed what was asked of them, or wanted what nobody had asked for
 * @param problem    message key of what is wrong with the last input
 * @param denied     why it ended without a session
 * @param session    the session that it ended with
 */
public record LoginFlow(
        LoginRequest asked,
        String browser,
        Instant startedAt,
        Optional<String> identifier,
        Optional<ConnectionId> connection,
        boolean departed,
        Optional<UpstreamIdentity> arrived,
        Optional<Proof> proof,
        boolean consented,
        Optional<String> problem,
        Optional<String> denied,
        Optional<SessionId> session) {

    /** Characters of an identity's attributes, names and values together, that a flow carries. */
    public static final int ATTRIBUTE_CHARACTERS_MAX = 8 * 1024;

    /** The browser of a flow that none has come for yet: one that began at an identity provider. */
    public static final String NO_BROWSER = "";

    /** A flow of which nothing is known but what was asked. */
    public static LoginFlow begin(LoginRequest asked, String browser, Instant startedAt) {
        return new LoginFlow(asked, browser, startedAt, Optional.empty(), Optional.empty(), false, Optional.empty(),
                Optional.empty(), false, Optional.empty(), Optional.empty(), Optional.empty());
    }

    /** This flow, bound to a browser. @param hash of its cookie */
    public LoginFlow boundTo(String hash) {
        return new LoginFlow(asked, hash, startedAt, identifier, connection, departed, arrived, proof, consented,
                problem,
                denied, session);
    }

    /** Whether nobody may be asked anything ({@code prompt=none}). */
    public boolean isSilent() {
        return asked.prompts().contains("none");
    }

    /** Whether it began at an identity provider, so that nobody here is known to have wanted it. */
    public boolean isUnsolicited() {
        return asked.relyingParty().kind().equals(RelyingParty.TARGET);
    }

    /** Whether the browser that comes first may have it. */
    public boolean isUnclaimed() {
        return isUnsolicited() && browser.equals(NO_BROWSER);
    }

    /** Whether it has its result and waits to be fetched. */
    public boolean isFinished() {
        return denied.isPresent() || session.isPresent();
    }

    /** With another e-mail address: whatever was known about the former person is forgotten. */
    public LoginFlow identifiedAs(String email, Optional<String> what) {
        return new LoginFlow(asked, browser, startedAt, Optional.of(email), Optional.empty(), false, Optional.empty(),
                Optional.empty(), false, what, Optional.empty(), Optional.empty());
    }

    /** With a way in chosen, not yet left for. */
    public LoginFlow through(ConnectionId chosen) {
        return new LoginFlow(asked, browser, startedAt, identifier, Optional.of(chosen), false, Optional.empty(),
                Optional.empty(), false, Optional.empty(), Optional.empty(), Optional.empty());
    }

    /** Gone to {@code left}'s identity provider. */
    public LoginFlow departedTo(ConnectionId left) {
        return new LoginFlow(asked, browser, startedAt, identifier, Optional.of(left), true, Optional.empty(),
                Optional.empty(), false, Optional.empty(), Optional.empty(), Optional.empty());
    }

    /** Back from the identity provider. Attributes beyond what a flow can carry are left out, whole, by name. */
    public LoginFlow arrivedAs(UpstreamIdentity identity) {
        return new LoginFlow(asked, browser, startedAt, identifier, connection, true, Optional.of(slim(identity)),
                Optional.empty(),
                false, Optional.empty(), Optional.empty(), Optional.empty());
    }

    private static UpstreamIdentity slim(UpstreamIdentity identity) {
        var kept = new TreeMap<String, List<String>>();
        int left = ATTRIBUTE_CHARACTERS_MAX;
        for (var attribute : new TreeMap<>(identity.attributes()).entrySet()) {
            left -= attribute.getKey().length() + attribute.getValue().stream().mapToInt(String::length).sum();
            if (left < 0) {
                break;
            }
            kept.put(attribute.getKey(), attribute.getValue());
        }
        return kept.size() == identity.attributes().size()
                ? identity
                : new UpstreamIdentity(identity.session(), identity.key(), identity.email(), identity.emailVerified(),
                        identity.givenName(), identity.familyName(), identity.displayName(), identity.locale(), kept,
                        identity.authTime(), identity.acr(), identity.amr(), identity.notOnOrAfter());
    }

    /** With a person proved. */
    public LoginFlow proved(Proof what) {
        return new LoginFlow(asked, browser, startedAt, identifier, connection, departed, Optional.empty(),
                Optional.of(what), false, Optional.empty(), Optional.empty(), Optional.empty());
    }

    /** With the person's consent. */
    public LoginFlow allowed() {
        return new LoginFlow(asked, browser, startedAt, identifier, connection, departed, arrived, proof, true,
                Optional.empty(), denied, session);
    }

    /** With a problem to show at the same step. */
    public LoginFlow troubled(String key) {
        return new LoginFlow(asked, browser, startedAt, identifier, connection, departed, arrived, proof, consented,
                Optional.of(key), denied, session);
    }

    /** Ended without a session. */
    public LoginFlow refused(String reason) {
        return new LoginFlow(asked, browser, startedAt, identifier, connection, departed, Optional.empty(),
                Optional.empty(), false, Optional.empty(), Optional.of(reason), Optional.empty());
    }

    /** Ended with {@code result}. */
    public LoginFlow finished(SessionId result) {
        return new LoginFlow(asked, browser, startedAt, identifier, connection, departed, Optional.empty(), proof,
                consented, Optional.empty(), Optional.empty(), Optional.of(result));
    }

    @Override
    public String toString() {
        return "LoginFlow[" + asked.relyingParty().id() + ", " + startedAt + "]";
    }
}
