package dev.sluice.frontend.grpc;

import static dev.sluice.frontend.grpc.GrpcFrontend.failure;
import static dev.sluice.frontend.grpc.GrpcFrontend.request;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.ByteString;
import dev.sluice.frontend.http.LeakGuard;
import inference.GRPCInferenceServiceGrpc;
import inference.GRPCInferenceServiceGrpc.GRPCInferenceServiceBlockingStub;
import inference.ModelInferRequest;
import io.grpc.Compressor;
import io.grpc.CompressorRegistry;
import io.grpc.ManagedChannel;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.grpc.netty.NettyChannelBuilder;
import java.io.ByteArrayOutputStream;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Messages that come as gzip. */
@ExtendWith(LeakGuard.class)
class CompressedMessagesTest {

    /** Of 20 bytes each, which are nothing once they are unpacked. */
    private static final int MEMBERS = 50_000;

    @RegisterExtension
    final GrpcFrontend frontend = new GrpcFrontend();

    private static final class EmptyMembers implements Compressor {

        @Override
        public String getMessageEncoding() {
            return "gzip";
        }

        @Override
        public OutputStream compress(OutputStream message) throws IOException {
            ByteArrayOutputStream member = new ByteArrayOutputStream();
            new GZIPOutputStream(member).close();
            for (int i = 0; i < MEMBERS; i++) {
                member.writeTo(message);
            }
            return new FilterOutputStream(message) {
                @Override
                public void write(int more) {}
            };
        }
    }

    private GRPCInferenceServiceBlockingStub stub(ManagedChannel channel) {
        return GRPCInferenceServiceGrpc.newBlockingStub(channel).withCompression("gzip");
    }

    @Test
    void areUnpacked() {
        assertThat(stub(frontend.channel())
                        .modelInfer(request("adds", "").build())
                        .getModelName())
                .isEqualTo("adds");
    }

    private ModelInferRequest large(int bytes) {
        return request("adds", "")
                .addRawInputContents(ByteString.copyFrom(new byte[bytes]))
                .build();
    }

    @Test
    void areRefusedWhereTheyAreTooLargeUnpacked() {
        StatusRuntimeException failure = failure(() -> stub(frontend.channel()).modelInfer(large(65 * 1024 * 1024)));
        assertThat(failure.getStatus().getCode()).as(failure.toString()).isEqualTo(Status.Code.RESOURCE_EXHAUSTED);
        assertThat(failure).hasMessageContaining("Unpacked", "sluice.link.max-payload");
    }

    @Test
    void areRefusedWhereThereIsNoRoomForWhatTheyBecome() {
        frontend.gateway().maxRetainedBytes(1024 * 1024);
        StatusRuntimeException failure = failure(() -> stub(frontend.channel()).modelInfer(large(2 * 1024 * 1024)));
        assertThat(failure.getStatus().getCode()).as(failure.toString()).isEqualTo(Status.Code.UNAVAILABLE);
        assertThat(failure).hasMessageContaining("sluice.frontend.max-retained");
    }

    @Test
    void areRefusedWhereTheyAreMembersWithoutEndThatAreEmpty() {
        CompressorRegistry compressors = CompressorRegistry.newEmptyInstance();
        compressors.register(new EmptyMembers());
        ManagedChannel channel = NettyChannelBuilder.forAddress("127.0.0.1", frontend.port())
                .usePlaintext()
                .compressorRegistry(compressors)
                .build();
        try {
            StatusRuntimeException failure =
                    failure(() -> stub(channel).modelInfer(request("adds", "").build()));
            assertThat(failure.getStatus().getCode()).as(failure.toString()).isEqualTo(Status.Code.INVALID_ARGUMENT);
        } finally {
            channel.shutdownNow();
        }
    }
}
