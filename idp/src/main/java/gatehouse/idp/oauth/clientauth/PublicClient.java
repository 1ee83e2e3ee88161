package gatehouse.idp.oauth.clientauth;

import gatehouse.idp.http.Form;
import gatehouse.idp.http.Request;
import java.util.Optional;

/** {@code none}: a client that can keep no secret only names itself (RFC 6749 §2.1). PKCE protects its codes. */
public final class PublicClient implements ClientAuthMethod {

    @Override
    public String name() {
        return "none";
    }

    @Override
    public boolean isConfidential() {
        return false;
    }

    @Override
    public Optional<Claim> read(Request request, Form form) {
        boolean namesItselfOnly = request.header("authorization").isEmpty()
                && form.nonEmpty("client_secret").isEmpty()
                && form.nonEmpty("client_assertion").isEmpty()
                && form.nonEmpty("client_assertion_type").isEmpty();
        return form.nonEmpty("client_id").filter(_ -> namesItselfOnly)
                .map(id -> new Claim(id, (_, _) -> Optional.empty()));
    }
}
