package dev.sluice.client.grpc;

import dev.sluice.client.transport.Budget;
import io.grpc.CallOptions;
import io.grpc.ClientCall;
import io.grpc.ConnectivityState;
import io.grpc.Context;
import io.grpc.ManagedChannel;
import io.grpc.Metadata;
import io.grpc.MethodDescriptor;
import io.grpc.Status;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.FluxSink;
import reactor.core.publisher.Mono;

/**
 * One request and its answers. Each message is asked for when somebody asks for it, so that a slow reader holds the sender back, and
 * cancelling a subscription cancels the call.
 */
final class Exchange<Q, A> {

    private final ManagedChannel channel;
    private final MethodDescriptor<Q, A> method;
    private final GrpcFailures failures;

    Exchange(ManagedChannel channel, MethodDescriptor<Q, A> method, GrpcFailures failures) {
        this.channel = channel;
        this.method = method;
        this.failures = failures;
    }

    Mono<A> one(Supplier<Metadata> headers, Budget budget, Q request) {
        // A second one is asked for, so that the status behind the first is read.
        return many(headers, budget, request).singleOrEmpty();
    }

    /** Not in the caller's own context of gRPC, whose deadline and end would be the call's too. */
    Flux<A> many(Supplier<Metadata> headers, Budget budget, Q request) {
        return Flux.create(sink -> Context.ROOT.run(() -> start(headers, budget, request, sink)));
    }

    private void start(Supplier<Metadata> headers, Budget budget, Q request, FluxSink<A> sink) {
        if (channel.getState(false) == ConnectivityState.TRANSIENT_FAILURE) {
            // Left alone it waits for up to two minutes, and a frontend may be back at once.
            channel.resetConnectBackoff();
        }
        // Before there is a call, so that none is left behind where it throws.
        Metadata said = headers.get();
        SentCalls sent = new SentCalls(budget);
        ClientCall<Q, A> call = channel.newCall(method, CallOptions.DEFAULT.withStreamTracerFactory(sent));
        call.start(new Answers(sink, sent), said);
        sink.onCancel(() -> call.cancel("The caller gave it up.", null));
        sink.onRequest(more -> call.request((int) Math.min(more, Integer.MAX_VALUE)));
        call.sendMessage(request);
        call.halfClose();
    }

    private final class Answers extends ClientCall.Listener<A> {

        private final FluxSink<A> sink;
        private final SentCalls sent;

        Answers(FluxSink<A> sink, SentCalls sent) {
            this.sink = sink;
            this.sent = sent;
        }

        @Override
        public void onMessage(A answer) {
            sink.next(answer);
        }

        @Override
        public void onClose(Status status, @Nullable Metadata trailers) {
            if (sink.isCancelled()) {
                return;
            }
            if (status.isOk()) {
                sink.complete();
            } else {
                sink.error(failures.of(status, trailers, sent.any()));
            }
        }
    }
}
