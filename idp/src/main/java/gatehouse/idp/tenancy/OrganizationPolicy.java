package gatehouse.idp.tenancy;

import gatehouse.idp.schema.Described;
import gatehouse.sessions.SessionLimits;
import gatehouse.spi.ConnectionId;
import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What an organization lays down for its own people. Where the issuer lays down the same, the stricter holds.
 *
 * @param justInTime          whether somebody without an account gets one by signing in
 * @param allowedDomains      domains whose addresses may sign in, of the verified ones; empty: all of them
 * @param defaultRoles        roles of everybody who comes through a connection
 * @param defaultGroups       groups of everybody who comes through a connection
 * @param mappings            roles and groups for values of attributes
 * @param sessionIdle         how long a session may be unused
 * @param sessionAbsolute     how long a session may last
 * @param requiredAcr         authentication context classes of which every sign-in must reach one; empty: any will do
 * @param acceptedConnections other organizations' connections that its people may come through, if those share them
 */
public record OrganizationPolicy(
        @Described("Whether somebody without an account gets one by signing in.")
        boolean justInTime,
        @Described(value = "Verified domains whose addresses may sign in through connections; none: all of them.",
                min = 3, max = 253)
        List<String> allowedDomains,
        @Described(value = "Roles of everybody who comes through a connection.", min = 1, max = 100)
        List<String> defaultRoles,
        @Described(value = "Groups of everybody who comes through a connection.", min = 1, max = 100)
        List<String> defaultGroups,
        @Described("Roles and groups for values of attributes that the identity provider sends.")
        List<RoleMapping> mappings,
        @Described(value = "How long a session may be unused, seconds; the issuer's limit if absent or shorter.",
                min = 60, max = 31_536_000)
        Optional<Duration> sessionIdle,
        @Described(value = "How long a session may last, seconds; the issuer's limit if absent or shorter.", min = 60,
                max = 31_536_000)
        Optional<Duration> sessionAbsolute,
        @Described(value = "Authentication context classes of which every sign-in must reach one; none: any will do.",
                min = 1, max = 200, entriesMax = 10)
        List<String> requiredAcr,
        @Described(value = "Other organizations' connections that people of this one may come through, if those share "
                + "them with it.", min = 1, max = 64, entriesMax = 20)
        List<ConnectionId> acceptedConnections) {

    /** Lays nothing down. */
    public static final OrganizationPolicy NONE = new OrganizationPolicy(true, List.of(), List.of(), List.of(),
            List.of(), Optional.empty(), Optional.empty(), List.of(), List.of());

    /**
     * Roles and groups for those who have a certain value of an attribute.
     *
     * @param attribute its name, as the identity provider sends it
     * @param value     its value, compared exactly; {@code *}: any
     */
    public record RoleMapping(
            @Described(value = "Name of the attribute or claim, as the identity provider sends it.", min = 1, max = 256)
            String attribute,
            @Described(value = "The value, compared exactly; \"*\": any.", min = 1, max = 256)
            String value,
            @Described(value = "Roles that it gives.", min = 1, max = 100)
            List<String> roles,
            @Described(value = "Groups that it gives.", min = 1, max = 100)
            List<String> groups) {

        boolean matches(Map<String, List<String>> attributes) {
            var values = attributes.getOrDefault(attribute, List.of());
            return value.equals("*") ? !values.isEmpty() : values.contains(value);
        }
    }

    /** The roles that {@code attributes} give, each once. */
    public List<String> rolesFor(Map<String, List<String>> attributes) {
        var roles = new LinkedHashSet<>(defaultRoles);
        mappings.stream().filter(mapping -> mapping.matches(attributes)).forEach(m -> roles.addAll(m.roles()));
        return roles.stream().sorted().toList();
    }

    /** The groups that {@code attributes} give, each once. */
    public List<String> groupsFor(Map<String, List<String>> attributes) {
        var groups = new LinkedHashSet<>(defaultGroups);
        mappings.stream().filter(mapping -> mapping.matches(attributes)).forEach(m -> groups.addAll(m.groups()));
        return groups.stream().sorted().toList();
    }

    /** Whether addresses at {@code domain}, which is verified, may sign in. */
    public boolean allows(String domain) {
        return allowedDomains.isEmpty()
                || DomainName.covering(domain).stream().anyMatch(allowedDomains::contains);
    }

    /** The stricter of these limits and {@code issuers}. */
    public SessionLimits stricter(SessionLimits issuers) {
        var absolute = sessionAbsolute.filter(own -> own.compareTo(issuers.absolute()) < 0).orElse(issuers.absolute());
        var idle = sessionIdle.filter(own -> own.compareTo(issuers.idle()) < 0).orElse(issuers.idle());
        return new SessionLimits(idle.compareTo(absolute) < 0 ? idle : absolute, absolute, issuers.maxPerUser());
    }
}
