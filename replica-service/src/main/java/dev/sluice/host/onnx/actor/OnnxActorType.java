package dev.sluice.host.onnx.actor;

import dev.sluice.common.actor.ActorDescriptor;
import dev.sluice.common.actor.MethodDescriptor;
import dev.sluice.common.actor.SchedulerNames;
import dev.sluice.sdk.actor.ActorInstance;
import dev.sluice.sdk.actor.ActorType;
import dev.sluice.sdk.actor.Example;
import dev.sluice.sdk.actor.InvalidActorException;
import dev.sluice.sdk.annotated.AnnotatedActors;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** A version of a model as an actor. */
public final class OnnxActorType implements ActorType {

    /** Which version in the folder is meant, where that is not the actor's. */
    public static final String MODEL_VERSION = "model-version";

    private final ActorDescriptor descriptor;
    private final ModelVersion model;
    private final ModelContext context;

    /**
     * @param actor the name that it is published under
     * @param version likewise
     * @param model that was loaded once, so that it is known what it takes
     */
    public OnnxActorType(String actor, String version, ModelVersion model, ModelContext context) {
        this.model = model;
        this.context = context;
        ModelDescription known = model.description();
        this.descriptor = new ActorDescriptor(
                actor,
                version,
                true,
                AnnotatedActors.DEFAULT_SLO_MILLIS,
                SchedulerNames.DEADLINE,
                known.text(),
                List.of(call(known), metadata()));
    }

    private static MethodDescriptor call(ModelDescription known) {
        return new MethodDescriptor(
                ModelMethods.CALL,
                known.batched(),
                known.maxBatchSize(),
                known.maxWaitMicros(),
                false,
                known.inputs(),
                known.outputs(),
                Optional.of(known.tensors()));
    }

    private static MethodDescriptor metadata() {
        return new MethodDescriptor(ModelMethods.METADATA, false, 1, 0, false, "JsonNode", "JsonNode");
    }

    @Override
    public ActorDescriptor descriptor() {
        return descriptor;
    }

    @Override
    public List<Example> examples() {
        return model.examples();
    }

    @Override
    public ActorInstance create(Map<String, String> args) {
        for (String key : args.keySet()) {
            if (!Set.of(MODEL_VERSION).contains(key)) {
                throw new InvalidActorException("The model " + descriptor.name() + " has no argument \"" + key
                        + "\"; it takes " + MODEL_VERSION + ".");
            }
        }
        return new OnnxInstance(descriptor.name(), descriptor.version(), model.hold(), context);
    }
}
