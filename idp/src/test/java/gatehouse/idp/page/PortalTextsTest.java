package gatehouse.idp.page;

import static org.assertj.core.api.Assertions.assertThat;

import gatehouse.idp.portal.Step;
import gatehouse.idp.portal.guide.Guides;
import gatehouse.idp.upstream.template.ProviderTemplates;
import java.nio.charset.StandardCharsets;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** The portal's texts: complete in every language, and for every guide and step. */
class PortalTextsTest {

    private final Theme theme = Theme.load(getClass().getClassLoader(), "gatehouse", "portal");

    @Test
    void everyLanguageHasEveryTextOfEnglishAndItsPlaceholders() {
        var placeholder = Pattern.compile("\\{\\d}");
        var english = theme.messages("en");
        for (var language : theme.listed("locales")) {
            var texts = theme.messages(language);
            assertThat(new TreeSet<>(texts.stringPropertyNames()))
                    .isEqualTo(new TreeSet<>(english.stringPropertyNames()));
            for (var key : english.stringPropertyNames()) {
                assertThat(placeholder.matcher(texts.getProperty(key)).results().map(match -> match.group()).distinct())
                        .as(language + " " + key).containsExactlyInAnyOrderElementsOf(
                                placeholder.matcher(english.getProperty(key)).results().map(match -> match.group())
                                        .distinct().toList());
                assertThat(texts.getProperty(key)).as(language + " " + key).doesNotContain("'");
            }
        }
    }

    @Test
    void everyWayOfEveryTemplateHasAGuideWithItsSentencesAndEveryStepItsName() {
        var english = theme.messages("en").stringPropertyNames();
        for (var template : ProviderTemplates.ALL) {
            for (var way : template.ways()) {
                var guide = Guides.of(template, way);
                for (int n = 1; n <= guide.sentences(); n++) {
                    assertThat(english).contains("guide." + template.id() + "." + way.name() + "." + n);
                }
                assertThat(english).contains("protocol." + way.name());
                if (way.protocol().equals("oidc")) {
                    assertThat(guide.theirs()).as(template.id()).hasSameSizeAs(way.questions());
                    assertThat(english).containsAll(
                            way.questions().stream().map(question -> "question." + question.name()).toList());
                }
            }
        }
        for (var step : Step.values()) {
            assertThat(english).contains("step." + step.slug(), "plan." + step.slug());
        }
    }

    @Test
    void theStylesHaveNoPhysicalSidesAndLoadNothingFromElsewhere() {
        var style = new String(theme.file("resources/css/portal.css").orElseThrow(),
                StandardCharsets.UTF_8);
        assertThat(style).doesNotContainPattern("(margin|padding|border)-(left|right)|text-align: (left|right)|float:")
                .doesNotContain("url(", "@import", "http");
    }
}
