package dev.sluice.sdk.annotated;

import dev.sluice.sdk.ActorClient;
import dev.sluice.sdk.Arg;
import dev.sluice.sdk.actor.InvalidActorException;
import dev.sluice.sdk.codec.GenericTypes;
import java.lang.reflect.Constructor;
import java.lang.reflect.InaccessibleObjectException;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Modifier;
import java.lang.reflect.Parameter;
import java.lang.reflect.Type;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The constructor of an actor and what it is called with. */
final class ConstructorArgs {

    private record Argument(String key, Type type, @Nullable String defaultValue) {

        /** The platform's own: nobody configures it. */
        static final Argument CLIENT = new Argument("", ActorClient.class, null);

        boolean isClient() {
            return type == ActorClient.class;
        }
    }

    private final Constructor<?> constructor;
    private final List<Argument> arguments;

    private ConstructorArgs(Constructor<?> constructor, List<Argument> arguments) {
        this.constructor = constructor;
        this.arguments = arguments;
    }

    static ConstructorArgs of(Class<?> type) {
        Constructor<?>[] usable = Arrays.stream(type.getDeclaredConstructors())
                .filter(each -> !Modifier.isPrivate(each.getModifiers()) && !each.isSynthetic())
                .toArray(Constructor<?>[]::new);
        if (usable.length != 1) {
            throw new InvalidActorException(type.getSimpleName()
                    + (usable.length == 0
                            ? " has only private constructors: give it one that is not."
                            : " has " + usable.length + " constructors, and nothing says which to use: make all but one"
                                    + " private."));
        }
        Constructor<?> constructor = usable[0];
        List<Argument> arguments = new ArrayList<>();
        Parameter[] parameters = constructor.getParameters();
        for (int i = 0; i < parameters.length; i++) {
            Argument argument = argument(type, parameters[i], i);
            if (arguments.stream().anyMatch(other -> other.key.equals(argument.key))) {
                throw new InvalidActorException("Two parameters of the constructor of " + type.getSimpleName()
                        + " have @Arg(\"" + argument.key + "\").");
            }
            arguments.add(argument);
        }
        open(constructor);
        return new ConstructorArgs(constructor, arguments);
    }

    /** Whether the actor may call others. */
    boolean takesClient() {
        return arguments.stream().anyMatch(Argument::isClient);
    }

    /** @throws InvalidActorException where the arguments do not fit, or the constructor throws */
    Object create(String actor, Map<String, String> configured, ActorClient client) {
        refuseUnknown(actor, configured);
        Object[] values = new Object[arguments.size()];
        Arrays.setAll(values, i -> arguments.get(i).isClient() ? client : value(actor, arguments.get(i), configured));
        ClassLoader before = UserClassLoader.enter(constructor.getDeclaringClass());
        try {
            return constructor.newInstance(values);
        } catch (InvocationTargetException thrown) {
            Throwable cause = thrown.getCause() == null ? thrown : thrown.getCause();
            throw new InvalidActorException(
                    "The actor " + actor + " could not be created: its constructor threw " + cause + ".", cause);
        } catch (ReflectiveOperationException | LinkageError broken) {
            throw new InvalidActorException("The actor " + actor + " could not be created: " + broken + ".", broken);
        } finally {
            UserClassLoader.leave(before);
        }
    }

    private void refuseUnknown(String actor, Map<String, String> configured) {
        List<String> keys = arguments.stream()
                .filter(argument -> !argument.isClient())
                .map(Argument::key)
                .toList();
        for (String key : configured.keySet()) {
            if (!keys.contains(key)) {
                throw new InvalidActorException("The actor " + actor + " has no argument \"" + key + "\""
                        + NearestName.of(key, keys)
                                .map(meant -> "; did you mean \"" + meant + "\"?")
                                .orElse(keys.isEmpty() ? "; it takes none." : "; it takes " + keys + "."));
            }
        }
    }

    private static Object value(String actor, Argument argument, Map<String, String> configured) {
        String value = configured.getOrDefault(argument.key, argument.defaultValue);
        if (value == null) {
            throw new InvalidActorException("The actor " + actor + " needs the argument \"" + argument.key + "\", a "
                    + GenericTypes.name(argument.type) + ": set sluice.actors." + actor + ".args." + argument.key
                    + ".");
        }
        try {
            return ArgConverter.convert(value, argument.type);
        } catch (IllegalArgumentException wrong) {
            throw new InvalidActorException("The argument \"" + argument.key + "\" of the actor " + actor + " must be "
                    + wrong.getMessage() + "; it is \"" + value + "\".");
        }
    }

    private static Argument argument(Class<?> type, Parameter parameter, int index) {
        String where = "Parameter " + (index + 1) + " of the constructor of " + type.getSimpleName();
        Arg arg = parameter.getAnnotation(Arg.class);
        if (arg == null && parameter.getType() == ActorClient.class) {
            return Argument.CLIENT;
        }
        if (arg == null) {
            throw new InvalidActorException(where + ", a " + GenericTypes.name(parameter.getParameterizedType())
                    + ", has no @Arg: it says under which key its value is configured.");
        }
        if (arg.value().isBlank()) {
            throw new InvalidActorException(where + " has an @Arg without a key.");
        }
        Type declared = parameter.getParameterizedType();
        if (!ArgConverter.supports(declared)) {
            throw new InvalidActorException(
                    where + ", @Arg(\"" + arg.value() + "\"), is a " + GenericTypes.name(declared)
                            + "; it can be a String, int, long, double, boolean, Duration, Path, List<String> or an enum.");
        }
        if (arg.defaultValue().equals(Arg.NONE)) {
            return new Argument(arg.value(), declared, null);
        }
        try {
            ArgConverter.convert(arg.defaultValue(), declared);
        } catch (IllegalArgumentException wrong) {
            throw new InvalidActorException(where + ", @Arg(\"" + arg.value() + "\"), has the default value \""
                    + arg.defaultValue() + "\"; it must be " + wrong.getMessage() + ".");
        }
        return new Argument(arg.value(), declared, arg.defaultValue());
    }

    private static void open(Constructor<?> constructor) {
        try {
            constructor.setAccessible(true);
        } catch (InaccessibleObjectException closed) {
            throw new InvalidActorException(
                    "The constructor of " + constructor.getDeclaringClass().getSimpleName()
                            + " cannot be reached: open its package in module-info.java.",
                    closed);
        }
    }
}
