package gatehouse.idp.oauth.wire;

/** Grant types as clients register and send them. */
public final class GrantType {

    public static final String AUTHORIZATION_CODE = "authorization_code";
    public static final String REFRESH_TOKEN = "refresh_token";
    public static final String CLIENT_CREDENTIALS = "client_credentials";

    private GrantType() {}
}
