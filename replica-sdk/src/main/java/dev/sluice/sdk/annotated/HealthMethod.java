package dev.sluice.sdk.annotated;

import dev.sluice.sdk.HealthCheck;
import dev.sluice.sdk.actor.InvalidActorException;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import org.jspecify.annotations.Nullable;

/** The method by which an instance tells whether it can serve. */
final class HealthMethod {

    private HealthMethod() {}

    /**
     * Null where the class has none.
     *
     * @throws InvalidActorException where it has several, or one that cannot be called
     */
    static @Nullable MethodHandle of(Class<?> actor) {
        Method found = null;
        for (Class<?> type = actor; type != null && type != Object.class; type = type.getSuperclass()) {
            for (Method method : type.getDeclaredMethods()) {
                if (method.isAnnotationPresent(HealthCheck.class) && !method.isSynthetic()) {
                    check(actor, method);
                    if (found != null) {
                        throw new InvalidActorException(Signatures.of(actor, found) + " and "
                                + Signatures.of(actor, method) + " both have @HealthCheck: leave it to one.");
                    }
                    found = method;
                }
            }
        }
        return found == null ? null : handle(actor, found);
    }

    private static void check(Class<?> actor, Method method) {
        Class<?> result = method.getReturnType();
        if (method.getParameterCount() > 0
                || Modifier.isStatic(method.getModifiers())
                || result != void.class && result != boolean.class) {
            throw new InvalidActorException(
                    Signatures.of(actor, method)
                            + " has @HealthCheck: such a method has no parameter, is not static, and returns nothing or a boolean.");
        }
    }

    private static MethodHandle handle(Class<?> actor, Method method) {
        try {
            method.setAccessible(true);
            return MethodHandles.lookup().unreflect(method);
        } catch (IllegalAccessException | RuntimeException e) {
            throw new InvalidActorException(
                    Signatures.of(actor, method) + " has @HealthCheck and cannot be called: " + e.getMessage(), e);
        }
    }
}
