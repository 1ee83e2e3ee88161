package gatehouse.idp.oauth.testkit;

import gatehouse.idp.http.Reply;
import gatehouse.idp.http.Request;
import gatehouse.idp.login.Login;
import gatehouse.idp.login.LoginAnswer;
import gatehouse.idp.login.LoginOutcome;
import gatehouse.idp.login.LoginRequest;
import gatehouse.idp.login.LoginResult;
import gatehouse.sessions.Session;
import gatehouse.spi.Deadline;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A login that does what the test has set: answers at once from a session, or sends the browser away and back. */
public final class FakeLogin implements Login {

    private final Map<String, LoginRequest> flows = new HashMap<>();
    private Optional<LoginRequest> asked = Optional.empty();
    private Optional<Session> session = Optional.empty();
    private Optional<List<String>> consented = Optional.empty();
    private boolean interacts;
    private boolean denies;

    /** The session that answers from now on. */
    public void signedIn(Session value) {
        session = Optional.of(value);
    }

    /** From now on the person has to do something first. */
    public void interacts() {
        interacts = true;
    }

    /** From now on the person says no. */
    public void denies() {
        denies = true;
    }

    /** What the person consents to; everything unless set. */
    public void consentsTo(List<String> scopes) {
        consented = Optional.of(scopes);
    }

    /** The last request for a login. */
    public LoginRequest asked() {
        return asked.orElseThrow();
    }

    /** Whether a login was asked for at all. */
    public boolean wasAsked() {
        return asked.isPresent();
    }

    @Override
    public LoginAnswer begin(LoginRequest wanted, Request request, Deadline deadline) {
        asked = Optional.of(wanted);
        boolean silent = wanted.prompts().contains("none");
        if (silent && (session.isEmpty() || interacts)) {
            return new LoginAnswer.NotSilently(LoginAnswer.Need.LOGIN_REQUIRED);
        }
        if (session.isPresent() && !interacts) {
            return new LoginAnswer.Done(result(wanted));
        }
        var flow = "flow-" + flows.size();
        flows.put(flow, wanted);
        return new LoginAnswer.Interact(Reply.seeOther(wanted.issuer().at("/login/" + flow)));
    }

    private LoginResult result(LoginRequest wanted) {
        return new LoginResult(session.orElseThrow(), wanted.carried(), consented.orElse(wanted.consentScopes()));
    }

    @Override
    public LoginOutcome resume(String flowId, Request request, Deadline deadline) {
        var wanted = flows.remove(flowId);
        if (wanted == null) {
            return new LoginOutcome.Gone();
        }
        return denies
                ? new LoginOutcome.Denied(wanted.carried(), "consent_denied", "The person said no.")
                : new LoginOutcome.Finished(result(wanted));
    }

    @Override
    public Reply restart(Request request, Deadline deadline) {
        return Reply.text(200, "restarted");
    }
}
