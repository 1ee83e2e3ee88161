package gatehouse.idp.login;

import java.util.Map;

/** What the front door finds at its resume path. */
public sealed interface LoginOutcome {

    /** The person has signed in. */
    record Finished(LoginResult result) implements LoginOutcome {}

    /** The person said no, or it was refused after they were identified: tell the relying party (access_denied). */
    record Denied(Map<String, String> carried, String reason, String description) implements LoginOutcome {}

    /** No such flow for this browser: it expired, was finished before, or was never begun here. */
    record Gone() implements LoginOutcome {}
}
