package gatehouse.idp.login;

import gatehouse.sessions.Session;
import java.util.List;
import java.util.Map;

/**
 * A finished login.
 *
 * @param session   the live session, the relying party already among its participants
 * @param carried   what the front door had given along
 * @param consented scopes of {@link LoginRequest#consentScopes()} that the person granted
 */
public record LoginResult(Session session, Map<String, String> carried, List<String> consented) {}
