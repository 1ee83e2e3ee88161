package gatehouse.idp.oauth.discovery;

import gatehouse.idp.oauth.clientauth.ClientAuthMethod;
import java.util.List;

/**
 * What this server can do, taken from the very lists that do it.
 *
 * @param grantTypes    grant types
 * @param clientMethods client authentication methods
 * @param acrValues     authentication context classes, best last; empty: not said
 * @param uiLocales     languages of the pages
 */
public record Capabilities(
        List<String> grantTypes, List<ClientAuthMethod> clientMethods, List<String> acrValues, List<String> uiLocales) {

    List<String> methods() {
        return clientMethods.stream().map(ClientAuthMethod::name).toList();
    }

    List<String> confidentialMethods() {
        return clientMethods.stream().filter(ClientAuthMethod::isConfidential).map(ClientAuthMethod::name).toList();
    }

    List<String> assertionAlgorithms() {
        return clientMethods.stream().flatMap(method -> method.algorithms().stream()).distinct().toList();
    }
}
