package dev.sluice.frontend.grpc;

import static dev.sluice.frontend.grpc.GrpcFrontend.failure;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.frontend.http.LeakGuard;
import dev.sluice.frontend.rpc.RawMarshaller;
import inference.GRPCInferenceServiceGrpc;
import io.grpc.CallOptions;
import io.grpc.MethodDescriptor;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.grpc.stub.ClientCalls;
import java.util.stream.Stream;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Bytes that are no message, to methods that take one. */
@ExtendWith(LeakGuard.class)
class UnreadableMessagesTest {

    /** A field of 127 bytes, of which there is none. */
    private static final byte[] NONE = {0x0A, 0x7F};

    @RegisterExtension
    final GrpcFrontend frontend = new GrpcFrontend();

    static Stream<MethodDescriptor<?, ?>> methods() {
        return GRPCInferenceServiceGrpc.getServiceDescriptor().getMethods().stream()
                .filter(method -> method.getType() == MethodDescriptor.MethodType.UNARY);
    }

    @ParameterizedTest
    @MethodSource("methods")
    void areRefusedInWords(MethodDescriptor<?, ?> method) {
        StatusRuntimeException failure = failure(() -> ClientCalls.blockingUnaryCall(
                frontend.channel(), RawMarshaller.raw(method), CallOptions.DEFAULT, NONE));
        boolean served = failure.getStatus().getCode() != Status.Code.UNIMPLEMENTED;
        if (served) {
            assertThat(failure.getStatus().getCode()).isEqualTo(Status.Code.INVALID_ARGUMENT);
            assertThat(failure.getStatus().getDescription()).contains("The bytes are no ");
        }
    }
}
