package gatehouse.idp.portal;

import gatehouse.idp.admin.resource.Admin;
import gatehouse.idp.admin.resource.Editor;
import gatehouse.idp.http.Form;
import gatehouse.idp.http.Request;
import gatehouse.idp.sql.Rows;
import gatehouse.idp.sql.SqlSetups;
import gatehouse.idp.tenancy.PortalSession;
import gatehouse.spi.ConnectionId;
import gatehouse.spi.Deadline;
import gatehouse.spi.OrganizationId;
import java.util.Optional;

/**
 * One admitted request of the portal.
 *
 * @param session who asks, for which organization and intent
 * @param form    what was posted, whichever way it was encoded; empty for GET
 * @param csrf    proof that forms of this session carry
 */
record PortalCall(Request request, PortalSession session, Form form, String csrf, Deadline deadline) {

    /** Name of the issuer. */
    String issuer() {
        return request.issuer().name();
    }

    OrganizationId organization() {
        return session.link().organization();
    }

    /** What this session can see: its organization's, and nothing else. */
    Rows.Scope scope() {
        return new Rows.Scope(issuer(), Optional.of(organization()));
    }

    /** Where the setup of {@code connection} is kept. */
    SqlSetups.Place place(ConnectionId connection) {
        return new SqlSetups.Place(issuer(), organization(), connection);
    }

    /** In whose name changes are made: an administrator of one organization, who can set no operator's field. */
    Editor.Call editing() {
        var admin = new Admin("portal:" + session.link().contact(), Admin.Permission.ORGANIZATION,
                Optional.of(organization()));
        return new Editor.Call(admin, issuer(), request.clientAddress(), request.traceId());
    }

    /** A field of the form, without space around it, of at most {@code lengthMax} characters. */
    Optional<String> field(String name, int lengthMax) {
        return form.optional(name).map(String::strip).filter(text -> !text.isEmpty()).map(text -> {
            if (text.length() > lengthMax) {
                throw new PortalRefusal(PortalRefusal.Reason.INPUT_UNUSABLE);
            }
            return text;
        });
    }
}
