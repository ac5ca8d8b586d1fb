package dev.sluice.frontend.rpc;

import dev.sluice.common.error.Failure;
import io.grpc.ServerCall;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executor;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** A call that waits until it is known who sends it. What happens to it meanwhile is told to its service once that has begun. */
final class AwaitedCall<Q> extends CallLoop {

    private final Consumer<Failure> refuses;

    // only the loop touches these
    private final List<Consumer<ServerCall.Listener<Q>>> meanwhile = new ArrayList<>();
    private ServerCall.@Nullable Listener<Q> service;
    private boolean over;

    /** @param refuses ends the call, with a failure */
    AwaitedCall(Executor executor, Consumer<Failure> refuses) {
        super(executor);
        this.refuses = refuses;
    }

    /** @param starts the service */
    void begin(Supplier<ServerCall.Listener<Q>> starts) {
        post(() -> {
            if (over) {
                return;
            }
            ServerCall.Listener<Q> started = starts.get();
            service = started;
            meanwhile.forEach(event -> event.accept(started));
            meanwhile.clear();
        });
    }

    void refuse(Throwable cause) {
        post(() -> fault(cause));
    }

    private void tell(Consumer<ServerCall.Listener<Q>> event) {
        post(() -> {
            if (service != null) {
                event.accept(service);
            } else {
                meanwhile.add(event);
            }
        });
    }

    /** Nothing has begun that would have to hear of it. */
    private void gone() {
        post(() -> {
            if (service != null) {
                service.onCancel();
            } else {
                over = true;
            }
        });
    }

    /** Its service ends it itself once that has begun, but for what nobody expects. */
    @Override
    protected void fault(Throwable cause) {
        if (!over) {
            over = true;
            refuses.accept(GrpcOutcomes.failure(cause));
        }
    }

    ServerCall.Listener<Q> listener() {
        return new ServerCall.Listener<>() {

            @Override
            public void onMessage(Q message) {
                tell(listener -> listener.onMessage(message));
            }

            @Override
            public void onHalfClose() {
                tell(ServerCall.Listener::onHalfClose);
            }

            @Override
            public void onCancel() {
                gone();
            }

            @Override
            public void onComplete() {
                tell(ServerCall.Listener::onComplete);
            }

            @Override
            public void onReady() {
                tell(ServerCall.Listener::onReady);
            }
        };
    }
}
