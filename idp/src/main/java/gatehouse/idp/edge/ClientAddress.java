package gatehouse.idp.edge;

import java.util.Set;

/** Where a request came from: the peer, or, behind trusted proxies, the last address that no trusted proxy has. */
final class ClientAddress {

    private final Set<String> trusted;

    ClientAddress(Set<String> trusted) {
        this.trusted = Set.copyOf(trusted);
    }

    /** @param forwardedFor the {@code X-Forwarded-For} field, or null */
    String of(String peer, String forwardedFor) {
        if (forwardedFor == null || !trusted.contains(peer)) {
            return peer;
        }
        var hops = forwardedFor.split(",");
        for (int i = hops.length - 1; i >= 0; i--) {
            var hop = hops[i].strip();
            if (!trusted.contains(hop)) {
                return isAddress(hop) ? hop : peer;
            }
        }
        return peer;
    }

    private static boolean isAddress(String text) {
        return !text.isEmpty() && text.length() <= 45 && text.chars().allMatch(c -> Character.digit(c, 16) >= 0 || c == '.' || c == ':');
    }
}
