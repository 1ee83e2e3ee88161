package gatehouse.idp.sql;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import org.junit.jupiter.api.Test;

class SecretBoxTest {

    private final SecretBox box = new SecretBox(new byte[32]);

    @Test
    void whatIsSealedOpensInItsPlaceOnly() {
        var sealed = box.seal("s3cret ü", "main|c|client_secret");
        assertThat(sealed).startsWith("v1.").doesNotContain("s3cret");
        assertThat(box.open(sealed, "main|c|client_secret")).isEqualTo("s3cret ü");
        assertThatThrownBy(() -> box.open(sealed, "main|d|client_secret")).isInstanceOf(IllegalStateException.class);
    }

    @Test
    void theSameSecretIsNeverSealedTheSame() {
        assertThat(box.seal("x", "p")).isNotEqualTo(box.seal("x", "p"));
    }

    @Test
    void anotherKeyOrAChangedByteDoesNotOpen() {
        var sealed = box.seal("x", "p");
        var other = new byte[32];
        Arrays.fill(other, (byte) 1);
        assertThatThrownBy(() -> new SecretBox(other).open(sealed, "p")).isInstanceOf(IllegalStateException.class);
        var changed = sealed.substring(0, 10) + (sealed.charAt(10) == 'A' ? 'B' : 'A') + sealed.substring(11);
        assertThatThrownBy(() -> box.open(changed, "p")).isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(() -> box.open("x", "p")).isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(() -> new SecretBox(new byte[31])).isInstanceOf(IllegalArgumentException.class);
    }
}
