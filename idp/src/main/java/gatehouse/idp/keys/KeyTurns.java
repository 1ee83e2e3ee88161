package gatehouse.idp.keys;

import gatehouse.idp.keys.KeyRotation.Placed;
import gatehouse.idp.keys.KeyRotation.Stage;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/** Turns that are taken by command instead of by the schedule: pure functions over the keys of an issuer. */
final class KeyTurns {

    private static final List<KeyPurpose> SAML = List.of(KeyPurpose.SAML_SIGNING, KeyPurpose.SAML_ENCRYPTION);

    private KeyTurns() {
    }

    /** {@code keys} with the next key of each token algorithm taking over at {@code now}. */
    static List<StoredKey> advanced(List<StoredKey> keys, Instant now, KeysConfig config) {
        var moved = keys;
        for (var purpose : KeyPurpose.values()) {
            if (purpose.signsJwts()) {
                moved = next(moved, purpose, now, config).map(turn(moved, now)).orElse(moved);
            }
        }
        return moved;
    }

    /** The SAML purposes that have no next key. */
    static List<KeyPurpose> missingNext(List<StoredKey> keys, Instant now, KeysConfig config) {
        return SAML.stream().filter(purpose -> next(keys, purpose, now, config).isEmpty()).toList();
    }

    /**
     * {@code keys} with the next SAML keys taking over at {@code now}.
     *
     * @param unprepared whether they may, although partners had less than the usual time to take them in
     * @throws RotationRefused if there are none, or they were published too lately
     */
    static List<StoredKey> switched(List<StoredKey> keys, Instant now, KeysConfig config, boolean unprepared) {
        var moved = keys;
        for (var purpose : SAML) {
            var next = next(moved, purpose, now, config).orElseThrow(() -> new RotationRefused(
                    "There is no next " + purpose.use() + " certificate yet: publish one first."));
            var ready = next.createdAt().plus(config.samlPublishAhead());
            if (now.isBefore(ready) && !unprepared) {
                throw new RotationRefused("The next " + purpose.use() + " certificate is published since "
                        + next.createdAt() + "; partners may not have taken it in before " + ready + '.');
            }
            moved = turn(moved, now).apply(next);
        }
        return moved;
    }

    private static Function<StoredKey, List<StoredKey>> turn(List<StoredKey> keys, Instant now) {
        return next -> {
            var moved = new ArrayList<StoredKey>(keys);
            moved.replaceAll(key -> key.equals(next) ? key.signingFrom(now) : key);
            return moved;
        };
    }

    /** The key of {@code purpose} that would take over first. */
    private static Optional<StoredKey> next(List<StoredKey> keys, KeyPurpose purpose, Instant now, KeysConfig config) {
        var line = keys.stream().filter(key -> key.purpose() == purpose).toList();
        return config.rotation(purpose).place(line, now).stream()
                .filter(placed -> placed.stage() == Stage.NEXT)
                .reduce((_, earlier) -> earlier)
                .map(Placed::key);
    }
}
