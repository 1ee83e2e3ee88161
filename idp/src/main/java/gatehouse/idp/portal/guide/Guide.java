package gatehouse.idp.portal.guide;

import java.util.List;
import java.util.Optional;

/**
 * An identity provider as its administrator knows it.
 *
 * @param id    its name in addresses and message keys
 * @param name  its name as it writes it itself
 * @param ways  how it can be connected, the advised one first
 */
public record Guide(String id, String name, List<Way> ways) {

    /** One of our values, as the portal shows it. */
    public enum Value {
        /** Where SAML responses are posted to. */
        ACS,
        /** Our SAML entityID. */
        ENTITY_ID,
        /** Our SAML metadata. */
        METADATA_URL,
        /** The OpenID Connect redirect URI. */
        REDIRECT_URI,
        /** A fixed text: what to choose or to type there. */
        FIXED
    }

    /**
     * A field of a form over there.
     *
     * @param label as it is written there
     * @param value what goes in
     * @param text  the fixed text, with {@link Value#FIXED}
     */
    public record Field(String label, Value value, String text) {

        static Field of(String label, Value value) {
            return new Field(label, value, "");
        }

        static Field fixed(String label, String text) {
            return new Field(label, Value.FIXED, text);
        }
    }

    /**
     * A way to connect it.
     *
     * @param protocol   {@code saml} or {@code oidc}
     * @param sentences  how many steps its message texts have
     * @param path       the way through its menus to the form
     * @param fields     the form that takes our values
     * @param attributes the form that says what is sent about a person: its label, and the name to give it
     * @param theirsPath the way to what we ask for
     * @param theirs     what it is called there: of SAML the metadata; of OpenID Connect issuer, client id and secret
     * @param example    what it looks like
     */
    public record Way(
            String protocol,
            int sentences,
            List<String> path,
            List<Field> fields,
            List<Field> attributes,
            List<String> theirsPath,
            List<String> theirs,
            String example) {}

    /** The way of {@code protocol}. */
    public Optional<Way> way(String protocol) {
        return ways.stream().filter(way -> way.protocol().equals(protocol)).findFirst();
    }
}
