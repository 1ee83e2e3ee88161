package gatehouse.sessions;

/** What presenting a refresh token came to. */
public sealed interface Rotation {

    /** The current token: spent, and {@code next} is the new one. */
    record Rotated(RefreshFamily family, String next) implements Rotation {
        @Override
        public String toString() {
            return "Rotated[" + family.id() + ", •••]";
        }
    }

    /** The previous token within the grace window (a lost answer, a second tab): the same successor again. */
    record Retried(RefreshFamily family, String next) implements Rotation {
        @Override
        public String toString() {
            return "Retried[" + family.id() + ", •••]";
        }
    }

    /** A token spent before: the family has been revoked and its session ended. */
    record Replayed(FamilyId family) implements Rotation {}

    /** Never issued, issued to another client, expired, revoked, or its session has ended. */
    record Unknown() implements Rotation {}
}
