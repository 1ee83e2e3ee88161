package gatehouse.idp.oauth;

import gatehouse.idp.audit.AuditTrail;
import gatehouse.idp.client.ClientCatalog;
import gatehouse.idp.directory.UserStore;
import gatehouse.idp.http.CookieNames;
import gatehouse.idp.http.HttpCaller;
import gatehouse.idp.keys.JwksDocuments;
import gatehouse.idp.keys.JwtSigner;
import gatehouse.idp.keys.JwtVerifier;
import gatehouse.idp.login.Login;
import gatehouse.idp.logout.SingleLogout;
import gatehouse.idp.page.Pages;
import gatehouse.idp.tenancy.TenancyCatalog;
import gatehouse.sessions.Stores;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.List;

/**
 * The rooms that the OAuth endpoints call, in the order a request meets them.
 *
 * @param clients   registered clients
 * @param tenancy   issuers and organizations
 * @param users     people
 * @param login     the login
 * @param logout    single logout
 * @param stores    sessions and one-time things
 * @param keys      signing, verifying and published keys
 * @param pages     what people see
 * @param outside   the guarded way out, for clients' {@code jwks_uri}
 * @param trail     the audit trail
 * @param cookies   names of this deployment's cookies
 * @param clock     dates on the wire
 * @param random    ids of tokens
 * @param published what the metadata says of other rooms
 */
public record OAuthRooms(
        ClientCatalog clients,
        TenancyCatalog tenancy,
        UserStore users,
        Login login,
        SingleLogout logout,
        Stores stores,
        Keys keys,
        Pages pages,
        HttpCaller outside,
        AuditTrail trail,
        CookieNames cookies,
        InstantSource clock,
        SecureRandom random,
        Published published) {

    /** The faces of the issuers' keys. */
    public record Keys(JwtSigner signer, JwtVerifier verifier, JwksDocuments documents) {}

    /**
     * What the metadata says of other rooms.
     *
     * @param acrValues authentication context classes the login can reach; empty: not said
     * @param uiLocales languages of the pages; empty: not said
     */
    public record Published(List<String> acrValues, List<String> uiLocales) {}
}
