package dev.sluice.sdk.annotated;

import dev.sluice.common.actor.MethodDescriptor;
import dev.sluice.common.error.QueryException;
import dev.sluice.sdk.BatchedInput;
import dev.sluice.sdk.Result;
import dev.sluice.sdk.Tensor;
import dev.sluice.sdk.WarmUp;
import dev.sluice.sdk.actor.Example;
import dev.sluice.sdk.actor.InvalidActorException;
import dev.sluice.sdk.codec.Codecs;
import dev.sluice.sdk.codec.GenericTypes;
import dev.sluice.sdk.codec.InputReader;
import dev.sluice.sdk.codec.MediaTypes;
import dev.sluice.sdk.codec.ResultWriter;
import dev.sluice.sdk.tensor.MethodTensors;
import dev.sluice.sdk.tensor.MethodTensors.Declared;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.lang.reflect.InaccessibleObjectException;
import java.lang.reflect.Method;
import java.lang.reflect.Type;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** Works out what a method takes and returns, and refuses what could not be served. */
final class MethodInspector {

    /** Arrays of these are one body or one text, not a batch. */
    private static final Set<Class<?>> NOT_ELEMENTS = Set.of(byte.class, char.class);

    private final Codecs codecs;

    MethodInspector(Codecs codecs) {
        this.codecs = codecs;
    }

    ServableMethod inspect(Class<?> actor, Method method) {
        String signature = Signatures.of(actor, method);
        Type parameter = GenericTypes.resolve(method.getGenericParameterTypes()[0], actor);
        Type returned = GenericTypes.resolve(method.getGenericReturnType(), actor);
        Delivery delivery = Delivery.of(returned);
        BatchedInput batched = method.getAnnotation(BatchedInput.class);
        refuseIf(
                Delivery.isDeaf(returned),
                signature,
                "returns a Future, which nobody can be told of: return a" + " CompletableFuture or a Mono.");
        Type input = batched == null ? parameter : batchElement(parameter, signature);
        Type output = delivery.delivered(returned);
        if (batched != null) {
            refuseIf(
                    delivery == Delivery.STREAM,
                    signature,
                    "is batched and returns a stream: results of a batch could"
                            + " not be told apart. Return a list, or drop @BatchedInput.");
            output = resultElement(output, signature);
        }
        boolean results = Result.class.isAssignableFrom(GenericTypes.raw(output));
        refuseIf(
                results && delivery == Delivery.STREAM,
                signature,
                "streams Results: a stream fails as a whole, by an" + " error signal.");
        Type result = results ? GenericTypes.argument(output, Result.class) : output;
        InputReader reader = reader(input, signature);
        ResultWriter writer = writer(result, signature);
        MethodTensors tensors = tensors(method, input, reader, result, writer, batched != null, signature);
        MethodDescriptor descriptor = new MethodDescriptor(
                method.getName(),
                batched != null,
                batched == null ? 1 : maxBatchSize(batched, signature),
                batched == null ? 0 : maxWaitMicros(batched, signature),
                delivery == Delivery.STREAM,
                GenericTypes.name(input),
                GenericTypes.name(result),
                Optional.of(tensors.signature()));
        WarmUp warmUp = method.getAnnotation(WarmUp.class);
        refuseIf(
                warmUp != null && delivery == Delivery.STREAM,
                signature,
                "has @WarmUp and streams: a stream may have no end. Drop one of the two.");
        return new ServableMethod(
                descriptor,
                handle(method, signature),
                signature,
                reader,
                batched == null ? null : column(parameter),
                delivery,
                new ResultEncoder(results, writer, signature),
                tensors,
                warmUp == null ? null : example(method, warmUp, reader, signature));
    }

    private MethodTensors tensors(
            Method method,
            Type input,
            InputReader reader,
            Type result,
            @Nullable ResultWriter writer,
            boolean batched,
            String signature) {
        try {
            return MethodTensors.of(
                    new Declared<>(input, reader, method.getParameters()[0].getAnnotation(Tensor.class)),
                    new Declared<>(result, writer, method.getAnnotation(Tensor.class)),
                    batched,
                    codecs);
        } catch (IllegalArgumentException refused) {
            throw new InvalidActorException(
                    signature + " has a @Tensor that it cannot be: " + refused.getMessage() + ".");
        }
    }

