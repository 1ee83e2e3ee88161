package gatehouse.idp.boot.command;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ApplyCommandTest {

    @ParameterizedTest
    @CsvSource({
        "demo-admin, http://localhost:8080, true",
        "demo-admin, http://127.0.0.1:8085/, true",
        "demo-admin, http://[::1]:8080, true",
        "demo-admin, https://sso.example.com, false",
        "demo-admin, https://localhost.example.com, false",
        "demo-admin, https://localhost@evil.example, false",
        "other-admin, http://localhost:8080, false",
    })
    void theDemosSecretGoesToThisMachineAndToNoOther(String client, String url, boolean given) {
        assertThat(ApplyCommand.demoSecret(client, url).isPresent()).isEqualTo(given);
    }
}
