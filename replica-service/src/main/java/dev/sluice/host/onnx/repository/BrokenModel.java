package dev.sluice.host.onnx.repository;

import dev.sluice.common.actor.ActorDescriptor;
import dev.sluice.common.actor.MethodDescriptor;
import dev.sluice.common.actor.SchedulerNames;
import dev.sluice.sdk.actor.ActorInstance;
import dev.sluice.sdk.actor.ActorType;
import dev.sluice.sdk.actor.InvalidActorException;
import dev.sluice.sdk.annotated.AnnotatedActors;
import java.util.List;
import java.util.Map;

/** A version that cannot be loaded: it is announced all the same, so that its failed replica tells everyone why. */
record BrokenModel(FoundVersion version, String reason) implements ActorType {

    @Override
    public ActorDescriptor descriptor() {
        return new ActorDescriptor(
                version.model(),
                version.version(),
                true,
                AnnotatedActors.DEFAULT_SLO_MILLIS,
                SchedulerNames.DEADLINE,
                "cannot be loaded: " + reason,
                List.of(new MethodDescriptor(MethodDescriptor.DEFAULT_NAME, false, 1, 0, false, "", "")));
    }

    @Override
    public ActorInstance create(Map<String, String> args) {
        throw new InvalidActorException(reason);
    }
}
