package dev.sluice.frontend.grpc;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.ByteString;
import com.google.protobuf.InvalidProtocolBufferException;
import dev.sluice.common.testing.Mutator;
import dev.sluice.frontend.mutation.Longs;
import dev.sluice.frontend.mutation.StrictActors;
import dev.sluice.frontend.rpc.ProtoMutator;
import inference.InferParameter;
import inference.InferTensorContents;
import inference.ModelInferRequest;
import inference.ModelInferRequest.InferInputTensor;
import inference.ModelInferRequest.InferRequestedOutputTensor;
import inference.ModelInferResponse;
import inference.ModelStreamInferResponse;
import java.util.List;
import java.util.Optional;

/** A request to add one to some numbers, and what was changed in it. */
record MutatedMessage(byte[] bytes, boolean untouched) {

    static MutatedMessage valid(Mutator mutator, String id) {
        int count = mutator.random().nextInt(4);
        long[] numbers = mutator.random().longs(count).toArray();
        InferInputTensor.Builder input =
                InferInputTensor.newBuilder().setName("x").setDatatype("INT64").addShape(count);
        ModelInferRequest.Builder request = ModelInferRequest.newBuilder()
                .setModelName(StrictActors.PLUS)
                .setId(id)
                .putParameters("timeout", parameter(1_000_000))
                .putParameters("priority", parameter(2));
        if (mutator.once(3)) {
            request.setModelVersion("3")
                    .addOutputs(InferRequestedOutputTensor.newBuilder().setName("y"));
        }
        if (count > 0 && mutator.once(2)) {
            InferTensorContents.Builder contents = InferTensorContents.newBuilder();
            for (long number : numbers) {
                contents.addInt64Contents(number);
            }
            input.setContents(contents);
        } else {
            request.addRawInputContents(ByteString.copyFrom(Longs.bytes(numbers)));
        }
        return new MutatedMessage(request.addInputs(input).build().toByteArray(), true);
    }

    private static InferParameter parameter(long value) {
        return InferParameter.newBuilder().setInt64Param(value).build();
    }

    MutatedMessage maybeChanged(Mutator mutator) {
        if (mutator.once(6)) {
            return this;
        }
        if (mutator.once(2)) {
            return new MutatedMessage(mutator.bytes(bytes), false);
        }
        ModelInferRequest.Builder request = parsed().orElseThrow().toBuilder();
        new ProtoMutator(mutator).change(request);
        return new MutatedMessage(request.build().toByteArray(), false);
    }

    private Optional<ModelInferRequest> parsed() {
        try {
            return Optional.of(ModelInferRequest.parseFrom(bytes));
        } catch (InvalidProtocolBufferException e) {
            return Optional.empty();
        }
    }

    /** That this is the result of what was sent. */
    void assertResult(ModelInferResponse response) {
        ModelInferRequest request = parsed().orElseThrow(() -> new AssertionError("answered, and no message"));
        assertThat(response.getModelName()).isEqualTo(StrictActors.PLUS);
        assertThat(response.getId()).isEqualTo(request.getId());
        assertThat(response.getOutputs(0).getName()).isEqualTo("y");
        assertThat(response.getOutputs(0).getDatatype()).isEqualTo("INT64");
        assertThat(Longs.of(response.getRawOutputContents(0).toByteArray())).isEqualTo(Longs.plusOne(numbers(request)));
    }

    private static List<Long> numbers(ModelInferRequest request) {
        if (request.getInputsCount() == 0) {
            return List.of();
        }
        return request.getRawInputContentsCount() > 0
                ? Longs.of(request.getRawInputContents(0).toByteArray())
                : request.getInputs(0).getContents().getInt64ContentsList();
    }

    /** In a stream: whether this is its result, or the error that it may have. */
    boolean isAnsweredBy(ModelStreamInferResponse response) {
        ModelInferResponse answer = response.getInferResponse();
        if (!response.getErrorMessage().isEmpty()) {
            return !untouched
                    && answer.getId()
                            .equals(parsed().map(ModelInferRequest::getId).orElse(""));
        }
        return parsed().filter(request -> request.getId().equals(answer.getId()))
                .filter(request ->
                        Longs.of(answer.getRawOutputContents(0).toByteArray()).equals(Longs.plusOne(numbers(request))))
                .isPresent();
    }
}
