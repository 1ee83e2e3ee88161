package gatehouse.idp.portal;

import java.util.List;
import java.util.Optional;

/**
 * What stands around a screen.
 *
 * @param base         path that the portal's addresses begin with
 * @param self         path of this screen
 * @param csrf         proof that a form is one of this session's
 * @param organization whose setup it is, as people read it
 * @param contact      who is at it
 * @param intent       what the link was for
 * @param connection   id of the connection it is about
 * @param steps        the way through the setup, if it is one
 * @param current      the step this screen is
 * @param done         message key of what was just done
 * @param languages    languages there are
 * @param notices      what is to be known about the connection, the most urgent first
 */
record Frame(
        String base,
        String self,
        Optional<String> csrf,
        Optional<String> organization,
        Optional<String> contact,
        Optional<String> intent,
        Optional<String> connection,
        List<Stop> steps,
        Optional<String> current,
        Optional<String> done,
        List<String> languages,
        List<Notice> notices) {

    /** A step on the way. @param mark {@code done}, {@code current}, {@code open} or {@code later} */
    record Stop(String slug, String href, String mark) {}

    /**
     * Something that ends or waits.
     *
     * @param word {@code notice.<word>}
     * @param look {@code info}, {@code warn} or {@code bad}
     * @param name the provider
     * @param step where something can be done about it, and {@code href} the way there, if this session may go it
     */
    record Notice(String word, String look, String name, long days, Screen.When when, String step,
            Optional<String> href) {}

    /** Nothing known but where the portal is. */
    static Frame bare(String base, List<String> languages) {
        return new Frame(base, "", Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty(),
                Optional.empty(), List.of(), Optional.empty(), Optional.empty(), languages, List.of());
    }
}
