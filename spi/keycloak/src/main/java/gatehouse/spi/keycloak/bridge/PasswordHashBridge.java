package gatehouse.spi.keycloak.bridge;

import gatehouse.spi.credential.PasswordHash;
import gatehouse.spi.credential.PasswordHasher;
import gatehouse.spi.keycloak.SessionBinding;
import gatehouse.spi.keycloak.UnsupportedByHost;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.keycloak.credential.hash.PasswordHashProvider;
import org.keycloak.models.credential.PasswordCredentialModel;

/**
 * A Keycloak password hash provider as ours. The hash value, salt and parameters are kept as Keycloak stores them, so
 * that a hash can move between both; {@link #ITERATIONS} is the one parameter that Keycloak keeps apart.
 */
public final class PasswordHashBridge implements PasswordHasher {

    /** Parameter that carries Keycloak's {@code hashIterations}: rounds, or the cost of bcrypt. */
    public static final String ITERATIONS = "hashIterations";

    /** Tells a provider to use the number of iterations it was configured with. */
    private static final int CONFIGURED_ITERATIONS = -1;

    private final String id;
    private final SessionBinding binding;

    public PasswordHashBridge(String id, SessionBinding binding) {
        this.id = id;
        this.binding = binding;
    }

    @Override
    public String algorithm() {
        return id;
    }

    @Override
    public PasswordHash hash(char[] password) {
        return binding.call(session -> translate(session.getProvider(PasswordHashProvider.class, id)
                .encodedCredential(new String(password), CONFIGURED_ITERATIONS)));
    }

    @Override
    public boolean verify(char[] password, PasswordHash stored) {
        var credential = translate(stored);
        return binding.call(session -> session.getProvider(PasswordHashProvider.class, id)
                .verify(new String(password), credential));
    }

    private static PasswordHash translate(PasswordCredentialModel credential) {
        var facts = credential.getPasswordCredentialData();
        var secret = credential.getPasswordSecretData();
        var parameters = new HashMap<String, String>();
        facts.getAdditionalParameters().forEach((name, values) -> {
            if (values.size() != 1) {
                throw new UnsupportedByHost("the password hash parameter " + name + " with several values");
            }
            parameters.put(name, values.getFirst());
        });
        parameters.put(ITERATIONS, Integer.toString(facts.getHashIterations()));
        var salt = secret.getSalt() == null ? "" : Base64.getEncoder().encodeToString(secret.getSalt());
        return new PasswordHash(facts.getAlgorithm(), secret.getValue(), salt, parameters);
    }

    private static PasswordCredentialModel translate(PasswordHash stored) {
        var parameters = new HashMap<String, List<String>>();
        stored.parameters().forEach((name, value) -> parameters.put(name, List.of(value)));
        var iterations = parameters.remove(ITERATIONS);
        return PasswordCredentialModel.createFromValues(
                stored.algorithm(),
                Base64.getDecoder().decode(stored.salt()),
                iterations == null ? CONFIGURED_ITERATIONS : Integer.parseInt(iterations.getFirst()),
                Map.copyOf(parameters),
                stored.hash());
    }
}
