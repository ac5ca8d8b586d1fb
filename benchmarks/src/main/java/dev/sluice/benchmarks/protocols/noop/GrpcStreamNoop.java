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

/** ModelStreamInfer: all queries on one stream. */
final class GrpcStreamNoop implements NoopClient {

    private static final MethodDescriptor<byte[], byte[]> STREAM =
            InferBytes.method("ModelStreamInfer", MethodType.BIDI_STREAMING);

    private final ManagedChannel channel;

    GrpcStreamNoop(int port) {
        channel = ManagedChannelBuilder.forAddress("127.0.0.1", port)
                .usePlaintext()
                .directExecutor()
                .build();
    }

    @Override
    public String protocol() {
        return "OIP gRPC stream";
    }

    @Override
    public Driven drive(int inFlight, Duration leadIn, Duration measured) throws IOException, InterruptedException {
        Laps laps = new Laps(inFlight, leadIn, measured);
        ClientCall<byte[], byte[]> call = channel.newCall(STREAM, CallOptions.DEFAULT);
        Answers answers = new Answers(call, laps, inFlight);
        call.start(answers, new Metadata());
        call.request(inFlight);
        for (int i = 0; i < inFlight; i++) {
            answers.ask(i);
        }
        Driven driven = laps.result();
        call.halfClose();
        return driven;
    }

    /** On the connection's thread, but for what is asked first of all. */
    private static final class Answers extends ClientCall.Listener<byte[]> {

        private final ClientCall<byte[], byte[]> call;
        private final Laps laps;
        private final byte[][] requests;
        private final long[] sentAt;

        Answers(ClientCall<byte[], byte[]> call, Laps laps, int inFlight) {
            this.call = call;
            this.laps = laps;
            this.sentAt = new long[inFlight];
            this.requests = new byte[inFlight][];
            for (int i = 0; i < inFlight; i++) {
                requests[i] = InferBytes.request(Integer.toString(i));
            }
        }

        void ask(int slot) {
            synchronized (call) {
                sentAt[slot] = System.nanoTime();
                call.sendMessage(requests[slot]);
            }
        }

        @Override
        public void onMessage(byte[] message) {
            try {
                int slot = Integer.parseInt(InferBytes.streamedId(message));
                call.request(1);
                if (laps.answered(sentAt[slot])) {
                    ask(slot);
                }
            } catch (IOException | NumberFormatException e) {
                laps.failed(e);
            }
        }

        @Override
        public void onClose(Status status, Metadata trailers) {
            if (!status.isOk()) {
                laps.failed(status.asException(trailers));
            }
        }
    }

    @Override
    public void close() {
        channel.shutdownNow();
    }
}
