package gatehouse.idp.portal.guide;

import java.util.List;

/**
 * One way to connect an identity provider, as its administrator sees it there.
 *
 * @param way        name of the way among those of its provider's template
 * @param sentences  how many steps its message texts have
 * @param path       the way through its menus to the form
 * @param fields     the form that takes our values
 * @param attributes the form that says what is sent about a person: its label, and the name to give it
 * @param theirsPath the way to what we ask for
 * @param theirs     what it is called there: of SAML the metadata; of OpenID Connect, for each question of the
 *                   template, its label, empty if it stands nowhere
 */
public record Guide(
        String way,
        int sentences,
        List<String> path,
        List<Field> fields,
        List<Field> attributes,
        List<String> theirsPath,
        List<String> theirs) {

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
}
