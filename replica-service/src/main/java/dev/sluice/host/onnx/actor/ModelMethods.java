package dev.sluice.host.onnx.actor;

import dev.sluice.common.actor.MethodDescriptor;

/** What can be asked of a model. */
final class ModelMethods {

    static final String CALL = MethodDescriptor.DEFAULT_NAME;

    /** Its inputs, its outputs and what its author wrote into it. */
    static final String METADATA = "metadata";

    private ModelMethods() {}
}
