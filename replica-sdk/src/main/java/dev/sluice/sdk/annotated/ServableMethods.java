package dev.sluice.sdk.annotated;

import dev.sluice.common.actor.ActorNames;
import dev.sluice.sdk.BatchedInput;
import dev.sluice.sdk.actor.InvalidActorException;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Finds the methods of a class that are served. The rule is in {@link AnnotatedActors}. */
final class ServableMethods {

    private final Class<?> actor;
    private final boolean packagePrivateToo;
    private final Set<String> overridden = new HashSet<>();
    private final Map<String, Method> servable = new LinkedHashMap<>();

    private ServableMethods(Class<?> actor) {
        this.actor = actor;
        this.packagePrivateToo = !isPublic(actor);
        for (Method method : Object.class.getDeclaredMethods()) {
            overridden.add(signature(method));
        }
    }

    static List<Method> of(Class<?> actor) {
        ServableMethods methods = new ServableMethods(actor);
        for (Class<?> type = actor; type != null && type != Object.class; type = type.getSuperclass()) {
            methods.collect(type);
        }
        for (Method method : actor.getMethods()) {
            if (method.isDefault()) {
                methods.offer(method);
            }
        }
        return new ArrayList<>(methods.servable.values());
    }

    private void collect(Class<?> type) {
        Method[] declared = type.getDeclaredMethods();
        List<Method> real = new ArrayList<>();
        for (Method method : declared) {
            if (!method.isSynthetic()) {
                real.add(method);
                offer(method);
            }
        }
        for (Method bridge : declared) {
            // A bridge stands for what the method beside it overrides; one that stands alone only widens access.
            if (bridge.isBridge() && real.stream().anyMatch(method -> sameName(method, bridge))) {
                overridden.add(signature(bridge));
            }
        }
    }

    private void offer(Method method) {
        if (!overridden.add(signature(method))) {
            return;
        }
        if (!isServable(method)) {
            refuseBatched(method);
            return;
        }
        ActorNames.methodProblem(method.getName()).ifPresent(why -> {
            throw new InvalidActorException(Signatures.of(actor, method) + " cannot be served. " + why);
        });
        Method other = servable.putIfAbsent(method.getName(), method);
        if (other != null) {
            throw new InvalidActorException(Signatures.of(actor, other) + " and " + Signatures.of(actor, method)
                    + " have the same name, so a query could not say which it means: rename one, or make it private.");
        }
    }

    private boolean isServable(Method method) {
        int modifiers = method.getModifiers();
        boolean hidden = Modifier.isPrivate(modifiers) || Modifier.isProtected(modifiers);
        boolean visible = Modifier.isPublic(modifiers) || packagePrivateToo && !hidden && isNeighbour(method);
        return visible
                && method.getParameterCount() == 1
                && !Modifier.isStatic(modifiers)
                && !Modifier.isAbstract(modifiers);
    }

    private boolean isNeighbour(Method method) {
        Class<?> owner = method.getDeclaringClass();
        return owner.getPackage() == actor.getPackage() && owner.getClassLoader() == actor.getClassLoader();
    }

    private void refuseBatched(Method method) {
        if (method.isAnnotationPresent(BatchedInput.class)) {
            throw new InvalidActorException(Signatures.of(actor, method) + " has @BatchedInput but is not served: a"
                    + " served method has one parameter, is not static and is "
                    + (packagePrivateToo ? "not private or protected." : "public."));
        }
    }

    /** Whether a class can be seen from everywhere, which takes that its outer classes can. */
    private static boolean isPublic(Class<?> type) {
        for (Class<?> each = type; each != null; each = each.getDeclaringClass()) {
            if (!Modifier.isPublic(each.getModifiers())) {
                return false;
            }
        }
        return true;
    }

    private static boolean sameName(Method one, Method other) {
        return one.getName().equals(other.getName()) && one.getParameterCount() == other.getParameterCount();
    }

    private static String signature(Method method) {
        return method.getName() + List.of(method.getParameterTypes());
    }
}
