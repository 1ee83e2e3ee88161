package gatehouse.idp.oauth.authorize;

import gatehouse.spi.OrganizationId;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What of an authorization request is still needed when the login is over; the login keeps it, sealed, as short
 * strings.
 *
 * @param clientId      the client
 * @param redirectUri   where the answer goes
 * @param mode          how it travels
 * @param state         the client's state
 * @param scopes        scopes asked for, all of them allowed to the client
 * @param asksConsent   whether the person's consent to them is needed
 * @param nonce         nonce of the ID token
 * @param codeChallenge PKCE challenge
 * @param user          the only user whose session will do
 * @param organization  the organization that the session must be of
 */
record Carried(
        String clientId,
        String redirectUri,
        ResponseMode mode,
        Optional<String> state,
        List<String> scopes,
        boolean asksConsent,
        Optional<String> nonce,
        Optional<String> codeChallenge,
        Optional<String> user,
        Optional<OrganizationId> organization) {

    Map<String, String> toMap() {
        var map = new HashMap<String, String>();
        map.put("c", clientId);
        map.put("r", redirectUri);
        map.put("m", mode.wire());
        map.put("o", String.join(" ", scopes));
        if (asksConsent) {
            map.put("a", "1");
        }
        state.ifPresent(value -> map.put("s", value));
        nonce.ifPresent(value -> map.put("n", value));
        codeChallenge.ifPresent(value -> map.put("p", value));
        user.ifPresent(value -> map.put("u", value));
        organization.ifPresent(value -> map.put("g", value.value()));
        return map;
    }

    static Carried of(Map<String, String> map) {
        return new Carried(
                map.get("c"),
                map.get("r"),
                ResponseMode.of(map.get("m")).orElseThrow(),
                Optional.ofNullable(map.get("s")),
                Arrays.stream(map.get("o").split(" ")).filter(scope -> !scope.isEmpty()).toList(),
                map.containsKey("a"),
                Optional.ofNullable(map.get("n")),
                Optional.ofNullable(map.get("p")),
                Optional.ofNullable(map.get("u")),
                Optional.ofNullable(map.get("g")).map(OrganizationId::new));
    }
}
