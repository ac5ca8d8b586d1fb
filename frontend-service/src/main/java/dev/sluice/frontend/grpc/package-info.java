/** The Open Inference Protocol, version 2, over gRPC: an actor is a model. */
@NullMarked
package dev.sluice.frontend.grpc;

import org.jspecify.annotations.NullMarked;
