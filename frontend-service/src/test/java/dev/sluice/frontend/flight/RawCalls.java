package dev.sluice.frontend.flight;

import dev.sluice.frontend.rpc.RawMarshaller;
import io.grpc.CallOptions;
import io.grpc.ManagedChannel;
import io.grpc.MethodDescriptor;
import io.grpc.Status;
import io.grpc.netty.NettyChannelBuilder;
import io.grpc.stub.ClientCalls;
import io.grpc.stub.StreamObserver;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/** Calls with messages as they are, whatever they are. */
final class RawCalls implements AutoCloseable {

    private final ManagedChannel channel;

    RawCalls(int port) {
        channel =
                NettyChannelBuilder.forAddress("127.0.0.1", port).usePlaintext().build();
    }

    /** How a call ended, and what came before. */
    record End(Status status, List<byte[]> messages) {}

    /** Sends these and nothing more. */
    CompletableFuture<End> call(MethodDescriptor<?, ?> method, List<byte[]> messages) {
        CompletableFuture<End> ended = new CompletableFuture<>();
        List<byte[]> received = new ArrayList<>();
        StreamObserver<byte[]> caller = new StreamObserver<>() {
            @Override
            public void onNext(byte[] message) {
                received.add(message);
            }

            @Override
            public void onError(Throwable cause) {
                ended.complete(new End(Status.fromThrowable(cause), received));
            }

            @Override
            public void onCompleted() {
                ended.complete(new End(Status.OK, received));
            }
        };
        CallOptions patient = CallOptions.DEFAULT.withDeadlineAfter(60, TimeUnit.SECONDS);
        StreamObserver<byte[]> call =
                ClientCalls.asyncBidiStreamingCall(channel.newCall(RawMarshaller.raw(method), patient), caller);
        messages.forEach(call::onNext);
        call.onCompleted();
        return ended;
    }

    @Override
    public void close() {
        channel.shutdownNow();
    }
}
