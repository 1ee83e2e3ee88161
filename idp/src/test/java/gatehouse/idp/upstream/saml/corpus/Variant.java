package gatehouse.idp.upstream.saml.corpus;

import gatehouse.idp.samlwire.Dsig;
import java.nio.charset.StandardCharsets;
import java.util.function.Function;
import org.w3c.dom.Document;

/** One conforming message, which must sign in whom the scene's provider names. */
public record Variant(String name, Function<Scene, byte[]> message) {

    static Variant text(String name, Function<Scene, String> message) {
        return new Variant(name, scene -> message.apply(scene).getBytes(StandardCharsets.UTF_8));
    }

    static Variant document(String name, Function<Scene, Document> message) {
        return text(name, scene -> Dsig.text(message.apply(scene)));
    }

    @Override
    public String toString() {
        return name;
    }
}
