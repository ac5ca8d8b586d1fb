/** The Open Inference Protocol over gRPC. Not for applications. */
@NullMarked
package dev.sluice.client.grpc;

import org.jspecify.annotations.NullMarked;
