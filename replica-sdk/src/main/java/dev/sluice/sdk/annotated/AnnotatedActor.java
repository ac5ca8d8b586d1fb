package dev.sluice.sdk.annotated;

import dev.sluice.common.actor.ActorDescriptor;
import dev.sluice.common.tensor.InferWriter;
import dev.sluice.sdk.ActorClient;
import dev.sluice.sdk.actor.ActorInstance;
import dev.sluice.sdk.actor.ActorType;
import dev.sluice.sdk.actor.Example;
import java.lang.invoke.MethodHandle;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** An actor made from an annotated class. */
record AnnotatedActor(
        ActorDescriptor descriptor,
        ConstructorArgs constructor,
        List<ServableMethod> methods,
        @Nullable MethodHandle health,
        ActorClient client,
        InferWriter answers)
        implements ActorType {

    @Override
    public List<Example> examples() {
        return methods.stream()
                .map(ServableMethod::example)
                .filter(Objects::nonNull)
                .toList();
    }

    @Override
    public ActorInstance create(Map<String, String> args) {
        return create(args, descriptor);
    }

    @Override
    public ActorInstance create(Map<String, String> args, ActorDescriptor served) {
        Object instance = constructor.create(descriptor.name(), args, client);
        return new AnnotatedInstance(served, methods, health, instance, constructor.takesClient(), answers);
    }
}
