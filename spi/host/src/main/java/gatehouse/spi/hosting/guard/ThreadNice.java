package gatehouse.spi.hosting.guard;

import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import java.util.Optional;

/**
 * Makes one thread yield the processors to all others, by the scheduler's own means: {@code setpriority(2)}, which on
 * Linux is per thread and which anybody may use to lower themselves. Java's thread priorities have no such effect.
 * Where it is not available nothing happens.
 */
final class ThreadNice {

    private static final int PRIO_PROCESS = 0;
    private static final int LOWEST = 19;
    private static final Optional<ThreadNice> OF_THIS_SYSTEM = link();

    private final MethodHandle currentThreadId;
    private final MethodHandle setPriority;

    private ThreadNice(MethodHandle currentThreadId, MethodHandle setPriority) {
        this.currentThreadId = currentThreadId;
        this.setPriority = setPriority;
    }

    /** The calling thread's id in the system, 0 where it cannot be told. */
    static int currentThreadId() {
        return OF_THIS_SYSTEM.map(ThreadNice::threadId).orElse(0);
    }

    /** Gives the thread with this id the lowest priority there is, for good. Returns whether that worked. */
    static boolean lower(int threadId) {
        return threadId != 0 && OF_THIS_SYSTEM.filter(system -> system.lowest(threadId)).isPresent();
    }

    private static Optional<ThreadNice> link() {
        if (!System.getProperty("os.name").equals("Linux") || !ThreadNice.class.getModule().isNativeAccessEnabled()) {
            return Optional.empty();
        }
        var linker = Linker.nativeLinker();
        var system = linker.defaultLookup();
        var integer = ValueLayout.JAVA_INT;
        return system.find("gettid").flatMap(gettid -> system.find("setpriority").map(setpriority -> new ThreadNice(
                linker.downcallHandle(gettid, FunctionDescriptor.of(integer)),
                linker.downcallHandle(setpriority, FunctionDescriptor.of(integer, integer, integer, integer)))));
    }

    private int threadId() {
        try {
            return (int) currentThreadId.invokeExact();
        } catch (Throwable impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    private boolean lowest(int threadId) {
        try {
            return (int) setPriority.invokeExact(PRIO_PROCESS, threadId, LOWEST) == 0;
        } catch (Throwable impossible) {
            throw new IllegalStateException(impossible);
        }
    }
}
