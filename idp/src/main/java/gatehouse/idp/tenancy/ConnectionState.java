package gatehouse.idp.tenancy;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Locale;
import java.util.Set;

/** How far a connection is in its life. What each state lets whom do is {@link TenancyCatalog#isUsable}'s to say. */
public enum ConnectionState {

    /** Being set up: for test sign-ins only. */
    DRAFT,
    /** For test sign-ins and for the testers that it names. */
    TESTING,
    /** For everybody, and where addresses of its domains are led; other local passwords go on working. */
    ACTIVE,
    /** For everybody, and the only way in for the share of people that it is enforced for. */
    ENFORCED,
    /** Stopped, for everybody and everything. */
    SUSPENDED;

    /** Whether it is still being set up and tried out. */
    public boolean isBeingSetUp() {
        return this == DRAFT || this == TESTING;
    }

    /** The states that may follow this one. */
    public Set<ConnectionState> next() {
        return switch (this) {
            case DRAFT -> Set.of(TESTING, SUSPENDED);
            case TESTING -> Set.of(DRAFT, ACTIVE, SUSPENDED);
            case ACTIVE -> Set.of(TESTING, ENFORCED, SUSPENDED);
            case ENFORCED -> Set.of(ACTIVE, SUSPENDED);
            case SUSPENDED -> Set.of(DRAFT, TESTING, ACTIVE, ENFORCED);
        };
    }

    /** The state that {@code text} names. */
    @JsonCreator
    public static ConnectionState of(String text) {
        for (var state : values()) {
            if (state.toString().equals(text)) {
                return state;
            }
        }
        throw new IllegalArgumentException("is not a state of a connection");
    }

    /** As it is written: lower case. */
    @JsonValue
    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
