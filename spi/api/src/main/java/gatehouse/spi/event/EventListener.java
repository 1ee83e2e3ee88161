package gatehouse.spi.event;

/** Receives events after the fact. A slow or failing listener delays and breaks nothing but itself. */
public interface EventListener {

    /** Name of the listener in configuration, logs and metrics. */
    String name();

    /** Tells the listener; called off the request path, in order, at most once. */
    void on(LoginEvent event);

    /** Tells the listener about a change by an administrator; the same promises. Most listeners do not care. */
    default void on(AdminEvent event) {
    }
}
