package dev.sluice.host.onnx.actor;

import dev.sluice.host.onnx.session.NativeObjects;
import dev.sluice.host.onnx.session.RuntimeSettings;
import io.netty.buffer.ByteBufAllocator;

/**
 * What all models of a host share.
 *
 * @param allocator of tensors and results
 * @param counted what is open outside the heap
 * @param runtime how models are run whose config says nothing
 * @param mostRows that are computed together where a model's config says nothing
 * @param mostResultBytes of all outputs of a query: more cannot be sent
 * @param threads beside the replicas' own
 */
public record ModelContext(
        ByteBufAllocator allocator,
        NativeObjects counted,
        RuntimeSettings runtime,
        int mostRows,
        long mostResultBytes,
        BatchThreads threads) {}