    private static Example example(Method method, WarmUp warmUp, InputReader reader, String signature) {
        Example example =
                new Example(method.getName(), warmUp.value().getBytes(StandardCharsets.UTF_8), MediaTypes.JSON);
        try {
            reader.read(example.input().body(), example.mediaType());
        } catch (QueryException refused) {
            throw new InvalidActorException(
                    signature + " has the example " + warmUp.value() + ", which it does not take: "
                            + refused.getMessage(),
                    refused);
        }
        return example;
    }

    private static Type batchElement(Type parameter, String signature) {
        Type element = GenericTypes.component(parameter);
        if (element == null && GenericTypes.raw(parameter) == List.class) {
            element = GenericTypes.argument(parameter, List.class);
        }
        if (element == null || NOT_ELEMENTS.contains(GenericTypes.raw(element))) {
            throw new InvalidActorException(
                    signature + " is batched, so it takes a List or an array of inputs, as long[]"
                            + " or byte[][]; it takes " + GenericTypes.name(parameter) + ".");
        }
        return element;
    }

    private static Type resultElement(Type returned, String signature) {
        Type element = GenericTypes.component(returned);
        if (element == null && List.class.isAssignableFrom(GenericTypes.raw(returned))) {
            element = GenericTypes.argument(returned, List.class);
        }
        if (element == null || NOT_ELEMENTS.contains(GenericTypes.raw(element))) {
            throw new InvalidActorException(
                    signature + " is batched, so it returns a List or an array with a result for"
                            + " each input; it returns " + GenericTypes.name(returned) + ".");
        }
        return element;
    }

    private static Column column(Type parameter) {
        Type component = GenericTypes.component(parameter);
        return component == null ? new Column(Object.class, true) : new Column(GenericTypes.raw(component), false);
    }

    private static int maxBatchSize(BatchedInput batched, String signature) {
        refuseIf(
                batched.maxBatchSize() < 1,
                signature,
                "has @BatchedInput(maxBatchSize = " + batched.maxBatchSize() + "): it must be at least 1.");
        return batched.maxBatchSize();
    }

    private static long maxWaitMicros(BatchedInput batched, String signature) {
        Duration wait = ArgConverter.duration(batched.maxWait())
                .filter(duration -> !duration.isNegative())
                .orElseThrow(() -> new InvalidActorException(signature + " has @BatchedInput(maxWait = \""
                        + batched.maxWait() + "\"), which is not a duration: write it as 5ms or 200us."));
        return TimeUnit.MICROSECONDS.convert(wait);
    }

    private InputReader reader(Type input, String signature) {
        try {
            return codecs.reader(input);
        } catch (IllegalArgumentException refused) {
            throw new InvalidActorException(signature + " cannot be served with an input of type "
                    + GenericTypes.name(input) + ": " + refused.getMessage() + ". Make it private if it is not to be"
                    + " served.");
        }
    }

    private @Nullable ResultWriter writer(Type result, String signature) {
        if (result == void.class || result == Void.class) {
            return null;
        }
        try {
            return codecs.writer(result);
        } catch (IllegalArgumentException refused) {
            throw new InvalidActorException(signature + " cannot be served with a result of type "
                    + GenericTypes.name(result) + ": " + refused.getMessage() + ". Make it private if it is not to be"
                    + " served.");
        }
    }

    private static MethodHandle handle(Method method, String signature) {
        try {
            method.setAccessible(true);
            return MethodHandles.lookup()
                    .unreflect(method)
                    .asType(MethodType.methodType(Object.class, Object.class, Object.class));
        } catch (IllegalAccessException | InaccessibleObjectException closed) {
            throw new InvalidActorException(
                    signature + " cannot be reached: open its package in module-info.java.", closed);
        }
    }

    private static void refuseIf(boolean wrong, String signature, String why) {
        if (wrong) {
            throw new InvalidActorException(signature + " " + why);
        }
    }
}
