package gatehouse.idp.keys;

import static org.assertj.core.api.Assertions.assertThat;

import gatehouse.idp.keys.KeyRotation.Placed;
import gatehouse.idp.keys.KeyRotation.Stage;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class KeyRotationTest {

    private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");
    private static final KeyRotation TOKENS = KeysConfig.DEFAULTS.rotation(KeyPurpose.TOKEN_ES256);
    private static final KeyRotation SAML = KeysConfig.DEFAULTS.rotation(KeyPurpose.SAML_SIGNING);

    private static StoredKey key(String kid, Instant created, Instant signsFrom) {
        return new StoredKey("main", kid, KeyPurpose.TOKEN_ES256, created, signsFrom, "{}", Optional.empty(),
                new StoredKey.Wrapped("kek", new byte[0]));
    }

    private static Instant at(double days) {
        return START.plusSeconds(Math.round(days * 86_400));
    }

    /** Two keys that follow one another: the second signs from day 90. Overlap is 25 hours. */
    @ParameterizedTest(name = "day {0}: {1}, {2}")
    @CsvSource({
        "0, CURRENT, NEXT",
        "89.9999, CURRENT, NEXT",
        "90, PREVIOUS, CURRENT",
        "91, PREVIOUS, CURRENT",
        "91.0416, PREVIOUS, CURRENT",
        "91.0417, DEAD, CURRENT",
        "500, DEAD, CURRENT",
        "-1, CURRENT, NEXT",
    })
    void stageFollowsTheClock(double day, Stage first, Stage second) {
        var keys = List.of(key("a", at(0), at(0)), key("b", at(0), at(90)));

        assertThat(TOKENS.place(keys, at(day)))
                .containsExactly(new Placed(keys.get(1), second), new Placed(keys.get(0), first));
    }

    @Test
    void firstKeySignsAtOnceAndTheNextIsMadeWithIt() {
        assertThat(TOKENS.due(List.of(), at(0))).contains(at(0));
        assertThat(TOKENS.due(List.of(key("a", at(0), at(0))), at(0))).contains(at(90));
        assertThat(TOKENS.due(List.of(key("a", at(0), at(0)), key("b", at(0), at(90))), at(89))).isEmpty();
    }

    @Test
    void aKeyMadeLateIsStillPublishedForADayBeforeItSigns() {
        var neglected = List.of(key("a", at(0), at(0)));

        assertThat(TOKENS.due(neglected, at(89.5))).contains(at(90.5));
        assertThat(TOKENS.due(neglected, at(400))).contains(at(401));
        assertThat(TOKENS.place(neglected, at(400))).extracting(Placed::stage).containsExactly(Stage.CURRENT);
    }

    @Test
    void nextSamlKeyIsMadeNinetyDaysAhead() {
        var keys = List.of(key("a", at(0), at(0)));

        assertThat(SAML.due(keys, at(1004.9))).isEmpty();
        assertThat(SAML.due(keys, at(1005))).contains(at(1095));
    }

    @Test
    void overTwoYearsSomebodySignsNobodySignsUnannouncedAndEveryTokenOutlivesNoKey() {
        var keys = new ArrayList<StoredKey>();
        var lastSigned = new HashMap<String, Instant>();
        var lastVerified = new HashMap<String, Instant>();
        var published = new HashMap<String, Instant>();
        for (var now = START; now.isBefore(at(730)); now = now.plus(Duration.ofMinutes(30))) {
            for (var due = TOKENS.due(keys, now); due.isPresent(); due = TOKENS.due(keys, now)) {
                keys.add(key("k" + keys.size(), now, due.get()));
            }
            var placed = TOKENS.place(keys, now);
            assertThat(placed).filteredOn(p -> p.stage() == Stage.CURRENT).hasSize(1);
            assertThat(placed).filteredOn(p -> p.stage() == Stage.NEXT).hasSize(1);
            for (var p : placed) {
                published.putIfAbsent(p.key().kid(), now);
                if (p.stage() == Stage.CURRENT) {
                    lastSigned.put(p.key().kid(), now);
                }
                if (p.stage() != Stage.DEAD) {
                    lastVerified.put(p.key().kid(), now);
                }
            }
        }
        assertThat(keys).hasSizeGreaterThan(8);
        for (var key : keys.subList(1, keys.size())) {
            assertThat(published.get(key.kid())).isBeforeOrEqualTo(key.signsFrom().minus(Duration.ofHours(24)));
        }
        for (var key : keys.subList(0, keys.size() - 3)) {
            assertThat(lastVerified.get(key.kid()))
                    .isAfterOrEqualTo(lastSigned.get(key.kid()).plus(Duration.ofHours(24)));
        }
    }
}
