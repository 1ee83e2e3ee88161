package gatehouse.idp.samlwire;

import java.net.URI;
import java.util.List;
import java.util.Optional;
import org.opensaml.saml.saml2.metadata.SSODescriptor;
import org.opensaml.saml.saml2.metadata.SingleLogoutService;

/** {@link LogoutServices} from and to the metadata of a role. */
final class LogoutEndpoints {

    private static final String SOAP = "urn:oasis:names:tc:SAML:2.0:bindings:SOAP";

    private LogoutEndpoints() {}

    /** What {@code role} publishes. An address that is none is left out: logging in does not depend on it. */
    static LogoutServices of(SSODescriptor role) {
        return new LogoutServices(location(role, RedirectBinding.URN), location(role, PostBinding.URN),
                location(role, SOAP), role.getSingleLogoutServices().stream()
                        .filter(service -> !SOAP.equals(service.getBinding()))
                        .flatMap(service -> web(service.getResponseLocation()).stream()).findFirst());
    }

    private static Optional<URI> location(SSODescriptor role, String binding) {
        return role.getSingleLogoutServices().stream()
                .filter(service -> binding.equals(service.getBinding()))
                .flatMap(service -> web(service.getLocation()).stream()).findFirst();
    }

    private static Optional<URI> web(String text) {
        try {
            return Optional.ofNullable(text).map(String::strip).map(URI::create)
                    .filter(uri -> uri.getHost() != null && uri.toString().length() <= 2_048
                            && ("https".equals(uri.getScheme()) || "http".equals(uri.getScheme())));
        } catch (IllegalArgumentException malformed) {
            return Optional.empty();
        }
    }

    /** Publishes that {@code role} takes messages at {@code location} by Redirect and POST. */
    static void publish(SSODescriptor role, String location) {
        for (var binding : List.of(RedirectBinding.URN, PostBinding.URN)) {
            publish(role, binding, location);
        }
    }

    /** Publishes that {@code role} takes requests from servers at {@code location}. */
    static void publishSoap(SSODescriptor role, String location) {
        publish(role, SOAP, location);
    }

    private static void publish(SSODescriptor role, String binding, String location) {
        var service = OpenSaml.make(SingleLogoutService.class, SingleLogoutService.DEFAULT_ELEMENT_NAME);
        service.setBinding(binding);
        service.setLocation(location);
        role.getSingleLogoutServices().add(service);
    }
}
