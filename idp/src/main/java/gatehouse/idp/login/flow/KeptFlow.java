package gatehouse.idp.login.flow;

/**
 * A flow as the store has it. @param id unguessable @param generation grows with every change; the next must name it
 */
public record KeptFlow(String id, int generation, LoginFlow flow) {

    /** The same place in the store, with what the flow is to become. */
    public KeptFlow with(LoginFlow changed) {
        return new KeptFlow(id, generation, changed);
    }
}
