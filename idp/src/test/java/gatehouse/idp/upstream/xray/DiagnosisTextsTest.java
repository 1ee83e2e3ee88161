package gatehouse.idp.upstream.xray;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.text.MessageFormat;
import java.util.Locale;
import java.util.Properties;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The texts of the error catalogue, in every language that we promise. */
final class DiagnosisTextsTest {

    private static Properties texts(String language) {
        var name = "theme/base/login/messages/messages_" + language + ".properties";
        try (var file = DiagnosisTextsTest.class.getClassLoader().getResourceAsStream(name)) {
            var texts = new Properties();
            texts.load(new InputStreamReader(file, StandardCharsets.UTF_8));
            return texts;
        } catch (IOException broken) {
            throw new UncheckedIOException(broken);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"en", "de"})
    void everyEntrySaysWhatHappenedAndHowToMendIt(String language) {
        var texts = texts(language);
        for (var diagnosis : Diagnosis.values()) {
            for (var part : new String[] {"title", "what", "fix"}) {
                var key = "diagnosis." + diagnosis.code() + "." + part;
                assertThat(texts.getProperty(key)).as(key).isNotBlank();
                assertThat(new MessageFormat(texts.getProperty(key), Locale.of(language))
                        .format(new Object[] {"wanted", "came"})).as(key).doesNotContain("{", "}");
            }
        }
        assertThat(Stream.of(Check.values()).map(check -> "check." + check.wireName()))
                .allSatisfy(key -> assertThat(texts.getProperty(key)).isNotBlank());
        assertThat(Stream.of(Fixer.values()).map(fixer -> "fixer." + fixer.wireName()))
                .allSatisfy(key -> assertThat(texts.getProperty(key)).isNotBlank());
    }

    @ParameterizedTest
    @ValueSource(strings = {"en", "de"})
    void noTextIsLeftOverFromAnEntryThatIsGone(String language) {
        assertThat(texts(language).stringPropertyNames().stream().filter(key -> key.startsWith("diagnosis."))
                .map(key -> key.split("\\.")[1]).distinct()).allMatch(code -> Diagnosis.of(code).isPresent());
    }

    @ParameterizedTest
    @ValueSource(strings = {"title", "what", "fix"})
    void bothLanguagesNameTheSameValues(String part) {
        var english = texts("en");
        var german = texts("de");
        for (var diagnosis : Diagnosis.values()) {
            var key = "diagnosis." + diagnosis.code() + "." + part;
            for (var place : new String[] {"{0}", "{1}"}) {
                assertThat(german.getProperty(key).contains(place)).as(key + place)
                        .isEqualTo(english.getProperty(key).contains(place));
            }
        }
    }
}
