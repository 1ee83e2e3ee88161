package gatehouse.idp.logout;

import gatehouse.idp.http.Reply;

/** What a logout that was asked for comes to, for now. */
public sealed interface LogoutAnswer {

    /** There was nobody to tell. */
    record Done(LogoutResult result) implements LogoutAnswer {}

    /** The browser has ways to go first; the front door is resumed at their end. */
    record Interact(Reply reply) implements LogoutAnswer {}
}
