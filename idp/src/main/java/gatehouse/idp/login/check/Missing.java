package gatehouse.idp.login.check;

import gatehouse.idp.login.LoginReason;
import java.util.List;

/** What a login still needs. */
public sealed interface Missing {

    /** The person must prove who they are. */
    record Authentication() implements Missing {}

    /** The person must say which account they mean. */
    record AccountChoice() implements Missing {}

    /** The person must allow the application these scopes. */
    record Consent(List<String> scopes) implements Missing {}

    /** Something that nobody in front of the page can give. */
    record Permission(LoginReason reason) implements Missing {}
}
