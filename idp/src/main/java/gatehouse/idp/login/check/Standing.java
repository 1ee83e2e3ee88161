package gatehouse.idp.login.check;

import gatehouse.idp.login.LoginRequest;
import gatehouse.idp.login.flow.LoginFlow;
import gatehouse.idp.login.flow.Proof;
import gatehouse.sessions.Authentication;
import gatehouse.sessions.Session;
import java.util.Optional;

/** Where a login stands: the flow, and the browser's session as it is now. */
public record Standing(LoginFlow flow, Optional<Session> session) {

    /** What was asked. */
    public LoginRequest asked() {
        return flow.asked();
    }

    /** Whether the authentication was made in this flow. */
    public boolean isFresh() {
        return flow.proof().isPresent();
    }

    /** Who it is about: what was proved in this flow, else the browser's session. */
    public Optional<Authentication> authentication() {
        return flow.proof().map(Proof::authentication).or(() -> session.map(Session::authentication));
    }

    /** The browser's session, if it is the same person's in the same organization. */
    public Optional<Session> sameSession() {
        return session.filter(kept -> authentication()
                .filter(now -> now.user().equals(kept.authentication().user())
                        && now.organization().equals(kept.authentication().organization()))
                .isPresent());
    }
}
