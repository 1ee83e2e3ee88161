package gatehouse.idp.admin.tenancy;

import gatehouse.idp.audit.AuditAction;

/** When a break-glass account counts as tried out: since its code was last made, it was signed in with or typed back. */
final class BreakGlassTried {

    /** True of {@code b}, an element of {@code break_glass} of {@code o}, an organization. */
    static final String SQL = "EXISTS (SELECT 1 FROM audit_event e WHERE e.issuer = o.issuer"
            + " AND e.organization = o.id AND e.account = b ->> 'user' AND e.action IN ('"
            + AuditAction.BREAKGLASS_USED + "', '" + AuditAction.BREAKGLASS_CONFIRMED + "')"
            + " AND NOT EXISTS (SELECT 1 FROM audit_event n WHERE n.issuer = e.issuer"
            + " AND n.organization = e.organization AND n.account = e.account"
            + " AND n.action = '" + AuditAction.BREAKGLASS_NAMED + "' AND n.at > e.at))";

    private BreakGlassTried() {}
}
