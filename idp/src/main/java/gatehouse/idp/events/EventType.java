package gatehouse.idp.events;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/** What a webhook can be told. The wire name is the lower-case name with a dot for the first double underscore. */
public enum EventType {
    CONNECTION__CREATED("A connection was made."),
    CONNECTION__CHANGED("Fields of a connection were changed; data.fields names them."),
    CONNECTION__STATE_CHANGED("A connection went to another state, other than from or to enforced; data.from and data.to."),
    CONNECTION__DELETED("A connection was deleted."),
    ENFORCEMENT__ON("A connection became the only way in for its organization; data.from."),
    ENFORCEMENT__OFF("A connection is not the only way in any more; data.to."),
    ENFORCEMENT__ROLLED_BACK("Enforcement was taken back by itself, because sign-ins over the connection collapsed."),
    BREAK_GLASS__NAMED("Somebody was given a code for emergencies, in the portal."),
    BREAK_GLASS__CONFIRMED("The code for emergencies was typed back in the portal."),
    BREAK_GLASS__ACTIVATED("An emergency account was opened for a while."),
    BREAK_GLASS__USED("Somebody signed in with an emergency account, past the enforced connection."),
    DOMAIN__CLAIMED("An organization claimed a domain."),
    DOMAIN__VERIFIED("An organization proved that a domain is its own."),
    DOMAIN__FAILING("The proof of a domain is not found any more; it is looked for again before anything changes."),
    DOMAIN__LOST("The proof of a domain was gone for too long: it routes nobody any more."),
    DOMAIN__RELEASED("A claim on a domain was given up."),
    CERTIFICATE__EXPIRING("A certificate ends in data.days days (60, 30, 14, 7, 1); once each. Of our own: it is replaced."),
    CERTIFICATE__EXPIRED("A certificate has ended."),
    CERTIFICATE__CHANGED("Signing certificates of an identity provider were added or removed by its published metadata."),
    METADATA__APPLIED("A change of published metadata that needs no approval was applied; data.changes."),
    METADATA__HELD("A change of published metadata waits for approval, because it lowers security or trust."),
    METADATA__APPROVED("An administrator approved a held change."),
    METADATA__REJECTED("An administrator rejected a held change."),
    METADATA__FAILED("Published metadata could not be fetched or used several times in a row; logins go on."),
    KEYS__ROTATED("Keys of an issuer were rotated by command."),
    SETUP_LINK__ISSUED("A link was made with which a customer's administrator sets a connection up."),
    SETUP_LINK__USED("A setup link was opened for the first time."),
    SETUP_LINK__REVOKED("A setup link was taken back."),
    WEBHOOK__DISABLED("A webhook failed for too long, or its receiver is gone, and was disabled."),
    WEBHOOK__TEST("Somebody asked for a test delivery.");

    private final String description;

    EventType(String description) {
        this.description = description;
    }

    /** As it is sent and configured: {@code connection.state_changed}. */
    public String wireName() {
        return name().toLowerCase(Locale.ROOT).replaceFirst("__", ".");
    }

    /** What it tells, in a sentence. */
    public String description() {
        return description;
    }

    /** All wire names. */
    public static List<String> wireNames() {
        return Arrays.stream(values()).map(EventType::wireName).toList();
    }
}
