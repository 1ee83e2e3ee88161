package gatehouse.idp.upstream.oidc;

import java.util.function.Consumer;

/** Something that must be refused. @param bend what is wrong @param reason why it is refused */
record HostileCase(String name, Consumer<OidcJourney> bend, String reason) {
    @Override
    public String toString() {
        return name;
    }
}
