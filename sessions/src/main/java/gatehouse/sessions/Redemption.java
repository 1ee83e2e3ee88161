package gatehouse.sessions;

/** What presenting an authorization code came to. */
public sealed interface Redemption {

    /** First use: the only case that may lead to tokens. */
    record Redeemed(AuthorizationCode code) implements Redemption {}

    /** Used before; {@code family} holds what the first use was given. */
    record Replayed(FamilyId family) implements Redemption {}

    /** Never issued, or expired long enough to be forgotten. */
    record Unknown() implements Redemption {}
}
