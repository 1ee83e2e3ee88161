package gatehouse.idp.slo;

import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.util.function.LongSupplier;
import java.util.function.Supplier;

/** Charges work to the stages of the current request. Used in the wiring; rooms contain no timing code. */
public final class Stages {

    private final LongSupplier nanoClock;

    public Stages(LongSupplier nanoClock) {
        this.nanoClock = nanoClock;
    }

    /** Runs {@code work} and charges its time to {@code stage}; outside a request it just runs. */
    public <T> T run(Stage stage, Supplier<T> work) {
        if (!StageLedger.CURRENT.isBound()) {
            return work.get();
        }
        var ledger = StageLedger.CURRENT.get();
        var outer = ledger.enter();
        var startNanos = nanoClock.getAsLong();
        try {
            return work.get();
        } finally {
            ledger.leave(stage, nanoClock.getAsLong() - startNanos, outer);
        }
    }

    /** {@code target}, each of whose calls is charged to {@code stage}. */
    public <T> T timed(Stage stage, Class<T> contract, T target) {
        InvocationHandler timing = (_, method, arguments) -> {
            if (!StageLedger.CURRENT.isBound()) {
                return call(target, method, arguments);
            }
            var ledger = StageLedger.CURRENT.get();
            var outer = ledger.enter();
            var startNanos = nanoClock.getAsLong();
            try {
                return call(target, method, arguments);
            } finally {
                ledger.leave(stage, nanoClock.getAsLong() - startNanos, outer);
            }
        };
        return contract.cast(Proxy.newProxyInstance(contract.getClassLoader(), new Class<?>[] {contract}, timing));
    }

    private static Object call(Object target, java.lang.reflect.Method method, Object[] arguments) throws Throwable {
        try {
            return method.invoke(target, arguments);
        } catch (InvocationTargetException thrown) {
            throw thrown.getCause();
        }
    }
}
