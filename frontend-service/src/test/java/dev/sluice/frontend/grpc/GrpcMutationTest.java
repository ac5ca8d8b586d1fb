package dev.sluice.frontend.grpc;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.common.util.concurrent.ListenableFuture;
import com.google.protobuf.InvalidProtocolBufferException;
import dev.sluice.common.testing.Mutator;
import dev.sluice.frontend.http.LeakGuard;
import dev.sluice.frontend.http.TestFrontend;
import dev.sluice.frontend.mutation.MutationRun;
import dev.sluice.frontend.mutation.StrictActors;
import dev.sluice.frontend.rpc.RawMarshaller;
import inference.GRPCInferenceServiceGrpc;
import inference.ModelInferResponse;
import inference.ModelStreamInferResponse;
import io.grpc.CallOptions;
import io.grpc.ManagedChannel;
import io.grpc.MethodDescriptor;
import io.grpc.Status;
import io.grpc.netty.NettyChannelBuilder;
import io.grpc.stub.ClientCalls;
import io.grpc.stub.StreamObserver;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;

/** Valid messages with bytes or fields changed: each has the result of what was sent, or a status that says what is wrong. */
@ExtendWith(LeakGuard.class)
@Timeout(300)
class GrpcMutationTest {

    private static final int WINDOW = 50;
    private static final int UNARY = 12_000;
    private static final long PATIENCE_SECONDS = 60;

    private static final MethodDescriptor<byte[], byte[]> INFER =
            RawMarshaller.raw(GRPCInferenceServiceGrpc.getModelInferMethod());
    private static final MethodDescriptor<byte[], byte[]> STREAM =
            RawMarshaller.raw(GRPCInferenceServiceGrpc.getModelStreamInferMethod());

    private static TestFrontend frontend;
    private static ManagedChannel channel;
    private static ManagedChannel other;

    @BeforeAll
    static void start() {
        frontend = TestFrontend.start();
        StrictActors.publish(frontend.gateway());
        channel = channel();
        other = channel();
    }

    private static ManagedChannel channel() {
        return NettyChannelBuilder.forAddress("127.0.0.1", frontend.grpcPort())
                .usePlaintext()
                .build();
    }

    @AfterAll
    static void stop() {
        channel.shutdownNow();
        other.shutdownNow();
        frontend.close();
    }

    /** Somebody else's stream, which stays open. */
    private static final class Stream implements StreamObserver<byte[]> {

        private final BlockingQueue<byte[]> responses = new LinkedBlockingQueue<>();
        private final StreamObserver<byte[]> call;
        private volatile Status end = Status.OK;

        Stream(ManagedChannel channel) {
            call = ClientCalls.asyncBidiStreamingCall(channel.newCall(STREAM, CallOptions.DEFAULT), this);
        }

        ModelStreamInferResponse next() {
            try {
                byte[] response = responses.poll(PATIENCE_SECONDS, TimeUnit.SECONDS);
                assertThat(response).as("a response, not the end %s", end).isNotNull();
                return ModelStreamInferResponse.parseFrom(response);
            } catch (InterruptedException | InvalidProtocolBufferException e) {
                throw new AssertionError(e);
            }
        }

        void assertServed() {
            MutatedMessage valid = MutatedMessage.valid(new Mutator(1), "served");
            call.onNext(valid.bytes());
            assertThat(valid.isAnsweredBy(next())).isTrue();
        }

        @Override
        public void onNext(byte[] response) {
            responses.add(response);
        }

        @Override
        public void onError(Throwable cause) {
            end = Status.fromThrowable(cause);
        }

        @Override
        public void onCompleted() {}
    }

    @Test
    void areAnswered() {
        Mutator mutator = new Mutator(4_715);
        Stream bystander = new Stream(other);
        MutationRun run = new MutationRun(frontend.gateway(), bystander::assertServed);
        run.send(UNARY, WINDOW, () -> window(mutator, run));
        bystander.call.onCompleted();
    }

    private static void window(Mutator mutator, MutationRun run) {
        List<MutatedMessage> sent = new ArrayList<>();
        List<ListenableFuture<byte[]>> responses = new ArrayList<>();
        CallOptions patient = CallOptions.DEFAULT.withDeadlineAfter(PATIENCE_SECONDS, TimeUnit.SECONDS);
        for (int i = 0; i < WINDOW; i++) {
            MutatedMessage message = MutatedMessage.valid(mutator, "m" + i).maybeChanged(mutator);
            sent.add(message);
            responses.add(ClientCalls.futureUnaryCall(channel.newCall(INFER, patient), message.bytes()));
        }
        for (int i = 0; i < WINDOW; i++) {
            run.ended(assertAnswered(sent.get(i), responses.get(i)));
        }
    }

    private static boolean assertAnswered(MutatedMessage sent, ListenableFuture<byte[]> response) {
        try {
            sent.assertResult(ModelInferResponse.parseFrom(response.get()));
            return true;
        } catch (ExecutionException e) {
            Status status = Status.fromThrowable(e);
            assertThat(sent.untouched()).as(status.toString()).isFalse();
            assertThat(status.getCode())
                    .as(status.toString())
                    .isIn(Status.Code.INVALID_ARGUMENT, Status.Code.NOT_FOUND);
            assertThat(status.getDescription()).isNotEmpty();
            return false;
        } catch (InterruptedException | InvalidProtocolBufferException e) {
            throw new AssertionError(e);
        }
    }

    /** What is wrong with one message ends neither the stream nor any other message of it. */
    @Test
    void areAnsweredInAStream() {
        Mutator mutator = new Mutator(4_716);
        Stream stream = new Stream(channel);
        Stream bystander = new Stream(other);
        MutationRun run = new MutationRun(frontend.gateway(), bystander::assertServed);
        run.send(MutationRun.REQUESTS - UNARY, WINDOW, () -> window(stream, mutator, run));
        stream.assertServed();
        stream.call.onCompleted();
        bystander.call.onCompleted();
    }

    private static void window(Stream stream, Mutator mutator, MutationRun run) {
        List<MutatedMessage> sent = new ArrayList<>();
        for (int i = 0; i < WINDOW; i++) {
            MutatedMessage message = MutatedMessage.valid(mutator, "m" + i).maybeChanged(mutator);
            sent.add(message);
            stream.call.onNext(message.bytes());
        }
        List<ModelStreamInferResponse> responses = new ArrayList<>();
        for (int i = 0; i < WINDOW; i++) {
            responses.add(stream.next());
            run.ended(responses.get(i).getErrorMessage().isEmpty());
        }
        // Of messages that have one id, those are told first that have a result.
        responses.sort(
                Comparator.comparing(response -> !response.getErrorMessage().isEmpty()));
        for (ModelStreamInferResponse response : responses) {
            MutatedMessage asked = sent.stream()
                    .filter(message -> message.isAnsweredBy(response))
                    .findFirst()
                    .orElseThrow(() -> new AssertionError("That answers nothing that was sent: " + response));
            sent.remove(asked);
        }
    }
}
