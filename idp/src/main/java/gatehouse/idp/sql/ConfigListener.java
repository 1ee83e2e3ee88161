package gatehouse.idp.sql;

/** Told what changed, on this node after its commit and on the others through the feed. Must not wait. */
public interface ConfigListener {

    /** One thing changed; may be told more than once. */
    void changed(ConfigChange change);

    /** Anything may have changed: the feed was interrupted. */
    void everythingMayHaveChanged();
}
