package gatehouse.idp.page;

import gatehouse.idp.http.Refusal;

/**
 * A refusal that knows the error page that words it. A room's own class, with its closed list of reasons, extends it.
 */
public abstract class PageRefusal extends Refusal {

    protected PageRefusal(String description) {
        super(description);
    }

    /** The page to show. */
    public abstract Page.Error page();
}
