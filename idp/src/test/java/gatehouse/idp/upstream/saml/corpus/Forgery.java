package gatehouse.idp.upstream.saml.corpus;

import gatehouse.idp.samlwire.Dsig;
import gatehouse.idp.samlwire.SamlReason;
import java.nio.charset.StandardCharsets;
import java.util.Set;
import java.util.function.Function;
import org.w3c.dom.Document;

/**
 * One message that must be refused.
 *
 * @param reasons why it must be refused; more than one where the place of a forged part decides which rule meets it
 *                first
 * @param message makes its octets
 */
public record Forgery(String family, String name, Set<SamlReason> reasons, Function<Scene, byte[]> message) {

    static Forgery octets(String family, String name, SamlReason reason, Function<Scene, byte[]> message) {
        return new Forgery(family, name, Set.of(reason), message);
    }

    static Forgery text(String family, String name, SamlReason reason, Function<Scene, String> message) {
        return octets(family, name, reason, scene -> message.apply(scene).getBytes(StandardCharsets.UTF_8));
    }

    static Forgery document(String family, String name, SamlReason reason, Function<Scene, Document> message) {
        return text(family, name, reason, scene -> Dsig.text(message.apply(scene)));
    }

    static Forgery document(String family, String name, Set<SamlReason> reasons, Function<Scene, Document> message) {
        return new Forgery(family, name, reasons,
                scene -> Dsig.text(message.apply(scene)).getBytes(StandardCharsets.UTF_8));
    }

    @Override
    public String toString() {
        return family + ": " + name;
    }
}
