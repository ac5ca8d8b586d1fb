package dev.sluice.sdk.codec;

import java.lang.reflect.GenericArrayType;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.lang.reflect.TypeVariable;
import java.lang.reflect.WildcardType;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Java's generic types: what a variable stands for, what is vague, how a person would write one. */
public final class GenericTypes {

    private GenericTypes() {}

    /** The type with every variable replaced that {@code context}, a class or parameterised type, binds. */
    public static Type resolve(Type type, Type context) {
        Map<TypeVariable<?>, Type> bindings = new HashMap<>();
        bind(context, bindings);
        return replace(type, bindings);
    }

    /** What a type says for the only parameter of one of its supertypes: {@code Long} for a future of it. */
    public static Type argument(Type type, Class<?> supertype) {
        return resolve(supertype.getTypeParameters()[0], type);
    }

    public static Class<?> raw(Type type) {
        if (type instanceof Class<?> plain) {
            return plain;
        }
        if (type instanceof ParameterizedType parameterized) {
            return raw(parameterized.getRawType());
        }
        if (type instanceof GenericArrayType array) {
            return raw(array.getGenericComponentType()).arrayType();
        }
        return raw(
                type instanceof WildcardType wildcard ? wildcard.getUpperBounds()[0] : bound((TypeVariable<?>) type));
    }

    /** The element type of an array; null for everything else. */
    public static @Nullable Type component(Type type) {
        if (type instanceof GenericArrayType array) {
            return array.getGenericComponentType();
        }
        return type instanceof Class<?> plain ? plain.getComponentType() : null;
    }

    /** Why values cannot be made for this type as it is declared; empty where it is definite. */
    public static Optional<String> vague(Type type) {
        if (type instanceof TypeVariable) {
            return Optional.of(type.getTypeName() + " is a type variable that nothing binds");
        }
        if (type instanceof WildcardType) {
            return Optional.of("\"" + type.getTypeName() + "\" is a wildcard: write the type itself");
        }
        Type component = component(type);
        if (component != null) {
            return vague(component);
        }
        if (type instanceof ParameterizedType parameterized) {
            return Arrays.stream(parameterized.getActualTypeArguments())
                    .map(GenericTypes::vague)
                    .flatMap(Optional::stream)
                    .findFirst();
        }
        return ((Class<?>) type).getTypeParameters().length == 0
                ? Optional.empty()
                : Optional.of(name(type) + " is a raw type: write what it holds, as " + name(type) + "<...>");
    }

    /** As {@code long}, {@code Map<String, Point>} or {@code double[]}. */
    public static String name(Type type) {
        Type component = component(type);
        if (component != null) {
            return name(component) + "[]";
        }
        if (type instanceof ParameterizedType parameterized) {
            return raw(type).getSimpleName()
                    + Arrays.stream(parameterized.getActualTypeArguments())
                            .map(GenericTypes::name)
                            .collect(Collectors.joining(", ", "<", ">"));
        }
        return type instanceof Class<?> plain ? plain.getSimpleName() : type.getTypeName();
    }

    private static void bind(Type type, Map<TypeVariable<?>, Type> bindings) {
        Class<?> raw = raw(type);
        if (type instanceof ParameterizedType parameterized) {
            TypeVariable<?>[] variables = raw.getTypeParameters();
            for (int i = 0; i < variables.length; i++) {
                bindings.put(variables[i], replace(parameterized.getActualTypeArguments()[i], bindings));
            }
        }
        for (Type parent : raw.getGenericInterfaces()) {
            bind(parent, bindings);
        }
        if (raw.getGenericSuperclass() != null) {
            bind(raw.getGenericSuperclass(), bindings);
        }
    }

    private static Type replace(Type type, Map<TypeVariable<?>, Type> bindings) {
        if (type instanceof TypeVariable) {
            return bindings.getOrDefault((TypeVariable<?>) type, type);
        }
        if (type instanceof GenericArrayType array) {
            Type component = replace(array.getGenericComponentType(), bindings);
            return component instanceof Class<?> plain ? plain.arrayType() : new ArrayOf(component);
        }
        if (type instanceof ParameterizedType parameterized) {
            Type[] arguments = parameterized.getActualTypeArguments().clone();
            Arrays.setAll(arguments, i -> replace(arguments[i], bindings));
            return new Parameterized(raw(type), arguments);
        }
        return type;
    }

    private static Type bound(TypeVariable<?> variable) {
        Type bound = variable.getBounds()[0];
        return bound instanceof ParameterizedType recursive ? recursive.getRawType() : bound;
    }

    private record ArrayOf(Type component) implements GenericArrayType {
        @Override
        public Type getGenericComponentType() {
            return component;
        }
    }

    @SuppressWarnings("ArrayRecordComponent") // made for one look and dropped
    private record Parameterized(Class<?> raw, Type[] arguments) implements ParameterizedType {
        @Override
        public Type[] getActualTypeArguments() {
            return arguments;
        }

        @Override
        public Type getRawType() {
            return raw;
        }

        @Override
        public @Nullable Type getOwnerType() {
            return raw.getDeclaringClass();
        }
    }
}
