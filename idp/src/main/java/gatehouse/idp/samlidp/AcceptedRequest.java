package gatehouse.idp.samlidp;

import gatehouse.idp.samlwire.AuthnRequest.RequestedContexts;
import gatehouse.idp.samlwire.NameIdFormat;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What the answer to a request needs to know of it, once every rule has passed. Travels through the login as text.
 *
 * @param serviceProvider entityID of who asked
 * @param acs             registered address that the answer goes to
 * @param requestId       what it answers; empty where people begin here
 * @param relayState      the service provider's own, handed back unchanged
 * @param nameIdFormat    how the person is named
 * @param context         the wanted ways of signing in
 */
record AcceptedRequest(
        String serviceProvider,
        String acs,
        Optional<String> requestId,
        Optional<String> relayState,
        NameIdFormat nameIdFormat,
        RequestedContexts context) {

    Map<String, String> carried() {
        var carried = new HashMap<String, String>();
        carried.put("sp", serviceProvider);
        carried.put("acs", acs);
        requestId.ifPresent(id -> carried.put("id", id));
        carried.put("format", nameIdFormat.name());
        relayState.ifPresent(value -> carried.put("relay_state", value));
        if (!context.classes().isEmpty()) {
            carried.put("comparison", context.comparison());
            carried.put("contexts", String.join(" ", context.classes()));
        }
        return Map.copyOf(carried);
    }

    static AcceptedRequest of(Map<String, String> carried) {
        var context = carried.containsKey("contexts")
                ? new RequestedContexts(carried.get("comparison"), List.of(carried.get("contexts").split(" ")))
                : RequestedContexts.ANY;
        return new AcceptedRequest(carried.get("sp"), carried.get("acs"),
                Optional.ofNullable(carried.get("id")),
                Optional.ofNullable(carried.get("relay_state")), NameIdFormat.valueOf(carried.get("format")), context);
    }
}
