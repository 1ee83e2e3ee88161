package gatehouse.loadtests.load;

import io.vertx.core.Future;

/**
 * One kind of work that a server is asked to do, over and over.
 */
public interface Journey {

    /** Word for it on the command line and in reports. */
    String name();

    /** Makes what the load needs, such as sessions and tokens. Blocking; called once, before the clock starts. */
    void prepare();

    /**
     * Starts one journey. Never blocks; called on an event loop.
     *
     * @return succeeded only if every answer on the way was what it must be
     */
    Future<?> start();
}
