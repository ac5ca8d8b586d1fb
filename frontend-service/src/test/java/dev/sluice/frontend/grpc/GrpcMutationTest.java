package dev.sluice.frontend.grpc;

import static dev.sluice.frontend.grpc.GrpcFrontend.request;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.frontend.http.LeakGuard;
import dev.sluice.frontend.http.envelope.JsonTexts;
import inference.GRPCInferenceServiceGrpc;
import inference.InferParameter;
import inference.InferTensorContents;
import inference.ModelInferRequest;
import inference.ModelInferResponse;
import io.grpc.CallOptions;
import io.grpc.MethodDescriptor;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.grpc.stub.ClientCalls;
import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The bytes of valid messages with something wrong: each is answered, by a result or a status that says what is wrong. */
@ExtendWith(LeakGuard.class)
class GrpcMutationTest {

    private static final MethodDescriptor<byte[], ModelInferResponse> INFER =
            GRPCInferenceServiceGrpc.getModelInferMethod().toBuilder(
                            new AsTheyAre(),
                            GRPCInferenceServiceGrpc.getModelInferMethod().getResponseMarshaller())
                    .build();

    private static final class AsTheyAre implements MethodDescriptor.Marshaller<byte[]> {
        @Override
        public InputStream stream(byte[] bytes) {
            return new ByteArrayInputStream(bytes);
        }

        @Override
        public byte[] parse(InputStream stream) {
            throw new UnsupportedOperationException();
        }
    }

    @RegisterExtension
    final GrpcFrontend frontend = new GrpcFrontend();

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 4})
    void areAnswered(int seed) {
        Random random = new Random(seed);
        int refused = 0;
        for (int round = 0; round < 250; round++) {
            byte[] whole = message(random).toByteArray();
            byte[] sent = random.nextInt(4) == 0 ? whole : JsonTexts.damage(random, whole);
            Status.Code code = code(sent);
            assertThat(code).isIn(Status.Code.OK, Status.Code.INVALID_ARGUMENT, Status.Code.NOT_FOUND);
            refused += code == Status.Code.OK ? 0 : 1;
        }
        assertThat(refused).isBetween(30, 249);
        assertThat(frontend.blocking().modelInfer(request("adds", "").build()).getModelName())
                .isEqualTo("adds");
    }

    private Status.Code code(byte[] message) {
        try {
            ClientCalls.blockingUnaryCall(
                    frontend.channel(), INFER, CallOptions.DEFAULT.withDeadlineAfter(60, TimeUnit.SECONDS), message);
            return Status.Code.OK;
        } catch (StatusRuntimeException e) {
            return e.getStatus().getCode();
        }
    }

    private static ModelInferRequest message(Random random) {
        ModelInferRequest.Builder message = request("adds", "x".repeat(random.nextInt(20)))
                .setId("id " + random.nextInt(10))
                .putParameters(
                        "timeout",
                        InferParameter.newBuilder()
                                .setInt64Param(random.nextInt(100_000) - 10_000)
                                .build());
        if (random.nextBoolean()) {
            message.clearRawInputContents()
                    .getInputsBuilder(0)
                    .setContents(InferTensorContents.newBuilder().addUintContents(random.nextInt(300)));
        }
        return message.build();
    }
}
