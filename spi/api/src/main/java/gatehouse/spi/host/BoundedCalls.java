package gatehouse.spi.host;

import java.util.concurrent.Callable;

/** Runs foreign code on threads that are its own, for a time that is not. */
@FunctionalInterface
public interface BoundedCalls {

    /**
     * Runs {@code work} of {@code provider} and waits for it.
     *
     * @throws ProviderFailure if it throws, is late, or is not let in
     */
    <T> T call(String provider, Callable<T> work);
}
