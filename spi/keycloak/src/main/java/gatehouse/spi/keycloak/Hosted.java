package gatehouse.spi.keycloak;

import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Presents one of our objects as a Keycloak model of up to 267 methods. A method that our object has, with the same
 * name and parameters, is called; a default method of the model runs as Keycloak wrote it; every other method throws
 * {@link UnsupportedByHost}. Two such models are equal when the objects behind them are.
 */
public final class Hosted implements InvocationHandler {

    private static final Map<Class<?>, Map<Method, Optional<Method>>> ANSWERS = new ConcurrentHashMap<>();

    private final Class<?> model;
    private final Object ours;
    private final Map<Method, Optional<Method>> answers;

    private Hosted(Class<?> model, Object ours) {
        this.model = model;
        this.ours = ours;
        this.answers = ANSWERS.computeIfAbsent(ours.getClass(), type -> new ConcurrentHashMap<>());
    }

    /** {@code ours} in the shape of {@code model}. */
    public static <T> T as(Class<T> model, Object ours) {
        return model.cast(Proxy.newProxyInstance(Hosted.class.getClassLoader(), new Class<?>[] {model},
                new Hosted(model, ours)));
    }

    @Override
    public Object invoke(Object proxy, Method method, Object[] arguments) throws Throwable {
        if (method.getDeclaringClass() == Object.class) {
            return switch (method.getName()) {
                case "equals" -> isEqual(arguments[0]);
                case "hashCode" -> ours.hashCode();
                default -> ours.toString();
            };
        }
        var answer = answers.computeIfAbsent(method, this::answerOf);
        if (answer.isPresent()) {
            try {
                return answer.get().invoke(ours, arguments);
            } catch (InvocationTargetException thrown) {
                throw thrown.getCause();
            }
        }
        if (method.isDefault()) {
            return InvocationHandler.invokeDefault(proxy, method, arguments);
        }
        throw new UnsupportedByHost(model.getSimpleName() + "." + method.getName());
    }

    private boolean isEqual(Object other) {
        return other != null && Proxy.isProxyClass(other.getClass())
                && Proxy.getInvocationHandler(other) instanceof Hosted that && ours.equals(that.ours);
    }

    private Optional<Method> answerOf(Method method) {
        try {
            var answer = ours.getClass().getMethod(method.getName(), method.getParameterTypes());
            answer.setAccessible(true);
            return Optional.of(answer);
        } catch (NoSuchMethodException notOurs) {
            return Optional.empty();
        }
    }
}
