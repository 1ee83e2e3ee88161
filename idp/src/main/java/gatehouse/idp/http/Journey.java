package gatehouse.idp.http;

/** What a route is part of: the unit of budgets, objectives and metrics. */
public enum Journey {
    LOGIN_INTERACTIVE,
    SAML_ACS,
    OIDC_CALLBACK,
    TOKEN,
    INTROSPECT,
    JWKS,
    LOGOUT,
    ADMIN,
    SESSION_CHECK
}
