package gatehouse.idp.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import gatehouse.spi.Issuer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MultipartTest {

    private static Request request(String type, String body) {
        return new Request(new Request.Parts("POST", Issuer.of("main", "https://id.example"), "/", Map.of(), "",
                new Headers() {
                    @Override
                    public Optional<String> first(String name) {
                        return all(name).stream().findFirst();
                    }

                    @Override
                    public List<String> all(String name) {
                        return name.equalsIgnoreCase("content-type") ? List.of(type) : List.of();
                    }
                }, body.getBytes(StandardCharsets.UTF_8), "127.0.0.1", "trace"));
    }

    private static String part(String name, String value) {
        return "--b\r\nContent-Disposition: form-data; name=\"" + name + "\"\r\n\r\n" + value + "\r\n";
    }

    private static Form read(String body) {
        return Multipart.form(request("multipart/form-data; boundary=b", body));
    }

    @Test
    void fieldsAndFilesAreTextsAndNothingOfThemIsLost() {
        var form = read(part("how", "file") + "--b\r\ncontent-disposition: form-data; name=\"metadata_file\"; "
                + "filename=\"größe.xml\"\r\nContent-Type: text/xml\r\n\r\n<a>\r\n--c ü</a>\r\n" + part("empty", "")
                + "--b--\r\n");
        assertThat(form.names()).containsExactly("how", "metadata_file", "empty");
        assertThat(form.optional("metadata_file")).contains("<a>\r\n--c ü</a>");
        assertThat(form.optional("empty")).contains("");
    }

    @Test
    void aPlainFormIsReadAsOne() {
        assertThat(Multipart.form(request("application/x-www-form-urlencoded", "a=b")).optional("a")).contains("b");
    }

    @Test
    void aNameThatComesTwiceIsKnownToHave() {
        assertThat(read(part("a", "1") + part("a", "2") + "--b--").repeated()).contains("a");
    }

    @Test
    void fiftyPartsAreReadAndFiftyOneAreNot() {
        assertThat(read(part("a", "1").repeat(Multipart.PARTS_MAX) + "--b--").all("a")).hasSize(Multipart.PARTS_MAX);
        assertThatThrownBy(() -> read(part("a", "1").repeat(Multipart.PARTS_MAX + 1) + "--b--"))
                .isInstanceOf(BadRequest.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {
        "", "--b", "--b\r\n", "nonsense", "--b\r\n\r\n\r\nvalue\r\n--b--",
        "--b\r\nContent-Disposition: form-data; name=\"a\"\r\n\r\nvalue",
        "--b\r\nContent-Disposition: form-data; name=\"a\"\r\n\r\nvalue\r\n--b",
        "--b\r\nContent-Disposition: form-data; name=\"a\"\r\n\r\nnu\0l\r\n--b--",
        "--b\r\nContent-Disposition: attachment\r\n\r\nvalue\r\n--b--",
    })
    void whatIsMalformedIsRefused(String body) {
        assertThatThrownBy(() -> read(body)).isInstanceOf(BadRequest.class);
    }
}
