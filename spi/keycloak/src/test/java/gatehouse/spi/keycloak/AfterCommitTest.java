package gatehouse.spi.keycloak;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.keycloak.models.AbstractKeycloakTransaction;

class AfterCommitTest {

    private final List<String> steps = new ArrayList<>();
    private final AfterCommit transactions = new AfterCommit();

    @Test
    void runsPrepareThenMainThenAfterCompletion() {
        enlistAll("");
        transactions.commit();
        assertThat(steps).containsExactly("prepare", "main", "after");
        assertThat(transactions.isActive()).isFalse();
    }

    @Test
    void aFailedMainIsRolledBackWithAllThatFollowsAndIsTold() {
        enlistAll("main");
        assertThatThrownBy(transactions::commit).hasMessage("main failed");
        assertThat(steps).containsExactly("prepare", "undo main", "undo after");
    }

    @Test
    void aFailedAfterCompletionStopsNoOtherAndIsTold() {
        transactions.begin();
        transactions.enlistAfterCompletion(new Step("first", "first"));
        transactions.enlistAfterCompletion(new Step("second", "first"));
        assertThatThrownBy(transactions::commit).hasMessage("first failed");
        assertThat(steps).containsExactly("second");
    }

    @Test
    void rollbackOnlyCommitsNothing() {
        enlistAll("");
        transactions.setRollbackOnly();
        transactions.commit();
        assertThat(steps).containsExactly("undo prepare", "undo main", "undo after");
    }

    private void enlistAll(String failing) {
        transactions.begin();
        transactions.enlistAfterCompletion(new Step("after", failing));
        transactions.enlist(new Step("main", failing));
        transactions.enlistPrepare(new Step("prepare", failing));
    }

    private final class Step extends AbstractKeycloakTransaction {

        private final String name;
        private final boolean fails;

        Step(String name, String failing) {
            this.name = name;
            this.fails = name.equals(failing);
        }

        @Override
        protected void commitImpl() {
            if (fails) {
                throw new IllegalStateException(name + " failed");
            }
            steps.add(name);
        }

        @Override
        protected void rollbackImpl() {
            steps.add("undo " + name);
        }
    }
}
