package dev.sluice.benchmarks.protocols.noop;

import io.grpc.CallOptions;
import io.grpc.ClientCall;
import io.grpc.ManagedChannel;
import io.grpc.ManagedChannelBuilder;
import io.grpc.Metadata;
import io.grpc.MethodDescriptor;
import io.grpc.MethodDescriptor.MethodType;
import io.grpc.Status;
import java.io.IOException;
import java.time.Duration;

/** ModelInfer: a call for each query, all on one connection. */
final class GrpcNoop implements NoopClient {

    private static final MethodDescriptor<byte[], byte[]> INFER = InferBytes.method("ModelInfer", MethodType.UNARY);

    private final byte[] request = InferBytes.request("");
    private final ManagedChannel channel;

    GrpcNoop(int port) {
        channel = ManagedChannelBuilder.forAddress("127.0.0.1", port)
                .usePlaintext()
                .directExecutor()
                .build();
    }

    @Override
    public String protocol() {
        return "OIP over gRPC";
    }

    @Override
    public Driven drive(int inFlight, Duration leadIn, Duration measured) throws IOException, InterruptedException {
        Laps laps = new Laps(inFlight, leadIn, measured);
        for (int i = 0; i < inFlight; i++) {
            ask(laps);
        }
        return laps.result();
    }

    private void ask(Laps laps) {
        ClientCall<byte[], byte[]> call = channel.newCall(INFER, CallOptions.DEFAULT);
        call.start(new Answer(laps), new Metadata());
        call.request(1);
        call.sendMessage(request);
        call.halfClose();
    }

    /** On the connection's thread. */
    private final class Answer extends ClientCall.Listener<byte[]> {

        private final Laps laps;
        private final long sentAt = System.nanoTime();

        Answer(Laps laps) {
            this.laps = laps;
        }

        @Override
        public void onMessage(byte[] message) {
            try {
                InferBytes.id(message);
            } catch (IOException e) {
                laps.failed(e);
            }
        }

        @Override
        public void onClose(Status status, Metadata trailers) {
            if (!status.isOk()) {
                laps.failed(status.asException(trailers));
            } else if (laps.answered(sentAt)) {
                ask(laps);
            }
        }
    }

    @Override
    public void close() {
        channel.shutdownNow();
    }
}
