package gatehouse.idp.oauth.clientauth;

import gatehouse.idp.http.Form;
import gatehouse.idp.http.Request;
import java.time.InstantSource;
import java.util.Optional;

/** {@code client_secret_post}: id and secret as parameters of the body (RFC 6749 §2.3.1). */
public final class SecretPost implements ClientAuthMethod {

    private final Secrets secrets;

    public SecretPost(InstantSource clock) {
        this.secrets = new Secrets(clock);
    }

    @Override
    public String name() {
        return "client_secret_post";
    }

    @Override
    public Optional<Claim> read(Request request, Form form) {
        return form.nonEmpty("client_secret").map(secret ->
                new Claim(form.optional("client_id").orElse(""), (client, _) -> secrets.check(secret, client)));
    }
}
