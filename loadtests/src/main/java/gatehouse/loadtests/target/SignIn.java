package gatehouse.loadtests.target;

import gatehouse.loadtests.http.Visitor;

/**
 * One way in: who signs in, and what the authorization request says about it.
 *
 * @param names               name of a visitor, {@code %d} in it is their number
 * @param count               how many different visitors there are, from number 0
 * @param authorizeParameters added to the authorization request as they are, such as {@code kc_idp_hint=partner};
 *                            {@code %s} in it is the visitor's name; empty for none
 */
public record SignIn(String names, int count, String password, String authorizeParameters) {

    public Visitor visitor(long number) {
        return new Visitor(names.formatted(number % count), password);
    }

    /** The parameters for one visitor, names with an {@code @} encoded. */
    public String parametersFor(Visitor visitor) {
        return authorizeParameters.formatted(visitor.name().replace("@", "%40"));
    }

    @Override
    public String toString() {
        return "SignIn[" + names + "]";
    }
}
