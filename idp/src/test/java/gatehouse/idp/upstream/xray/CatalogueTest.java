package gatehouse.idp.upstream.xray;

import static org.assertj.core.api.Assertions.assertThat;

import gatehouse.idp.admin.AdminProvocations;
import gatehouse.idp.login.LoginProvocations;
import gatehouse.idp.upstream.oidc.OidcProvocations;
import gatehouse.idp.upstream.saml.SamlProvocations;
import java.util.EnumSet;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Every entry of the error catalogue happens: each was provoked by something that really went wrong. */
final class CatalogueTest {

    private static final Set<Diagnosis> PROVOKED = EnumSet.noneOf(Diagnosis.class);

    @BeforeAll
    static void provoke() {
        Stream.of(SamlProvocations.provoked(), OidcProvocations.provoked(), LoginProvocations.provoked(),
                AdminProvocations.provoked()).forEach(PROVOKED::addAll);
    }

    @ParameterizedTest
    @EnumSource
    void everyEntryWasProvoked(Diagnosis diagnosis) {
        assertThat(PROVOKED).contains(diagnosis);
    }

    @Test
    void everyReasonOfSamlThatAConnectionGivesIsAnEntryThatHappens() {
        assertThat(PROVOKED).containsAll(SamlProvocations.ofReasons());
    }

    @Test
    void codesAreUniqueAndReadAlike() {
        var codes = new TreeSet<String>();
        for (var diagnosis : Diagnosis.values()) {
            assertThat(diagnosis.code()).matches("[A-Z]+(-[A-Z]+)?-\\d\\d");
            assertThat(codes.add(diagnosis.code())).as(diagnosis.code()).isTrue();
            assertThat(diagnosis.name()).isEqualTo(diagnosis.code().replace('-', '_'));
        }
    }
}
