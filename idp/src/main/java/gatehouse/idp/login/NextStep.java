package gatehouse.idp.login;

import gatehouse.idp.tenancy.Connection;
import java.util.List;
import java.util.Optional;

/** What the browser must do next. The dispatcher chooses it; a step never chooses the step after it. */
public sealed interface NextStep {

    /** Say who you are. */
    record AskIdentifier() implements NextStep {}

    /** Prove it by a local password. */
    record AskPassword(String identifier) implements NextStep {}

    /** Choose between ways in, or confirm the only one. @param others whether another e-mail address may be given */
    record ChooseConnection(List<Connection> connections, boolean others) implements NextStep {}

    /** Prove it at the organization's identity provider. */
    record GoUpstream(Connection connection) implements NextStep {}

    /** Allow the application what it asks. */
    record AskConsent(List<String> scopes) implements NextStep {}

    /** Back to the front door, with a session. */
    record Finish() implements NextStep {}

    /** It cannot go on so. */
    record Refuse(LoginReason reason) implements NextStep {}

    /** Name of the step's form, for its token; empty where nothing is asked. */
    default Optional<String> form() {
        return switch (this) {
            case AskIdentifier _ -> Optional.of("identifier");
            case AskPassword _ -> Optional.of("password");
            case ChooseConnection _ -> Optional.of("choice");
            case AskConsent _ -> Optional.of("consent");
            case GoUpstream _, Finish _, Refuse _ -> Optional.empty();
        };
    }
}
