package gatehouse.spi.keycloak;

import java.util.ArrayList;
import java.util.List;
import org.keycloak.models.KeycloakTransaction;
import org.keycloak.models.KeycloakTransactionManager;

/**
 * The transactions that a provider enlists during one call. What the call is about is already committed, so all that
 * remains is Keycloak's order: prepare, main, and after completion, which also runs, as a rollback, when the earlier
 * ones failed. Of one call, for one thread.
 */
final class AfterCommit implements KeycloakTransactionManager {

    private final List<KeycloakTransaction> prepare = new ArrayList<>();
    private final List<KeycloakTransaction> main = new ArrayList<>();
    private final List<KeycloakTransaction> afterCompletion = new ArrayList<>();
    private JTAPolicy policy = JTAPolicy.NOT_SUPPORTED;
    private boolean active;
    private boolean rollbackOnly;

    @Override
    public JTAPolicy getJTAPolicy() {
        return policy;
    }

    @Override
    public void setJTAPolicy(JTAPolicy policy) {
        this.policy = policy;
    }

    @Override
    public void enlist(KeycloakTransaction transaction) {
        join(main, transaction);
    }

    @Override
    public void enlistAfterCompletion(KeycloakTransaction transaction) {
        join(afterCompletion, transaction);
    }

    @Override
    public void enlistPrepare(KeycloakTransaction transaction) {
        join(prepare, transaction);
    }

    private void join(List<KeycloakTransaction> stage, KeycloakTransaction transaction) {
        if (active && !transaction.isActive()) {
            transaction.begin();
        }
        stage.add(transaction);
    }

    @Override
    public void begin() {
        if (active) {
            throw new IllegalStateException("Transaction already active");
        }
        active = true;
    }

    @Override
    public void commit() {
        if (rollbackOnly) {
            rollback();
            return;
        }
        try {
            new ArrayList<>(prepare).forEach(KeycloakTransaction::commit);
            new ArrayList<>(main).forEach(KeycloakTransaction::commit);
        } catch (RuntimeException failed) {
            rollbackAll(main, failed);
            rollbackAll(afterCompletion, failed);
            active = false;
            throw failed;
        }
        active = false;
        var failures = new ArrayList<RuntimeException>();
        for (var transaction : new ArrayList<>(afterCompletion)) {
            try {
                transaction.commit();
            } catch (RuntimeException failed) {
                failures.add(failed);
            }
        }
        if (!failures.isEmpty()) {
            throw failures.getFirst();
        }
    }

    @Override
    public void rollback() {
        active = false;
        var outcome = new IllegalStateException("rolled back");
        rollbackAll(prepare, outcome);
        rollbackAll(main, outcome);
        rollbackAll(afterCompletion, outcome);
        if (outcome.getSuppressed().length > 0) {
            throw outcome;
        }
    }

    private static void rollbackAll(List<KeycloakTransaction> stage, RuntimeException outcome) {
        for (var transaction : stage) {
            try {
                transaction.rollback();
            } catch (RuntimeException failed) {
                outcome.addSuppressed(failed);
            }
        }
    }

    @Override
    public void setRollbackOnly() {
        rollbackOnly = true;
    }

    @Override
    public boolean getRollbackOnly() {
        return rollbackOnly;
    }

    @Override
    public boolean isActive() {
        return active;
    }
}
