package gatehouse.idp.login;

import gatehouse.idp.http.Reply;
import gatehouse.idp.http.Request;
import gatehouse.spi.Deadline;

/** The login as front doors see it. */
public interface Login {

    /** Finds out whether the browser's session answers {@code asked}, or begins a flow. */
    LoginAnswer begin(LoginRequest asked, Request request, Deadline deadline);

    /**
     * Takes the result of flow {@code flowId} (query parameter {@code flow} of the resume path), if it is this
     * browser's. Atomic: a flow's result is handed out once.
     */
    LoginOutcome resume(String flowId, Request request, Deadline deadline);

    /** The page for a resume path whose flow is {@link LoginOutcome.Gone}: begins anew where that is possible. */
    Reply restart(Request request, Deadline deadline);
}
