package dev.sluice.sdk.annotated;

import dev.sluice.sdk.codec.GenericTypes;
import java.lang.reflect.Method;
import java.util.Arrays;
import java.util.stream.Collectors;

/** How messages name a method: {@code VectorAdder.call(long[])}. */
final class Signatures {

    private Signatures() {}

    static String of(Class<?> actor, Method method) {
        return actor.getSimpleName() + "." + method.getName()
                + Arrays.stream(method.getGenericParameterTypes())
                        .map(parameter -> GenericTypes.name(GenericTypes.resolve(parameter, actor)))
                        .collect(Collectors.joining(", ", "(", ")"));
    }
}
