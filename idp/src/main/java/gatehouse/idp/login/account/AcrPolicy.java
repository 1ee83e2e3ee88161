package gatehouse.idp.login.account;

import gatehouse.idp.tenancy.OrganizationPolicy;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** What authentication context classes mean here ({@code acr}, OIDC Core §2). */
public final class AcrPolicy {

    /** A password at this server. */
    public static final String PASSWORD = "urn:gatehouse:acr:password";

    /** An organization's own identity provider, which did not say how, or not in a way that was asked for. */
    public static final String FEDERATED = "urn:gatehouse:acr:federated";

    private AcrPolicy() {}

    /** The wanted classes that an identity provider may know. */
    public static List<String> ofUpstream(List<String> wanted) {
        return wanted.stream().filter(acr -> !acr.equals(PASSWORD) && !acr.equals(FEDERATED)).toList();
    }

    /** The classes that the application asks for and those that the person's organization requires. */
    public static List<String> wanted(List<String> asked, OrganizationPolicy policy) {
        return Stream.concat(asked.stream(), policy.requiredAcr().stream()).distinct().toList();
    }

    /**
     * The class that a federated authentication reached: the provider's own word if it is one that was wanted, so
     * that no provider can claim a class that means something here.
     */
    public static String reached(List<String> wanted, Optional<String> upstreamAcr) {
        return upstreamAcr.filter(ofUpstream(wanted)::contains).orElse(FEDERATED);
    }

    /** The classes that discovery documents name. */
    public static List<String> supported() {
        return List.of(PASSWORD, FEDERATED);
    }
}
