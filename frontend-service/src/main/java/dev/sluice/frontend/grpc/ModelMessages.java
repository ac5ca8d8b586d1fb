package dev.sluice.frontend.grpc;

import dev.sluice.common.tensor.DataType;
import dev.sluice.common.tensor.TensorSpec;
import dev.sluice.frontend.query.model.Model;
import dev.sluice.frontend.query.model.ServerInfo;
import inference.InferStatistics;
import inference.ModelConfig;
import inference.ModelDynamicBatching;
import inference.ModelInput;
import inference.ModelMetadataResponse;
import inference.ModelMetadataResponse.TensorMetadata;
import inference.ModelOutput;
import inference.ModelStatistics;
import inference.ModelTransactionPolicy;
import inference.ModelVersionPolicy;
import inference.RepositoryIndexResponse.ModelIndex;
import inference.StatisticDuration;
import java.util.stream.LongStream;

/** What is told of a model. */
final class ModelMessages {

    private ModelMessages() {}

    static ModelMetadataResponse metadata(Model model) {
        return ModelMetadataResponse.newBuilder()
                .setName(model.name())
                .addVersions(model.version())
                .setPlatform(ServerInfo.PLATFORM)
                .addAllInputs(
                        model.inputs().stream().map(ModelMessages::metadata).toList())
                .addAllOutputs(
                        model.outputs().stream().map(ModelMessages::metadata).toList())
                .build();
    }

    private static TensorMetadata metadata(TensorSpec spec) {
        return TensorMetadata.newBuilder()
                .setName(spec.name())
                .setDatatype(spec.type().name())
                .addAllShape(list(spec.shape()))
                .build();
    }

    static ModelConfig config(Model model) {
        ModelConfig.Builder config = ModelConfig.newBuilder()
                .setName(model.name())
                .setPlatform(ServerInfo.PLATFORM)
                .setBackend(ServerInfo.PLATFORM)
                .setVersionPolicy(ModelVersionPolicy.newBuilder()
                        .setLatest(ModelVersionPolicy.Latest.newBuilder().setNumVersions(1)))
                .setMaxBatchSize(model.maxBatchSize())
                .setModelTransactionPolicy(ModelTransactionPolicy.newBuilder()
                        .setDecoupled(model.method().streaming()));
        model.inputs()
                .forEach(spec -> config.addInput(ModelInput.newBuilder()
                        .setName(spec.name())
                        .setDataType(type(spec))
                        .addAllDims(list(model.rowShape(spec)))));
        model.outputs()
                .forEach(spec -> config.addOutput(ModelOutput.newBuilder()
                        .setName(spec.name())
                        .setDataType(type(spec))
                        .addAllDims(list(model.rowShape(spec)))));
        if (model.maxBatchSize() > 0) {
            config.setDynamicBatching(ModelDynamicBatching.newBuilder()
                    .setMaxQueueDelayMicroseconds(model.method().maxWaitMicros()));
        }
        return config.build();
    }

    private static Iterable<Long> list(long[] shape) {
        return LongStream.of(shape).boxed().toList();
    }

    private static inference.DataType type(TensorSpec spec) {
        return inference.DataType.valueOf("TYPE_" + (spec.type() == DataType.BYTES ? "STRING" : spec.type()));
    }

    static ModelIndex indexed(Model model) {
        return ModelIndex.newBuilder()
                .setName(model.name())
                .setVersion(model.version())
                .setState("READY")
                .build();
    }

    /** What a frontend does not see, in queues and on hosts, takes no time. */
    static ModelStatistics statistics(dev.sluice.frontend.query.model.ModelStatistics model) {
        StatisticDuration none = StatisticDuration.getDefaultInstance();
        return ModelStatistics.newBuilder()
                .setName(model.name())
                .setVersion(model.version())
                .setInferenceCount(model.answered())
                .setExecutionCount(model.answered())
                .setInferenceStats(InferStatistics.newBuilder()
                        .setSuccess(duration(model.answered(), model.answeredNanos()))
                        .setFail(duration(model.failed(), model.failedNanos()))
                        // Load generators find the version that they drive by these.
                        .setQueue(duration(model.answered(), 0))
                        .setComputeInput(duration(model.answered(), 0))
                        .setComputeInfer(duration(model.answered(), model.answeredNanos()))
                        .setComputeOutput(duration(model.answered(), 0))
                        .setCacheHit(none)
                        .setCacheMiss(none))
                .build();
    }

    private static StatisticDuration duration(long count, long nanos) {
        return StatisticDuration.newBuilder().setCount(count).setNs(nanos).build();
    }
}
